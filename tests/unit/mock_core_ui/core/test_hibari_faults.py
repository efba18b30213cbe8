"""Faults at the desktop core: what its client gets in JSON, whether there was a commit, and what its windows do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_core_ui.faults import MENU, Phase
from tests.unit.mock_core_ui.core.desk import CARD, CARE_PLAN, RENEWAL, Desk, at_desk
from tests.unit.mock_core_ui.core.samples import HANA, TARO, TOKEN, USER

EXPIRED = "セッションの有効期限が切れました。再度ログインしてください。"
TAKEN_OVER = "同じ利用者が別の端末でログインしたため、ログアウトしました。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize(
    ("fault", "wire", "commits"),
    [
        ("M3", "stall:60", 1),
        ("M3b", "swallow:60", 0),
        ("M4", "drop", 1),
        ("M4b", "drop", 0),
        ("M5", "reset", 1),
        ("M6", "refuse:10", 0),
        ("M6b", "refuse:10", 1),
    ],
)
def test_what_only_the_front_can_do_is_asked_of_it(desk: Desk, fault: str, wire: str, commits: int) -> None:
    desk.plan({"fault": fault})
    assert desk.register().headers["X-Mock-Wire"] == wire
    assert len(desk.commits()) == commits


@pytest.mark.parametrize(
    ("fault", "status", "content", "commits"),
    [
        ("M1", 500, {"message": "サーバでエラーが発生しました。（500）"}, 1),
        ("M1b", 500, {"message": "サーバでエラーが発生しました。（500）"}, 0),
        ("M12", 401, {"message": EXPIRED}, 0),
        ("M13", 401, {"message": EXPIRED}, 1),
        ("M14", 401, {"message": TAKEN_OVER}, 0),
        ("M14b", 401, {"message": TAKEN_OVER}, 1),
        ("M22b", 200, {"message": "同一人の申請があります。登録できません。"}, 0),
        ("M23", 200, {"errors": ["入力内容が住民登録と一致しません。"]}, 0),
        ("M26", 200, {"failure": "登録に失敗しました。"}, 1),
        ("M26b", 200, {"errors": ["入力内容が住民登録と一致しません。"]}, 1),
        ("M27b", 200, {"failure": "二重送信を検出しました。（トークンエラー）"}, 0),
        ("M28", 200, {"failure": "他の利用者により更新されています。最初からやり直してください。"}, 0),
        ("M34b", 200, {"message": "夜間バッチ処理中のため、更新処理はできません。"}, 0),
        ("M34c", 503, {"message": "ただいまシステム保守中のため、ご利用になれません。"}, 1),
    ],
)
def test_answers_in_the_place_of_the_completion(
    desk: Desk, fault: str, status: int, content: dict[str, Any], commits: int
) -> None:
    desk.plan({"fault": fault})
    answer = desk.register()
    assert (answer.status_code, answer.json) == (status, content)
    assert len(desk.commits()) == commits


def test_session_lost_after_the_commit_stays_lost(desk: Desk) -> None:
    desk.plan({"fault": "M13", "when": {"nth": [1]}})
    desk.register()
    assert desk.post("list").status_code == 401
    desk.log_in()
    assert desk.listing()["count"] == 1


def test_empty_answer_without_commit(desk: Desk) -> None:
    desk.plan({"fault": "M10b"})
    answer = desk.register()
    assert (answer.status_code, answer.data) == (200, b"")
    assert desk.commits() == []


def test_empty_completion_after_the_commit(desk: Desk) -> None:
    desk.plan({"fault": "M10"})
    answer = desk.register()
    assert (answer.status_code, answer.data) == (200, b"")
    assert len(desk.commits()) == 1


def test_completion_is_cut_off_although_it_is_short(desk: Desk) -> None:
    desk.plan({"fault": "M9"})
    answer = desk.register()
    kept = int(answer.headers["X-Mock-Wire"].removeprefix("truncate:"))
    assert 0 < kept < len(answer.data)
    assert len(desk.commits()) == 1


def test_completion_in_the_wrong_encoding_cannot_be_read(desk: Desk) -> None:
    desk.plan({"fault": "M11"})
    with pytest.raises(UnicodeDecodeError):
        desk.register().data.decode("utf-8")
    assert len(desk.commits()) == 1


@pytest.mark.parametrize("fault", ["M9b", "M11b"])
def test_person_with_whom_an_entry_begins_cannot_be_read(desk: Desk, fault: str) -> None:
    desk.plan({"fault": fault})
    answer = desk.post("resident", {"atena_no": HANA.atena_no})
    if fault == "M9b":
        assert int(answer.headers["X-Mock-Wire"].removeprefix("truncate:")) < len(answer.data)
    else:
        with pytest.raises(UnicodeDecodeError):
            answer.data.decode("utf-8")


def test_everything_is_closed_for_maintenance(desk: Desk) -> None:
    desk.plan({"fault": "M34"})
    for path in ("login", "resident", "check", "register", "list", "detail", "window"):
        assert desk.post(path).status_code == 503


def test_expired_password_lets_nobody_in(desk: Desk) -> None:
    desk.plan({"fault": "M15", "when": {"nth": [1]}})
    answer = desk.log_in()
    assert (answer.status_code, answer.json) == (401, {"message": "パスワードの有効期限が切れています。"})
    assert desk.log_in().status_code == 200


def test_duplicate_warning_without_an_earlier_application(desk: Desk) -> None:
    desk.plan({"fault": "M22", "when": {"nth": [1]}})
    assert desk.check()["warning"] is True
    assert desk.check()["warning"] is False


def test_completion_shows_another_persons_record(desk: Desk) -> None:
    desk.register(atena_no=TARO.atena_no)
    desk.plan({"fault": "M24"})
    shown = desk.register().json
    assert (shown["receipt"], shown["name"]) == ("HB-2026-000001", TARO.name)  # type: ignore[index]
    assert [commit["atena_no"] for commit in desk.commits()] == [TARO.atena_no, HANA.atena_no]


def test_completion_without_a_record(desk: Desk) -> None:
    desk.plan({"fault": "M25", "when": {"nth": [1]}})
    assert desk.register().json["name"] == HANA.name  # type: ignore[index]
    assert desk.commits() == []
    assert desk.listing()["count"] == 0


def test_field_is_cut_when_it_is_stored(desk: Desk) -> None:
    desk.plan({"fault": "M31c", "field": "hiho_jusho", "keep": 2})
    desk.register(hiho_jusho="汐見原市港町５番地")
    assert desk.commits()[0]["values"]["hiho_jusho"] == "汐見"


def test_last_group_is_lost(desk: Desk) -> None:
    desk.plan({"fault": "M36"})
    desk.register()
    values = desk.commits()[0]["values"]
    assert {name for name, value in values.items() if name.startswith("saikofu_") and value} == set()
    assert values["shomei1_shubetsu"] == "21"


def test_record_shows_late(desk: Desk) -> None:
    desk.plan({"fault": "M37", "seconds": 5})
    desk.register()
    assert desk.listing()["count"] == 0
    assert desk.post("detail", {"receipt": "HB-2026-000001"}).status_code == 404
    desk.core.clock.move(seconds=6)
    assert desk.listing()["count"] == 1


def test_clerk_enters_the_same_too(desk: Desk) -> None:
    desk.plan({"fault": "M43"})
    desk.register()
    made = desk.commits()
    assert [commit["operator"] for commit in made] == ["clerk01", USER]
    assert made[0]["values"] == made[1]["values"]
    assert desk.listing()["count"] == 2


def test_look_up_finds_nothing_wrongly(desk: Desk) -> None:
    desk.register()
    desk.plan({"fault": "M39", "when": {"nth": [1]}})
    assert desk.listing() == {"count": 0, "page": 1, "pages": 1, "rows": []}
    assert desk.listing()["count"] == 1


def test_look_up_is_cut_and_says_how_many_there_are(desk: Desk) -> None:
    for _ in range(3):
        desk.register()
    desk.plan({"fault": "M40", "at": 2, "keep": "oldest"})
    page = desk.listing()
    assert (page["count"], page["pages"]) == (3, 1)
    assert [row[0] for row in page["rows"]] == ["HB-2026-000002", "HB-2026-000001"]


def test_look_up_has_small_pages(desk: Desk) -> None:
    for _ in range(3):
        desk.register()
    desk.plan({"fault": "M40b", "size": 2})
    assert (desk.receipts(1), desk.receipts(2)) == (["HB-2026-000003", "HB-2026-000002"], ["HB-2026-000001"])
    assert desk.listing()["pages"] == 2


def test_namesake_stands_beside_the_person(desk: Desk) -> None:
    desk.register()
    desk.plan({"fault": "M41"})
    page = desk.listing()
    assert page["count"] == 2
    assert [(row[2], row[3]) for row in page["rows"]] == [(HANA.atena_no, HANA.name), ("9800000018", HANA.name)]


def test_look_up_fails_in_lists_and_details(desk: Desk) -> None:
    desk.plan({"fault": "M38"})
    assert desk.post("list").status_code == 500
    assert desk.post("detail", {"receipt": "HB-2026-000001"}).status_code == 500


def test_clock_of_the_core_is_off(desk: Desk) -> None:
    desk.plan({"fault": "M45", "minutes": 10})
    desk.register()
    assert desk.listing()["rows"][0][6] == "2026/11/23 12:14:05"


# -- windows ----------------------------------------------------------------------------------------------------

FIRST_TEXTS = {RENEWAL: "shinsei_moshide_nm", CARE_PLAN: "hiho_shimei", CARD: "shinsei_moshide_nm"}


@pytest.mark.parametrize(
    ("fault", "window", "told"),
    [
        ("D1", "entry", {"effect": "modal", "text": "サーバとの通信が一時的に不安定です。", "after_s": 0.5}),
        ("D1b", "complete", {"effect": "modal", "text": "印刷サービスに接続できません。", "after_s": 0.3}),
        ("D2", "entry", {"effect": "move", "dx": 60, "dy": 45, "after_s": 0.5}),
        ("D3", "login", {"effect": "slow", "seconds": 0.5}),
        ("D4", "entry", {"effect": "freeze", "seconds": 5}),
        ("D4b", "complete", {"effect": "freeze", "seconds": 5}),
        ("D5", "entry", {"effect": "twin"}),
        ("D6", "entry", {"effect": "other_focus", "after_s": 0.5}),
        ("D6b", "confirm", {"effect": "other_focus", "after_s": 0.3}),
        ("D7", "entry", {"effect": "swallow_paste", "field": "shinsei_moshide_nm"}),
        ("D8", "entry", {"effect": "change_paste", "field": "shinsei_moshide_nm"}),
    ],
)
def test_window_that_opens_is_told_its_effect_and_other_windows_are_not(
    desk: Desk, fault: str, window: str, told: dict[str, object]
) -> None:
    desk.plan({"fault": fault})
    assert desk.window(window, CARD) == [told]
    assert desk.window("picker", CARD) == ([told] if fault == "D3" else [])


def test_every_window_fault_has_its_line_above() -> None:
    windows = {fault.code for fault in MENU.values() if fault.phase is Phase.ON_WINDOW}
    assert windows == {"D1", "D1b", "D2", "D3", "D4", "D4b", "D5", "D6", "D6b", "D7", "D8"}


@pytest.mark.parametrize("procedure", [RENEWAL, CARE_PLAN, CARD])
def test_paste_fault_without_a_field_means_the_first_text_box(desk: Desk, procedure: str) -> None:
    desk.plan({"fault": "D7"})
    assert desk.window("entry", procedure)[0]["field"] == FIRST_TEXTS[procedure]


def test_rule_names_window_procedure_count_and_parameters(desk: Desk) -> None:
    desk.plan({"fault": "D7", "when": {"nth": [2]}, "procedure": CARD, "page": "search", "field": "hiho_jusho"})
    assert desk.window("search", CARD) == []
    assert desk.window("entry", CARD) == desk.window("search", RENEWAL) == []
    assert desk.window("search", CARD) == [{"effect": "swallow_paste", "field": "hiho_jusho"}]


def test_two_effects_strike_one_window(desk: Desk) -> None:
    desk.plan({"fault": "D5"}, {"fault": "D4", "seconds": 1})
    assert [told["effect"] for told in desk.window("entry", CARD)] == ["twin", "freeze"]


def test_log_on_window_needs_no_session(desk: Desk) -> None:
    desk.plan({"fault": "D3"})
    desk.session = ""
    assert [told["effect"] for told in desk.window("login")] == ["slow"]


def test_page_for_trainers_offers_what_this_core_can_do(desk: Desk) -> None:
    client = desk.core.client
    client.get(f"/_mock/?token={TOKEN}")
    page = client.get("/_mock/?fault=D2").text
    assert "ひばり介護保険システム" in page
    for shown in ("D1", "D8", "M4", "M25"):
        assert f'<th scope="row">{shown}</th>' in page
    assert '<th scope="row">M16</th>' not in page
    assert 'id="p_dx"' in page
    assert '<option value="picker">事業所検索</option>' in page
    form = {"token": TOKEN, "fault": "D2", "way": "every", "every": "1", "page": "list"}
    numbers = {"p_dx": "-5", "p_dy": "7", "p_after_s": "0"}
    assert client.post("/_mock/add", data={**form, **numbers}).status_code == 303
    assert desk.window("list") == [{"effect": "move", "dx": -5.0, "dy": 7.0, "after_s": 0.0}]
