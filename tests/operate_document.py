"""The pages for maintainers: docs/operate.md, and the four pages that it leads to.

`files_of_the_document` are the files that docs/set-up.md tells a stranger to write, each block
behind its name: all that a second repository needs but the form, which is copied.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
START = ROOT / "docs/operate.md"
SET_UP, EVERYDAY, MESSAGES, UNDO = PAGES = tuple(
    ROOT / f"docs/{name}.md" for name in ("set-up", "everyday", "messages", "undo")
)
ACTION = "OWNER/community-partners@v1"
_ROW = re.compile(r'^\| "(.+?)" \|', re.MULTILINE)
_BLOCK = re.compile(r"^`([^`\n]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files_of_the_document() -> dict[str, str]:
    """Text by path."""
    found = _BLOCK.findall(SET_UP.read_text("utf-8"))
    assert len(found) == len(dict(found)), "a file that is given twice"
    return dict(found)


def write_files(folder: Path, *, action: str = ACTION) -> None:
    """The files of the document and the form. `action`: what stands for the action in workflows."""
    form = ".github/ISSUE_TEMPLATE/partner-application.yml"
    files = {**files_of_the_document(), form: (ROOT / form).read_text("utf-8")}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(ACTION, action), "utf-8")


def quoted_messages() -> list[str]:
    """The messages that docs/messages.md explains; `…` stands for what is filled in."""
    return _ROW.findall(MESSAGES.read_text("utf-8"))


def is_explained(message: str) -> bool:
    """Does docs/messages.md quote a part of this message?"""
    return any(
        re.search(".+?".join(map(re.escape, quoted.split("…"))), message)
        for quoted in quoted_messages()
    )
