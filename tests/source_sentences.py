"""Sentences of the code, as documents quote them: `…` for what is filled in when it is said."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src/community_partners"


@cache
def sentences() -> str:
    """All texts in the code, a line each."""
    return "\n".join(
        " ".join(text.split())
        for path in sorted(SOURCE.rglob("*.py"))
        for text in _texts(ast.parse(path.read_text("utf-8")))
    )


def is_said(quoted: str) -> bool:
    """Is it a part of what some code says? `…` may stand for anything that is filled in."""
    parts = [re.escape(part) for part in quoted.strip("…").split("…")]
    return re.search("[^\n]*?".join(parts), sentences()) is not None


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
