"""A claim: somebody did work that no API shows, and somebody else approves it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .contribution import Account, Contribution

LABEL = "claim"
"""The label of issues with a claim."""
FORM = ".github/ISSUE_TEMPLATE/contribution-claim.yml"
"""The form of such an issue, below a program's folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One claim as it was filled in. `person`: the login of the one who did it. `url`: a page."""

    kind: str
    person: str
    day: date
    title: str
    url: str

    @property
    def work(self) -> Contribution:
        """The work, as the file of the claim tells it, without who approved it."""
        return Contribution(
            kind=self.kind,
            day=self.day,
            by=Account(login=self.person),
            title=self.title,
            url=self.url,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovedClaim:
    """A claim as its file tells it. `by`: the login of the one who approved it."""

    claim: Claim
    by: str


class Word(StrEnum):
    """The words of those who may approve: the first line of a comment in the claim's thread."""

    APPROVE = "approve"
    DECLINE = "decline"


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
    STRANGER = "of somebody who may not approve"
    NEAR = "of somebody who belongs to the project, and may not approve"
    OWN = "of the claimant or the person"
    TEAMMATE = "of a teammate"
    NO_REASON = "declined without a reason"
    OLDER = "older than the claim"
    NOT_READY = "something is still missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One word with its answer."""

    said: Said
    answer: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The partner for which a claim counts. `points`: what the claim is worth."""

    slug: str
    name: str
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A claim without problems, and where it counts."""

    claim: Claim
    place: Place
