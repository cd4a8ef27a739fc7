"""Names in a composite action that lead nowhere: neither its JSON Schema nor actionlint sees them,
and an expression that leads nowhere is empty, not an error.
"""

import re
from collections.abc import Iterator

import yaml

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


def dangling(text: str) -> list[str]:
    """Inputs that an action uses and does not declare, steps that it asks and does not have."""
    action = yaml.safe_load(text)
    return list(_dangling(text, set(action.get("inputs", ())), action["runs"]["steps"]))


def _dangling(text: str, inputs: set[str], steps: list[dict[str, str]]) -> Iterator[str]:
    ids = {step["id"] for step in steps if "id" in step}
    for expression in _EXPRESSION.findall(text):
        for name in re.findall(r"\binputs\.([\w-]+)", expression):
            if name not in inputs:
                yield f"the input {name}"
        for name in re.findall(r"\bsteps\.([\w-]+)", expression):
            if name not in ids:
                yield f"the step {name}"
