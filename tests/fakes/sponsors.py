"""GitHub Sponsors in the fake GitHub: who sponsors an account, as its administrator sees it.

Others see public sponsors without their tier, and no private ones; `outsider` shows that.
"""

from typing import Any

from .github import FakeGitHub
from .github_graphql import Node, connection


class Sponsors:
    """The sponsors of one organization of the fake GitHub."""

    def __init__(self, fake: FakeGitHub, login: str = "project", *, outsider: bool = False) -> None:
        self.fake = fake
        self.outsider = outsider
        self.sponsorships: list[Node] = []
        self.activities: list[Node] = []
        self.lifetime: list[Node] = []
        fake.organization(
            login,
            viewerCanAdminister=not outsider,
            sponsorshipsAsMaintainer=self._sponsorships,
            sponsorsActivities=self._activities,
            lifetimeReceivedSponsorshipValues=self._lifetime,
        )

    def sponsorship(self, login: str, since: str, cents: int = 10000, **fields: Any) -> Node:
        """One that is active and monthly. Its events and its sum are added apart."""
        made = {
            "createdAt": f"{since}T08:00:00Z",
            "isActive": True,
            "isOneTimePayment": False,
            "paymentSource": "GITHUB",
            "tierSelectedAt": f"{since}T08:00:00Z",
            "tier": {"isOneTime": False, "monthlyPriceInCents": cents},
            "sponsorEntity": self._owner(login),
            "private": False,
        }
        self.sponsorships.append({**made, **fields})
        return self.sponsorships[-1]

    def event(
        self,
        login: str,
        action: str,
        day: str | None,
        cents: int | None = None,
        *,
        once: bool = False,
    ) -> None:
        """One of a day; GitHub's schema lets it be of no day."""
        tier = None if cents is None else {"isOneTime": once, "monthlyPriceInCents": cents}
        at = None if day is None else f"{day}T08:00:00Z"
        made = {
            "action": action,
            "timestamp": at,
            "sponsorsTier": tier,
            "sponsor": self._owner(login),
        }
        self.activities.append(made)

    def paid_in_all(self, login: str, cents: int) -> None:
        self.lifetime.append({"amountInCents": cents, "sponsor": self._owner(login)})

    def faithful(self, login: str, since: str, months: int, cents: int = 10000) -> None:
        """Sponsors monthly since a day; `months` were paid."""
        self.sponsorship(login, since, cents)
        self.event(login, "NEW_SPONSORSHIP", since, cents)
        self.paid_in_all(login, months * cents)

    def _owner(self, login: str) -> Node:
        return self.fake.owners.get(login.casefold()) or self.fake.organization(login)

    def _sponsorships(self, _: Any, first: int, after: str | None = None, **asked: Any) -> Node:
        private = asked["includePrivate"] and not self.outsider
        shown = [
            one
            for one in self.sponsorships
            if (private or not one["private"]) and (one["isActive"] or not asked["activeOnly"])
        ]
        if self.outsider:
            shown = [{**one, "tier": None} for one in shown]
        return connection(shown, first, after)

    def _activities(self, _: Any, first: int, after: str | None = None, **asked: Any) -> Node:
        all_of_them = asked["period"] == "ALL" and asked["includePrivate"] and not self.outsider
        return connection(self.activities if all_of_them else [], first, after)

    def _lifetime(self, _: Any, first: int, after: str | None = None) -> Node:
        return connection([] if self.outsider else self.lifetime, first, after)
