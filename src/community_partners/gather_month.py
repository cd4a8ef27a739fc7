"""Gathers the evidence on months of all partners. Decides only what to ask; nothing is judged here.

What several months need is asked once: payments and accounts for all of them, each month's work for
itself. Each source can fail alone; its Answer then holds the failure.
"""

from collections.abc import Mapping

from .model.month import Month
from .model.verdict import Required

Asked = Mapping[Month, Mapping[str, Required]]
"""The required amount of each month, by the partner's slug."""

STEPS = 5
"""How often progress is told, however many months there are."""
