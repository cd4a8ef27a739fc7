"""A claim: somebody did work that no API shows, and somebody else approves it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .contribution import Account, Contribution
from .points import Points

LABEL = "claim"
"""The label of issues with a claim."""
FORM = ".github/ISSUE_TEMPLATE/contribution-claim.yml"
"""The form of such an issue, below a program's folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One claim as it was filled in. `person`: the login of the one who did it. `url`: a page.

    `number`: of the account that had the login then; None if an older version wrote the claim, or
    if there is no such account.
    """

    kind: str
    person: str
    day: date
    title: str
    url: str
    number: int | None = None

    @property
    def work(self) -> Contribution:
        """The work, as the file of the claim tells it, without who approved it."""
        return Contribution(
            kind=self.kind,
            day=self.day,
            by=Account(login=self.person, id=self.number),
            title=self.title,
            url=self.url,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovedClaim:
    """A claim as its file tells it. `by`: the login of the one who approved it."""

    claim: Claim
    by: str


class Word(StrEnum):
    """The first line of a comment in the claim's thread: a word of those who may approve.

    RECHECK: of anybody, who asks for another look.
    """

    APPROVE = "approve"
    DECLINE = "decline"
    RECHECK = "recheck"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One such word. `by`: the number of the author's account; `comment`: of the comment.

    `near`: GitHub says that the author belongs to the repository or its owner.
    """

    word: Word
    reason: str
    login: str
    by: int
    comment: int
    near: bool


class Answer(StrEnum):
    """The effect of a word, or the reason why it has none."""

    APPROVED = "approved"
    DECLINED = "declined"
    LOOKED = "looked at again"
    STRANGER = "of somebody who may not approve"
    NEAR = "of somebody who belongs to the project, and may not approve"
    OWN = "of the claimant or the person"
    TEAMMATE = "of a teammate"
    ANOTHER = "of another account than the one that a record names so"
    NO_REASON = "declined without a reason"
    OLDER = "older than the claim"
    NOT_READY = "something is still missing"
    WAITS = "a file of other claims cannot be read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One word with its answer."""

    said: Said
    answer: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """The partner for which a claim counts. `points`: what it is worth for it, without limits.

    `most_each_month`: the points of its kind that count in a month; None: all of them.
    `by_month`: the work is that of a whole month, such as leading a team. `also`: the others, if
    the person divides the time among several.
    """

    slug: str
    name: str
    points: Points
    most_each_month: int | None = None
    by_month: bool = False
    also: "tuple[Credit, ...]" = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A claim without problems, and for whom it counts."""

    claim: Claim
    credit: Credit
