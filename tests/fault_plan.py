"""A plan of faults: each request of a story fails in each way, and what must hold all the same.

The requests are those of a dry pass, by kind and number, so that the plan does not depend on how
they are sent. After the run that fails there is another one, in which nothing does.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self

from graphql import FieldNode, OperationDefinitionNode

import promises
from fakes.faults import WAYS, Way, is_graphql
from fakes.server import Failure, FakeServer, Request, document_of, status
from fault_world import Servers, Start, Story, World, seen, standings
from promises import Broken, Found

SOONEST = 0.05  # seconds of the processor; a question that was on its way arrives by then
MOST_REQUESTS = 400
_CREATES = re.compile(r"POST /repos/[^/]+/[^/]+/(issues|pulls|issues/\d+/comments) ")


@lru_cache(maxsize=500)
def _asked(query: str) -> str:
    """What a GraphQL question is about: its fields, each once."""
    [operation] = [
        one for one in document_of(query).definitions if isinstance(one, OperationDefinitionNode)
    ]
    top = [one for one in operation.selection_set.selections if isinstance(one, FieldNode)]
    names = list(dict.fromkeys(one.name.value for one in top if one.name.value != "rateLimit"))
    return f"{operation.operation.value} {' '.join(names)}"


def kind_of(request: Request) -> str:
    """Requests of one kind are told apart by their number only."""
    if is_graphql(request):
        return _asked(request.body["query"])
    path = re.sub(r"[0-9a-f]{40}|\d+", "N", request.path)
    return f"{request.method} {path}"


def writes(request: Request) -> bool:
    if is_graphql(request):
        return bool(request.body["query"].lstrip().startswith("mutation"))
    return request.method != "GET"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request of the dry pass. `server`: its number. `nth`: of its kind, from 0."""

    server: int
    kind: str
    nth: int
    graphql: bool
    writes: bool


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`after`: what was asked is done all the same. `lasting`: so do all later ones of its kind.

    `then`: the way of a second failure, of the request that comes so many requests later.
    """

    asked: Asked
    way: Way
    after: bool
    lasting: bool
    then: tuple[int, Way] | None = None

    def __str__(self) -> str:
        how = f"{self.way.name}{', done all the same' if self.after else ''}"
        often = ", from then on" if self.lasting else ""
        then = f"; {self.then[0]} later: {self.then[1].name}" if self.then else ""
        return f"{self.asked.kind} (no. {self.asked.nth}): {how}{often}{then}"


@dataclass(kw_only=True)
class Failed:
    """A failure that happened: when it was sent, and to whom. `worked`: as of `FakeServer`."""

    request: Request
    server: int
    way: Way
    after: bool
    at: float
    worked: float


class Saboteur:
    """Lets requests of the servers fail as planned, and remembers which did."""

    def __init__(self, servers: Sequence[FakeServer], fault: Fault) -> None:
        self.fault, self.failed, self.endless = fault, list[Failed](), False
        self._servers = servers
        self._number, self._since = 0, 0
        for at, server in enumerate(servers):
            server.intercept = partial(self._intercept, at)

    @property
    def lacks_a_right(self) -> bool:
        return any(one.way.right for one in self.failed)

    def _intercept(self, at: int, request: Request) -> Failure | None:
        if sum(len(one.requests) for one in self._servers) > MOST_REQUESTS:
            self.endless = True
            return status(500)
        if self.failed:
            self._since += 1
        way = self._way(at, request)
        if way is None or (way.where == "graphql" and not is_graphql(request)):
            return None
        after = self.fault.after and writes(request)
        server = self._servers[at]
        self.failed.append(
            Failed(
                request=request,
                server=at,
                way=way,
                after=after,
                at=server.arrived[-1],
                worked=server.worked[-1],
            )
        )
        return way.failure(request, after=after)

    def _way(self, at: int, request: Request) -> Way | None:
        asked, then = self.fault.asked, self.fault.then
        if (at, kind_of(request)) == (asked.server, asked.kind):
            self._number += 1
            number = self._number - 1
            if number == asked.nth or (self.fault.lasting and number > asked.nth):
                return self.fault.way
        return then[1] if then and self._since == then[0] else None


@dataclass(kw_only=True)
class Rehearsed:
    """A story that was run without a fault. `before`, `after`: what people see on GitHub."""

    story: Story
    start: Start
    asked: list[Asked]
    before: dict[str, Any]
    after: dict[str, Any]
    standings: dict[str, str]


def rehearse(story: Story, world: World) -> Rehearsed:
    start = story.make(world)
    world.keep()
    world.renew()
    before = seen(world)
    ran = world.run(start)
    assert ran.code == 0, ran.said
    asked = list(_listed(world.servers.all))
    world.forget()
    assert world.run(start).code == 0
    return Rehearsed(
        story=story,
        start=start,
        asked=asked,
        before=before,
        after=seen(world),
        standings=standings(world),
    )


Rehearse = Callable[[Story], tuple[World, Rehearsed]]


class Stage:
    """Worlds below `folder`, each made at its first use and served until the stage is left."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stack = folder, ExitStack()
        self._known: dict[str, tuple[World, Rehearsed]] = {}

    def rehearse(self, story: Story) -> tuple[World, Rehearsed]:
        if story.name not in self._known:
            servers = self._stack.enter_context(Servers())
            world = World(self._folder / str(len(self._known)), servers)
            self._known[story.name] = world, rehearse(story, world)
        return self._known[story.name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)


