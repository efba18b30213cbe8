"""Collecting from a source that hands things over: put away only when the ledger has it; an old revision takes nothing back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from bridge_agent.domain.application import Application
from bridge_agent.pipeline.collect import BATCH
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitation import ImitatedSource, Town, application


class HandedOver(ImitatedSource):
    """Notes what the ledger had at the moment when it was told to put things away."""

    town: Town
    told: Sequence[str] = ()

    def __init__(self, applications: Sequence[Application]) -> None:
        super().__init__(applications)
        self.too_early: set[str] = set()
        self.put: list[str] = []

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        known = {number for number in receipt_numbers if self.town.ledger.known(self.name, self.scope, number)}
        self.too_early |= set(receipt_numbers) - known
        self.put.extend(receipt_numbers)

    def remarks(self) -> Sequence[str]:
        return self.told


def town_of(count: int) -> tuple[Town, HandedOver]:
    town = Town([application(n) for n in range(1, count + 1)])
    source = HandedOver(town.applications)
    source.town = town
    town.source = source
    return town, source


def test_everything_is_put_away_once_and_only_what_the_ledger_has() -> None:
    town, source = town_of(2 * BATCH + 3)
    run(town.night())
    assert sorted(source.put) == sorted(source.applications)
    assert source.too_early == set()


def test_what_the_ledger_had_before_is_put_away_without_being_fetched_again() -> None:
    town, source = town_of(3)
    run(town.night())
    source.linked.clear()  # still in the folder: the process was killed before it was put away
    source.put.clear()
    source.delivered = 0
    run(town.night())
    assert sorted(source.put) == sorted(source.applications)
    assert source.delivered == 0


def test_nothing_is_put_away_when_the_delivery_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    town, source = town_of(3)

    def broken(wanted: object) -> object:
        raise RuntimeError

    monkeypatch.setattr(source, "deliver", broken)
    run(town.night())
    assert source.put == []


def test_what_the_source_says_stands_on_the_sheet() -> None:
    town, source = town_of(1)
    source.told = ["受け渡しフォルダーに、読めなかったファイルが1件あります。"]
    report = run(town.night())
    assert source.told[0] in report.notices
    assert report.exit_code == 1


@pytest.mark.parametrize(
    ("had", "comes", "taken"),
    [
        ("2", "1", False),
        ("10", "9", False),
        ("10", "011", True),
        ("1", "2", True),
        ("2", "2.1", True),
        ("版2", "版1", True),
    ],
)
def test_an_older_revision_never_replaces_a_newer_one(had: str, comes: str, taken: bool) -> None:
    number = "R001"
    before = replace(application(1), revision=had, columns={"値": "bad"})  # held while planning: never entered
    town = Town([before])
    run(town.night())
    town.source.applications[number] = replace(before, revision=comes, columns={"値": "bad", "別": "x"})
    report = run(town.night())
    known = town.ledger.known("minamo", "default", number)
    assert known is not None
    assert known.revision == (comes if taken else had)
    assert any(number in notice and "古い版" in notice for notice in report.notices) == (not taken)
