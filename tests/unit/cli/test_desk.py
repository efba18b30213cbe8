"""The hold desk and the state of the night as a clerk types for them: show, hold, stop, status."""

from __future__ import annotations

import re

from bridge_agent import wiring
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.in_use import in_use
from tests.unit.cli.home_site import HomeSite


def test_a_clerk_has_a_corrected_record_looked_up_again(site: HomeSite) -> None:
    site.town.core.faults = {1: "wrong"}
    site.night()
    listed = site.command("hold", "list").stdout
    assert "…" not in listed  # nothing is cut where the terminal is narrow
    assert "look-again" in listed
    assert "照会の結果: 基幹システムに 1 件" in site.command("show", "R001").stdout
    site.town.core.log[0].value = "良い"
    asked = site.command("hold", "look-again", "R001")
    assert asked.exit_code == 0, asked.exception
    assert "もう一度照会します" in asked.stdout
    again = site.command("hold", "look-again", "R001")
    assert isinstance(again.exception, ConfigError)
    site.night()
    assert site.states() == {State.REPORTED}
    assert len(site.town.core.log) == 6
    story = site.command("show", "R001").stdout
    for told in (
        "入力直後 → 見つかったが内容が違う",
        "結果不明の確認 → 見つかった（内容一致）",
        "取込 → 入力待ち",
        "送信直前 → 完了画面確認",
        "完了画面確認 → 保留",
        "保留 → 結果不明",
        "登録確認済 → 報告済",
        "答え 完了画面　結果 登録確認済",
    ):
        assert told in story, story
    assert "照会の結果" not in story  # counted while it was held: what it says is over
    assert not re.search("->|found|mismatch|seen|doubt|pending", story)


def test_closing_asks_only_for_what_can_be_closed(site: HomeSite) -> None:
    site.town.core.faults = {1: "wrong"}
    site.night()
    for words, told in (
        (("99999", "--reason", "withdrawn"), "台帳にありません"),
        (("R002", "--reason", "withdrawn"), "いまの状態は 報告済 です"),
        (("R001", "--reason", "entered_by_hand"), "--record"),
        (("R001", "--reason", "lost"), "withdrawn・entered_by_hand・dismissed"),
        (("R001", "--reason", "dismissed"), "登録操作の記録がある"),
    ):
        refused = site.command("hold", "close", *words, typed="y\n")
        assert isinstance(refused.exception, ConfigError), words
        assert told in refused.exception.message
        assert "よろしいですか" not in refused.stdout


def test_a_stop_is_asked_for_only_while_somebody_works(site: HomeSite) -> None:
    site.night(limit=1)
    assert site.command("stop").stdout == "動いている実行はありません。\n"
    with in_use(wiring.lock_folder(site.settings)):
        assert "停止を指示しました" in site.command("stop").stdout
    (wiring.lock_folder(site.settings) / "sogo-old.lock").write_bytes(b"no database at all" * 99)
    assert "停止を指示しました" in site.command("stop").stdout


def test_the_state_tells_apart_what_the_sheet_tells_apart(site: HomeSite) -> None:
    site.town.core.commit("R003", "0000000003", "良い", "職員")
    site.night()
    assert "保留" in (line := next(x for x in site.command("status").stdout.splitlines() if "保留" in x))
    assert line.endswith("1 件（うち登録済だった 1 件）"), line
