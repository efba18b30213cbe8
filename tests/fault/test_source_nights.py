"""Whole nights with a drop folder or an interface as the source: from the export to the core, and the result back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.ports import Source
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.pages import BrowserPages
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.pipeline import collect
from bridge_agent.sources.folder import FolderSource
from bridge_agent.sources.rest import RestSource, Wire
from bridge_agent.sources.screen import ScreenSource
from mock_core_ui.management import create_app, package, serve, vendor_columns
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.export import export_csv, export_packages, export_states, put
from mock_core_ui.management.states import State
from mock_core_ui.management.store import Store
from mock_core_ui.oss import create_oss, shares
from mock_core_ui.people import build_world
from mock_core_ui.people.model import World
from tests.fault.fast.nights import RECIPES
from tests.fault.fast.town import FastTown
from tests.ledger_rows import read


@dataclass(frozen=True)
class Exported:
    world: World
    store: Store
    drop: Path
    town: Path

    def export(self) -> None:
        export_packages(self.store, self.drop, japan_time(), per_file=5)
        export_states(self.store, self.drop)

    def numbers(self, code: str) -> list[str]:
        return [one.receipt_no for one in self.world.applications if one.procedure_code == code]

    def source(self) -> FolderSource:
        return FolderSource(folder_profile(), self.drop, QuickClock())


class QuickClock:
    """The computer's clock, with waits that are not waited for."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return datetime.now(UTC).timestamp()

    def wait(self, seconds: float) -> None: ...


def folder_profile() -> FolderProfile:
    profile = load_source(RECIPES, "minamo-folder")
    assert isinstance(profile, FolderProfile)
    return profile


def rest_source(url: str, name: str = "minamo-rest") -> RestSource:
    profile = load_source(RECIPES, name)
    assert isinstance(profile, RestProfile)
    clock = QuickClock()
    return RestSource(profile, Wire(profile, url, "bridge01", lambda: "right", clock), clock)


def names(folder: Path) -> int:
    return sum(1 for path in folder.iterdir() if path.is_file())


def reported(drop: Path) -> dict[str, str]:
    with (drop / "results" / "連携結果.csv").open(encoding="cp932", newline="") as file:
        return {line["受付番号"]: line["基幹側受付番号"] for line in csv.DictReader(file)}


def standings(town: FastTown) -> dict[str, tuple[str, str]]:
    rows = read(town.plan.ledger, "SELECT receipt_no, state, reason FROM item")
    return {row["receipt_no"]: (row["state"], row["reason"]) for row in rows}


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    """Twelve plain applications in a store of the management system; nothing is exported yet."""
    world = build_world(3, 12, None, True)
    drop = tmp_path / "drop"
    drop.mkdir()
    store = Store(tmp_path / "management.sqlite", japan_time)
    store.fill(world)
    return Exported(world, store, drop, tmp_path / "town")


def test_packages_go_from_the_folder_to_the_core_and_the_result_back(exported: Exported) -> None:
    exported.export()
    drop = exported.drop
    with FastTown(exported.town, world=exported.world) as town:
        report = town.run(source=exported.source())
        assert (report.exit_code, report.stops, report.notices) == (0, [], [])
        assert report.balance.total("registered") == 12
        commits = town.commits()
    written = reported(drop)
    assert set(written) == {each.receipt_no for each in exported.world.applications}
    assert sorted(written.values()) == sorted(commit.receipt for commit in commits)
    assert all(written[commit.reference] == commit.receipt for commit in commits if commit.reference)
    assert (names(drop), names(drop / "taking"), names(drop / "done"), names(drop / "failed")) == (1, 0, 3, 0)


WITHOUT_PAPERS = ("02026110200001", "02026110600005", "02026111200007", "02026111000006", "02026111800010")
"""Three of 児童手当 (a bankbook, a declaration of a child elsewhere) and the two of 罹災証明 (photographs)."""


def test_rows_of_plain_csv_files_are_entered_as_well(exported: Exported) -> None:
    """A row brings no files: what the office must have them for waits for a person who has seen them elsewhere."""
    files = export_csv(exported.store, exported.drop, japan_time())
    with FastTown(exported.town, world=exported.world) as town:
        report = town.run(source=exported.source())
        assert (report.exit_code, report.stops, report.notices) == (1, [], [])
        ends = standings(town)
        assert {number for number, end in ends.items() if end == ("held", "attachment_missing")} == {*WITHOUT_PAPERS}
        assert [end for number, end in ends.items() if number not in WITHOUT_PAPERS] == [("reported", "")] * 7
        assert town.sums().commits == 7
    assert names(exported.drop / "done") == len(files)


def test_the_same_export_the_next_night_enters_nothing_a_second_time(exported: Exported) -> None:
    with FastTown(exported.town, world=exported.world) as town:
        for _ in range(2):
            export_packages(exported.store, exported.drop, japan_time(), per_file=5)
            town.run(source=exported.source())
        sums = town.sums()
    assert (sums.commits, sums.duplicates, sums.missing, sums.lost) == (12, 0, 0, 0)
    assert names(exported.drop / "done") == 6