def _listed(servers: Iterable[FakeServer]) -> Iterator[Asked]:
    for at, server in enumerate(servers):
        counted: dict[str, int] = {}
        for one in server.requests:
            kind = kind_of(one)
            nth = counted.get(kind, 0)
            counted[kind] = nth + 1
            yield Asked(server=at, kind=kind, nth=nth, graphql=is_graphql(one), writes=writes(one))


NOT_THERE = "404"
_MAY_BE_MISSING = re.compile(r"GET .*/(?:contents/.*|collaborators/[^/]*/permission)")


def whole_plan(asked: Sequence[Asked]) -> list[Fault]:
    """Each request in each way, before and after, once and from then on.

    Where a 404 is an answer (no such file, a deleted account), it is believed and no fault.
    """
    return [
        Fault(asked=one, way=way, after=after, lasting=lasting)
        for one in asked
        for way in WAYS
        if one.graphql or way.where != "graphql"
        if way.name != NOT_THERE or not _MAY_BE_MISSING.fullmatch(one.kind)
        for after in ((False, True) if one.writes else (False,))
        for lasting in (False, True)
    ]


def pairs(asked: Sequence[Asked], many: int, seed: int) -> list[Fault]:
    """Two requests fail, by chance: the second may be one that only a failure brings about."""
    chance = random.Random(seed)  # noqa: S311  a plan, no secret
    single = whole_plan(asked)
    chosen = [chance.choice(single) for _ in range(many)]
    return [
        Fault(
            asked=one.asked,
            way=one.way,
            after=one.after,
            lasting=one.lasting,
            then=(chance.randint(1, 12), chance.choice(WAYS)),
        )
        for one in chosen
    ]


def sample(plan: Sequence[Fault], many: int, seed: int) -> list[Fault]:
    """So many of a plan, which have each request and each way, and as many of both as they can."""
    chance = random.Random(seed)  # noqa: S311  a plan, no secret
    rest = chance.sample(plan, len(plan))
    chosen: list[Fault] = []
    for facets in (_needed, _wanted, _all_alike):
        known = {facet for one in chosen for facet in facets(one)}
        for least in (2, 1):
            left = []
            for one in rest:
                new = set(facets(one)) - known
                if len(chosen) < many and len(new) >= least:
                    chosen.append(one)
                    known |= new
                else:
                    left.append(one)
            rest = left
    return chosen


def _needed(one: Fault) -> tuple[object, ...]:
    return (one.asked, one.after), one.way.name


def _wanted(one: Fault) -> tuple[object, ...]:
    kind = (one.way.pause > 0, one.way.right)
    return (one.way.name, one.after, one.lasting), (one.asked, one.after, one.lasting, kind)


def _all_alike(one: Fault) -> tuple[object, ...]:
    return (one,)


