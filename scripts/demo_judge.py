"""Lays what the agent says of its nights beside what the sources gave and what the cores logged, site by site and in all.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts import demo_books as books
from scripts.demo_agent import AgentSite, Answer
from scripts.demo_town import Town
from scripts.demo_ways import WayIn, way_of

RUN_WAS_WHOLE = (0, 1)  # balanced: nothing to decide, or a person is needed
BALANCE = ("approved", *books.COLUMNS)
SUMS = ("given", *BALANCE, "missing", "lost")


@dataclass(slots=True)
class Night:
    """Both runs of one site; `seconds`: the first."""

    site: AgentSite
    first: Answer
    seconds: float
    second: Answer = field(default_factory=lambda: Answer(-1, ""))


@dataclass(frozen=True, slots=True)
class _Site:
    """What one site's ledger says, what its source was given, and how that compares."""

    standings: Mapping[str, books.Standing]
    expected: Mapping[str, tuple[str, str]]
    numbers: dict[str, Any]
    problems: list[str]


def own_commits(town: Town) -> int:
    """All cores know the agent under one account name."""
    return sum(c.operator == town.operator and not c.before_run for c in _commits(town))


def _commits(town: Town) -> list[books.Commit]:
    return books.read_commits({core: place.database for core, place in town.cores.items()})


def judge(town: Town, nights: Sequence[Night], applications: int) -> tuple[dict[str, object], list[str]]:
    """Every site's books, then all sites' together against the cores' logs; and every difference."""
    commits = _commits(town)
    ways = [night.site.way for night in nights]
    sites = {night.site.way: _judge_site(town, night, commits, ways) for night in nights}
    ledgers = {number: standing for site in sites.values() for number, standing in site.standings.items()}
    numbers: dict[str, object] = {word: sum(site.numbers.get(word, 0) for site in sites.values()) for word in SUMS}
    numbers["duplicates"] = len(books.duplicates(commits, town.operator))
    numbers["ways"] = {way.name: site.numbers for way, site in sites.items()}
    problems = [f"{word}: {numbers[word]}" for word in ("duplicates", "missing", "lost") if numbers[word]]
    for way, site in sites.items():
        problems += [f"{way.name}: {line}" if len(ways) > 1 else line for line in site.problems]
    given = sum(site.numbers["given"] for site in sites.values())
    if given != applications:
        problems.append(f"{given} applications were given, expected {applications}")
    problems += [f"{number}: came in by two ways" for number in books.given_twice(s.expected for s in sites.values())]
    problems += [
        f"{commit.core} {commit.record}: entered, but not registered in the ledger"
        for commit in books.unaccounted(ledgers, commits, town.operator)
    ]
    return numbers, problems


def _judge_site(town: Town, night: Night, commits: Sequence[books.Commit], ways: Sequence[WayIn]) -> _Site:
    way, ledger = night.site.way, night.site.ledger
    problems = [*_broken_off("first", night.first), *_broken_off("second", night.second)]
    standings = books.read_standings(ledger) if ledger.exists() else {}
    expected = books.read_expectations(town.sources[way.place].database)
    sums = night.first.content()
    numbers: dict[str, Any] = {
        "given": len(expected),
        "seconds": round(night.seconds, 1),
        "sheet": str(sums.get("sheet", "")),
    }
    if not sums:
        return _Site(standings, expected, numbers, [*problems, "the first run printed no balance"])
    numbers |= {word: int(sums[word]) for word in BALANCE}
    numbers["missing"] = len(books.missing(standings, commits))
    numbers["lost"] = len(set(expected) - set(standings)) + int(sums["lost"])
    if numbers["approved"] != sum(numbers[column] for column in books.COLUMNS):
        problems.append("the books do not balance")
    problems += books.differences(standings, expected)
    problems += [
        f"{commit.core} {commit.record}: {commit.procedure} must come another way"
        for commit in books.registered_here(standings, commits)
        if way_of(commit.procedure, ways) is not way
    ]
    return _Site(standings, expected, numbers, problems)


def _broken_off(name: str, answer: Answer) -> list[str]:
    stops = "; ".join(map(str, answer.content().get("stops", [])))
    if answer.exit_code in RUN_WAS_WHOLE and not stops:
        return []
    return [f"the {name} run ended with {answer.exit_code} {stops}".rstrip()]