def test_a_changed_form_stops_its_procedure_before_its_first_entry(
    exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file of three has the new column; the others came before the vendor changed the form."""
    exported.export()
    changed = exported.numbers("K0020")[-1]
    record = exported.store.record(changed)
    assert record is not None
    table = vendor_columns.TABLES["K0020"]
    monkeypatch.setitem(vendor_columns.TABLES, "K0020", replace(table, columns={**table.columns, "new": "備考欄"}))
    put(exported.drop / "changed.zip", package.build([record], japan_time()))
    with FastTown(exported.town, world=exported.world) as town:
        report = town.run(source=exported.source())
        entered = [commit for commit in town.commits() if commit.core == "sogo"]
        lines = standings(town)
    assert {lines[number] for number in exported.numbers("K0020")} == {("held", "package_column")}
    assert not {commit.reference for commit in entered} & set(exported.numbers("K0020"))
    assert any("K0020" in notice and "「備考欄」が増えています" in notice for notice in report.notices)
    assert report.balance.total("registered") == 12 - len(exported.numbers("K0020"))
    assert report.exit_code == 1


def by_folder(exported: Exported, url: str, browser: Path) -> Source:
    exported.export()
    return exported.source()


def by_interface(exported: Exported, url: str, browser: Path) -> Source:
    return rest_source(url)


def by_screen(exported: Exported, url: str, browser: Path) -> Source:
    profile = load_source(RECIPES, "minamo")
    assert isinstance(profile, ScreenProfile)
    account = WebAccount(url, "bridge01", lambda: "right")
    options = BrowserOptions(browser=str(browser))
    pages = BrowserPages(profile.login, profile.session_lost, profile.limits, account, options, name=profile.name)
    return ScreenSource(profile, pages, exported.town / "work", QuickClock())


@pytest.mark.browser
@pytest.mark.parametrize("way", [by_folder, by_interface, by_screen])
def test_one_application_with_a_new_column_stops_its_procedure_also_when_the_others_were_taken_in_before(
    exported: Exported,
    browser_path: Path,
    way: Callable[[Exported, str, Path], Source],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collect, "BATCH", 3)
    *others, last = exported.numbers("K0020")
    assert len(others) >= 2
    changed = tuple(
        replace(one, broken="column_added" if one.receipt_no == last else "") for one in exported.world.applications
    )
    store = Store(exported.drop.parent / "changed.sqlite", japan_time)
    store.fill(replace(exported.world, applications=changed))
    served = serve(create_app(exported.drop.parent / "changed.sqlite", None, "", {"bridge01": "right"}))
    source = way(replace(exported, store=store), served.url, browser_path)
    try:
        with FastTown(exported.town, world=exported.world) as town:
            report = town.run(source=source)
            entered = {commit.reference for commit in town.commits()}
            lines = standings(town)
            rows = read(town.plan.ledger, "SELECT receipt_no, note FROM item")
    finally:
        source.close()
        served.close()
    assert {lines[number] for number in (*others, last)} == {("held", "package_column")}
    notes = {row["receipt_no"]: row["note"] for row in rows}
    assert {notes[number] for number in others} == {"列「備考欄」が増えています。同じ手続のほかの申請も止めました"}
    assert notes[last] == "列「備考欄」が増えています"
    assert not entered & {*others, last}
    assert report.balance.total("registered") == 12 - len(others) - 1
    assert any("K0020" in notice and "「備考欄」が増えています" in notice for notice in report.notices)


def test_what_was_withdrawn_or_corrected_between_export_and_entry_is_not_entered(exported: Exported) -> None:
    exported.export()
    withdrawn, corrected, sent_back = [one.receipt_no for one in exported.world.applications[:3]]
    exported.store.withdraw(withdrawn)
    exported.store.revise(corrected)
    exported.store.send_back(sent_back, "書類の不足", "clerk01")
    export_states(exported.store, exported.drop)
    with FastTown(exported.town, world=exported.world) as town:
        report = town.run(source=exported.source())
        lines = standings(town)
        assert len(town.commits()) == 9
    assert lines[withdrawn] == ("closed", "withdrawn")
    assert lines[corrected] == ("held", "content_changed")
    assert lines[sent_back] == ("held", "content_changed")
    assert report.balance.total("registered") == 9


def test_files_that_cannot_be_read_are_told_and_the_others_go_on(exported: Exported) -> None:
    exported.export()
    (exported.drop / "half.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    with FastTown(exported.town, world=exported.world) as town:
        report = town.run(source=exported.source())
    assert report.balance.total("registered") == 12
    assert (report.exit_code, len(report.notices)) == (1, 1)
    assert "読めなかったファイルが1件" in report.notices[0]


def test_the_interface_brings_the_same_night(exported: Exported) -> None:
    served = serve(create_app(exported.drop.parent / "management.sqlite", None, "", {"bridge01": "right"}))
    source = rest_source(served.url)
    try:
        with FastTown(exported.town, world=exported.world) as town:
            report = town.run(source=source)
            assert (report.exit_code, report.stops, report.notices) == (0, [], [])
            commits = town.commits()
    finally:
        served.close()
    rows = exported.store.rows(State.LINKED, "")
    assert sorted(row.core_number for row in rows) == sorted(commit.receipt for commit in commits)
    assert len(rows) == 12


def test_vehicle_applications_of_a_new_form_come_to_the_hold_desk_until_there_is_a_recipe(tmp_path: Path) -> None:
    _, vehicles = shares(build_world(1, 7, ("parking_space_certificate", "vehicle_tax_report"), True))
    newer = replace(vehicles, applications=tuple(replace(one, form_version="2027-04") for one in vehicles.applications))
    served = serve(create_oss(tmp_path / "oss.sqlite", newer, {"bridge01": "right"}, ""))
    source = rest_source(served.url, "oss")
    try:
        with FastTown(tmp_path / "town", applications=1, plain=True) as town:
            report = town.run(source=source)
            lines = standings(town)
    finally:
        served.close()
    assert len(lines) == 7
    assert set(lines.values()) == {("held", "recipe_not_valid")}
    assert (report.balance.total("approved"), report.balance.total("held")) == (7, 7)
