"""What `run` refuses before it begins, which lanes it has, and how the balance looks on a terminal."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from bridge_agent import wiring
from bridge_agent.cli import lanes, runs
from bridge_agent.cli.balance import print_balance
from bridge_agent.cli.runs import at_most, refuse_unknown
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.pipeline.balance import Balance
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.run import RunReport
from bridge_agent.settings import load_settings
from tests.unit.cli.home_site import SETTINGS

TWO_CORES = (
    SETTINGS
    + """
[[cores.sogo.more_accounts]]
user = "bridge02"
operator = "bridge02"
[cores.nintei]
address = "http://127.0.0.1:3"
user = "bridge01"
operator = "bridge01"
"""
)


@pytest.fixture
def two_cores(tmp_path: Path) -> wiring.Site:
    config = tmp_path / "bridge.toml"
    config.write_text(TWO_CORES, encoding="utf-8")
    settings = load_settings(config)
    return cast(
        wiring.Site,
        SimpleNamespace(settings=settings, cores=dict.fromkeys(settings.cores, SimpleNamespace(driver="browser"))),
    )


@pytest.mark.parametrize(
    ("most", "lanes"),
    [
        (1, ["nintei-bridge01", "sogo-bridge01"]),
        (2, ["nintei-bridge01", "sogo-bridge01", "sogo-bridge02"]),
        (5, ["nintei-bridge01", "sogo-bridge01", "sogo-bridge02"]),
    ],
)
def test_a_core_without_work_takes_no_account_from_one_that_has(
    two_cores: wiring.Site, most: int, lanes: list[str]
) -> None:
    assert [access.lane for access in wiring.lanes_for(two_cores, most)] == lanes


def test_more_lanes_than_accounts_are_said_to_be_too_many(two_cores: wiring.Site) -> None:
    shown = io.StringIO()
    console = Console(file=shown, width=100)
    assert at_most(3, two_cores, console) == 3
    assert shown.getvalue() == ""
    assert at_most(5, two_cores, console) == 3
    assert "アカウントは 3 つ" in shown.getvalue()


def test_a_procedure_that_no_recipe_has_is_refused() -> None:
    refuse_unknown("", set())
    refuse_unknown("a", {"a", "b"})
    with pytest.raises(ConfigError, match="使える名前: a、b"):
        refuse_unknown("c", {"b", "a"})


def report() -> RunReport:
    def line(code: str, name: str, **columns: int) -> ProcedureBalance:
        empty = dict.fromkeys(
            "approved registered already_there held in_doubt withdrawn closed not_yet_entered".split(), 0
        )
        return ProcedureBalance(code, name, **cast(Any, empty | columns))

    lines = (
        line("a", "介護保険被保険者証等の再交付申請", approved=3, registered=2, held=1),
        line("b", "児童手当認定請求", approved=1, registered=1),
    )
    now = datetime(2026, 11, 29, tzinfo=UTC)
    return RunReport(7, now, now, Balance(lines, duplicates=0, missing=0))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_name_is_cut_to_pieces_on_any_terminal(width: int) -> None:
    shown = io.StringIO()
    print_balance(Console(file=shown, width=width), report())
    text = shown.getvalue()
    for whole in ("介護保険被保険者証等の再交付申請", "児童手当認定請求", "登録確認済", "第7回"):
        assert whole in text, text
    if width < 100:
        assert "承認済 3・登録確認済 2・保留 1・差 0" in text
        assert "承認済 4・登録確認済 3・保留 1・差 0" in text


def test_no_command_but_the_one_that_sets_it_takes_a_new_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "bridge.toml"
    config.write_text(SETTINGS + '[credentials]\nstore = "file"\n', encoding="utf-8")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with pytest.raises(ConfigError, match="credentials set"):
        wiring.open_store(wiring.Start(config, passphrase_from_stdin=False), load_settings(config))


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ValueError("x")])
def test_books_are_told_when_the_sheet_cannot_be_written(
    two_cores: wiring.Site, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def full(*_: object) -> Path:
        raise fault

    monkeypatch.setattr(runs, "write_sheet", full)
    told = report()
    told.exit_code = 4
    assert runs.sheet_or_notice(two_cores, cast(Any, None), told) is None
    assert told.exit_code == 4
    assert "突合表ができませんでした" in told.stops[0]
    quiet = report()
    runs.sheet_or_notice(two_cores, cast(Any, None), quiet)
    assert quiet.exit_code == 3


def test_every_core_has_its_first_lane_before_any_has_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    def lane(core: str, number: int) -> CoreAccess:
        return cast(CoreAccess, SimpleNamespace(lane=f"{core}-{number}", profile=SimpleNamespace(core=core)))

    pending = {"a": 0, "b": 5, "c": 9}
    ledger = SimpleNamespace(count_pending=lambda core, _: pending[core])
    night = cast(Night, SimpleNamespace(ledger=ledger, options=RunOptions()))
    monkeypatch.setattr(lanes, "unsettled", lambda _, access: access.lane == "c-2")
    given = [lane("c", 2), *(lane(core, number) for core in "abc" for number in (1, 2) if (core, number) != ("c", 2))]
    assert [one.lane for one in lanes.fair_order(night, given)] == ["c-2", "b-1", "b-2", "c-1", "a-1", "a-2"]
