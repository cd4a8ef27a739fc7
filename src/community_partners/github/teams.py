"""Ask GitHub who is in a team of an organization, and which teams the token sees."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from github import GithubException

from ..model.evidence import Answer
from ..wire.answers import Clock, answer, decoding
from ..wire.session import Session, refusal
from .rest import sentences
from .rest_answers import object_in, text_in
from .rest_client import RestClient

_REMEDIES = {
    403: "The token does not show who is in the team: name logins in `approvers` of program.yml."
}


class Teams:
    """Tells who is in a team. GitHub is asked once for each team and login."""

    def __init__(self, client: RestClient) -> None:
        self._client = client
        self._asked = cache(self._ask)

    def has(self, team: str, login: str) -> bool:
        """Tell whether `login` is an active member of `team`, such as `@acme/events-team`.

        False also if the token may not see the team, which GitHub tells as if nobody was in it.
        Raises UserError if GitHub does not answer.

        https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user
        """
        return self._asked(team.casefold(), login.casefold())

    def _ask(self, team: str, login: str) -> bool:
        path = f"{_path(team)}/memberships"
        with sentences("asking who is in a team", _REMEDIES):
            try:
                found = self._client.call("GET", f"{path}/{quote(login, safe='')}")[1]
            except GithubException as error:
                if error.status in (403, 404):
                    return False
                raise
            return text_in(object_in(found), "state") == "active"


def unseen_teams(
    rest: Session, api_url: str, teams: tuple[str, ...], clock: Clock
) -> Answer[tuple[str, ...]]:
    """Return the teams that GitHub does not show to the token, by one request for each.

    GitHub answers alike for a team that the token may not see and for one that is not there.
    https://docs.github.com/en/rest/teams/teams#get-a-team-by-name
    """

    def ask() -> Iterator[str]:
        for team in teams:
            response = rest.get(f"{api_url}{_path(team)}")
            if response.status_code in (403, 404):
                yield team
            elif response.status_code != 200:
                raise refusal(rest.name, response)

    decoded = decoding(rest.name)(lambda: tuple(ask()))
    return answer(rest.name, "https://github.com/orgs", clock, decoded)


def _path(team: str) -> str:
    organization, _, slug = team.removeprefix("@").partition("/")
    return f"/orgs/{quote(organization, safe='')}/teams/{quote(slug, safe='')}"