def carry_out(fault: Fault, of: Rehearsed, world: World) -> list[Broken]:
    """The run with the fault, then one without; the promises that were broken."""
    world.renew()
    saboteur = Saboteur(world.servers.all, fault)
    ran = world.run(of.start)
    middle = seen(world)
    unknown = saboteur.lacks_a_right and promises.is_another_month(middle, of.before, of.after)
    asked_for_later = saboteur.lacks_a_right and of.story.once_a_day and not fault.asked.writes
    found = [
        *promises.of_any_run(ran),
        *promises.twice(middle),
        *promises.no_secret(middle),
        *promises.fair(middle, of.before, of.after),
        *(promises.fairly_decided(ran) if of.story.fair else ()),
        *(
            promises.nobody_sinks(standings(world), of.standings)
            if unknown
            else promises.whole_or_not_at_all(middle, of.before, of.after, ran)
        ),
        *_of_limits(saboteur, world.servers.all),
        *_of_writes(saboteur, world.servers.all),
        *([("no end of questions", "")] if saboteur.endless else []),
    ]
    world.forget()
    again = world.run(of.start)
    found += [(f"next run: {promise}", detail) for promise, detail in promises.of_any_run(again)]
    found += [("next run: ends well", again.err[-300:])] if again.code else []
    if not (unknown or asked_for_later):
        found += _of_end(
            seen(world), of, doubted="needs review" in f"{ran.outputs}{ran.out}{middle}"
        )
    world.forget()
    return [
        Broken(promise=promise, detail=detail, fault=str(fault), story=of.story.name)
        for promise, detail in found
    ]


def _of_limits(saboteur: Saboteur, servers: Sequence[FakeServer]) -> Found:
    """Nobody asks before the time that the platform named.

    One question may have been on its way: it arrives soon, by the time that this process works. On
    a machine with other work, more time passes.
    """
    for one in saboteur.failed:
        if not one.way.pause:
            continue
        server = servers[one.server]
        early = [
            (request, worked - one.worked)
            for request, came, worked in zip(
                server.requests, server.arrived, server.worked, strict=True
            )
            if request is not one.request
            and request.token == one.request.token
            and not (one.way.primary and is_graphql(request) != is_graphql(one.request))
            and one.at < came < one.at + one.way.pause * 0.99
        ]
        same = [request for request, _ in early if str(request) == str(one.request)]
        others = [
            request for request, after in early if request not in same and after > SOONEST
        ] + [request for request, came in early if request not in same][1:]
        if same:
            yield "waits before it asks the same again", one.way.name
        elif others:
            yield "waits before it asks another question", kind_of(others[0])


def _of_writes(saboteur: Saboteur, servers: Sequence[FakeServer]) -> Found:
    """Nothing is made twice.

    After a 404 for the branch, a commit is asked for again: the head that it names guards it.
    """
    told_missing = any(one.way.name == NOT_THERE for one in saboteur.failed)
    for one in saboteur.failed:
        text = str(one.request)
        commits = "createCommitOnBranch" in text and not told_missing
        creates = _CREATES.match(text) or commits
        requests = [str(each) for each in servers[one.server].requests]
        if one.after and creates and requests.count(text) > 1:
            yield "no write is repeated", kind_of(one.request)


def _of_end(end: Mapping[str, Any], of: Rehearsed, *, doubted: bool) -> Found:
    """After the next run all is as in a world without faults.

    `doubted`: a source was silent in the run before, and an applicant may have been told so: then
    there is a word more about that, and a proposal that is closed now was kept open.
    """
    yield from promises.twice(end)
    for place, was, now in _differences(of.after, end, ""):
        if place.endswith("/comments"):
            kept = [[one for one in said if not _is_notice(one)] for said in (was, now)]
            if doubted and kept[0] == kept[1]:
                continue
        elif doubted and not of.story.fair and "application-" in place:
            continue
        yield "the next run does the rest", f"{place}: {was} -> {now}"[:900]


def _is_notice(comment: str) -> bool:
    return '\\"kind\\": \\"notice\\"' in comment


def _differences(was: Any, now: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted({*was, *now}):
            yield from _differences(was.get(key), now.get(key), f"{place}/{key}")
    elif isinstance(was, list) and isinstance(now, list):
        gone, new = [x for x in was if x not in now], [x for x in now if x not in was]
        if gone or new or len(was) != len(now):
            yield place, gone, new
    elif was != now:
        yield place, was, now
