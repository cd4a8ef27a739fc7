"""Policies changed at random: most of them cannot mean what they say, some are not YAML at all."""

import copy
import random
import re
from collections.abc import Callable
from typing import Any

from community_partners.intake.yaml_document import read_yaml, write_yaml
from program_folder import POLICY

ALL_KEYS = """
repository: project/partners
waiting: {remind_after_days: 30, close_after_days: 60}
comparable_countries:
  - {country: Cambodia, like: Vietnam, reason: a neighbor, date: 2026-11-02, decided_by: example-a}
  - {country: LAO, price: LAK 60000, per_dollar: 21600, reason: it was shown, date: 2026-11-02,
     decided_by: example-a}
"""
"""What `POLICY` leaves out."""
_STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 12, 13, 2.5, 100_001, 10**12, "", "x", " ", "unlimited", "12"),
    *([], {}, [None], [[]], ["x", "x"], {"x": 1}, {"points": 5}, {"points": -1}, "a" * 400),
    *(
        "USD 0",
        "EUR 100",
        "USD 1e2",
        "USD 100.001",
        "usd 100",
        "KHR 19000",
        "2026-13",
        "2026-02-30",
    ),
    *(
        "2036-12-01",
        "2026-11-24",
        "2026-11-25",
        "2021-07",
        "2031-01",
        "1999-01",
        "http://a.example",
    ),
    *("https://a.example", "https://", "project", "Project", "projet", "other", "project/core"),
    *("Project/Core", "projet/core", "other/core", "a/b/c", "[0-9]*", "**", "\u202e", "::error::"),
    *("Atlantis", "Norge", "Germny", "Réunion", "Monaco", "KHM", "no", "on", "日本", "٣", "1_000"),
)
_KINDS = (
    *("pull request", "review", "issue", "answer", "pull requests", "pull-request", "pr", "mr"),
    *("merge request", "reveiw", "issues", "anwser", "event", "talk", "interview", "Issue", "x"),
    *("closed issue", "code review", "pull  request", "a" * 31, "documentation", "leadership"),
)
_TEXTS: tuple[Callable[[str], str | bytes], ...] = (
    lambda text: "",
    lambda text: "# nothing\n",
    lambda text: "[]\n",
    lambda text: "policy\n",
    lambda text: f"{text}---\nname: x\n",
    lambda text: f"{text}name: Again\n",
    lambda text: text.replace("name:", "name", 1),
    lambda text: text.replace("name: ", "name: &a ", 1),
    lambda text: text.replace("name: ", "name: !x ", 1),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("  ", "\t", 1),
    lambda text: f"\ufeff{text}".encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode() + b"\xff",
    lambda text: f"{text}\0",
    lambda text: f"{text}#{'x' * 65_536}\n",
    lambda text: f"{text}x: {'[' * 30}{']' * 30}\n",
    lambda text: re.sub(r"(?m)^ranking.*\n", "", text),
    lambda text: text[: len(text) // 2],
)


def a_policy(chance: random.Random) -> bytes:
    """The content of a `program.yml`, changed in none to four places."""
    data = read_yaml(POLICY + chance.choice(("", ALL_KEYS)), "program.yml").data
    for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
        chance.choice(_CHANGES)(data, chance)
    text: str | bytes = write_yaml(data)
    if chance.random() < 0.1:
        text = chance.choice(_TEXTS)(write_yaml(data))
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


Spot = tuple[Any, Any]
"""A mapping or a list, and a key or an index in it."""


def _spots(value: Any) -> list[Spot]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found: list[Spot] = []
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found.extend(_spots(value[key]))
    return found


def _replaced(data: Any, chance: random.Random) -> None:
    around, key = chance.choice(_spots(data) or [({}, "")])
    around[key] = copy.deepcopy(chance.choice(_STRANGE))


def _taken_away(data: Any, chance: random.Random) -> None:
    around, key = chance.choice(_spots(data) or [({"": 0}, "")])
    del around[key]


def _misspelled(data: Any, chance: random.Random) -> None:
    named = [(around, key) for around, key in _spots(data) if isinstance(key, str) and key]
    if named:
        around, key = chance.choice(named)
        at = chance.randrange(len(key))
        near = (key[:at] + key[at + 1 :], key[:at] + key[at] + key[at:], key.upper(), f"{key}s")
        around[chance.choice(near)] = around.pop(key)


def _added(data: Any, chance: random.Random) -> None:
    inside = [around[key] for around, key in _spots(data) if isinstance(around[key], dict)]
    chance.choice([data, *inside])[chance.choice(("extra", "points", "1", "émail"))] = 5


def _said_twice(data: Any, chance: random.Random) -> None:
    lists = [around[key] for around, key in _spots(data) if isinstance(around[key], list)]
    if lists := [one for one in lists if one]:
        one = chance.choice(lists)
        one.append(copy.deepcopy(one[0]))


def _set(*steps: str) -> Callable[[Any, Any], None]:
    """A setter of one value; it does nothing if the place around it is gone."""

    def put(data: Any, value: Any) -> None:
        for step in steps[:-1]:
            data = data.get(step) if isinstance(data, dict) else None
        if isinstance(data, dict):
            data[steps[-1]] = value

    return put


def _without(around: str, key: str) -> Callable[[Any], None]:
    """Takes one key away, if it is there."""

    def take(data: Any) -> None:
        if isinstance(data.get(around), dict):
            data[around].pop(key, None)

    return take


def _day(data: Any, chance: random.Random) -> None:
    days = ("2026-11-23", "2026-11-24", "2026-11-25", "2036-12-01", "0001-01-01", "2026-02-30")
    _set("policy", "date")(data, chance.choice(days))


def _kinds(data: Any, chance: random.Random) -> None:
    kinds = chance.sample(_KINDS, chance.randint(0, 4))
    _set("contribution", "points")(data, {kind: chance.choice((0, 5, 1000)) for kind in kinds})
    if chance.random() < 0.5:
        _without("contribution", "claims")(data)


def _scope(data: Any, chance: random.Random) -> None:
    owners = ("project", "Project", "other", "projet")
    places = [f"{owner}/{name}" for owner in owners for name in ("core", "docs", "Core")]
    scope = {
        "organizations": chance.sample(owners, chance.randint(0, 2)),
        "repositories": chance.sample(places, chance.randint(0, 2)),
        "exclude": chance.sample(places, chance.randint(0, 2)),
    }
    _set("contribution", "github")(data, {key: one for key, one in scope.items() if one})


def _editions(data: Any, chance: random.Random) -> None:
    names = ("2021-01", "2025-01", "2026-01", "2026-07", "2031-01")
    later = [
        {"edition": chance.choice(names), "since": chance.choice(("2026-09", "2026-12"))}
        for _ in range(chance.randint(0, 3))
    ]
    _set("sponsorship", "edition")(data, chance.choice(names))
    _set("sponsorship", "partner_editions")(data, later)


def _platforms(data: Any, chance: random.Random) -> None:
    for platform in chance.sample(("open_collective", "github_sponsors"), chance.randint(1, 2)):
        _without("sponsorship", platform)(data)


def _decisions(data: Any, chance: random.Random) -> None:
    names = ("Cambodia", "LAO", "Réunion", "Puerto Rico", "Monaco", "Norge", "Atlantis", "US")
    decision: dict[str, object] = {"country": chance.choice(names), "reason": "A reason."}
    decision |= {"date": "2026-11-02", "decided_by": "example-a"}
    if chance.random() < 0.6:
        decision["like"] = chance.choice(names)
    if chance.random() < 0.6:
        decision["price"] = chance.choice(("KHR 19000", "EUR 5.5", "XXX 1", "USD 0", "ABC 12"))
    if chance.random() < 0.6:
        decision["per_dollar"] = chance.choice((4010, 0.0001, "4010"))
    _set("comparable_countries")(data, [dict(decision) for _ in range(chance.randint(1, 2))])


def _numbers(data: Any, chance: random.Random) -> None:
    _set("sponsorship", "months")(data, chance.choice((0, 1, 3, 12, 13)))
    _set("contribution", "months")(data, chance.choice((0, 1, 3, 12, 13)))
    _set("contribution", "points_each_month")(data, chance.choice((0, 10, 100_000)))
    _set("contribution", "points_in_all")(data, chance.choice((0, 40, 1_000_000)))
    _set("ranking", "homepage_slots")(data, chance.choice((0, 3, 100, 101)))
    for step in ("at_risk_after", "suspended_after", "lapsed_after"):
        _set("standing", step)(data, chance.choice((1, 2, 12)))


_CHANGES: tuple[Callable[[Any, random.Random], None], ...] = (
    *(_replaced, _replaced, _taken_away, _misspelled, _added, _said_twice),
    *(_day, _kinds, _scope, _editions, _platforms, _decisions, _numbers),
)
