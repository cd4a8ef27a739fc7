"""The hidden first lines of a pull request of ours: whose application it proposes, as judged how.

Only where the text is ours: anyone can type them.
"""

import hashlib
import re
from dataclasses import dataclass

from .marker import marker

_LINES = re.compile(
    r"<!-- community-partners application ([1-9][0-9]{0,9}) -->\r?\n"
    r"<!-- community-partners judged ([a-z-]+) (sha256:[0-9a-f]{64}) -->"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationMark:
    """`issue`: its number. `decision`: a label, such as `not-yet`. `file`: the digest judged."""

    issue: int
    decision: str
    file: str

    def __str__(self) -> str:
        judged = marker(f"judged {self.decision} {self.file}")
        return f"{marker(f'application {self.issue}')}{judged}"


def mark_in(body: str) -> ApplicationMark | None:
    """What a body that begins with these lines says."""
    found = _LINES.match(body)
    if found is None:
        return None
    return ApplicationMark(issue=int(found[1]), decision=found[2], file=found[3])


def file_digest(content: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits of a file's bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
