"""Dialect A over HTTP: the whole path, the look-up, and every fault that a WSGI server can show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from mock_core_ui.core import sogo
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.values import Values
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, TOKEN, USER, Core, valid_values

PROCEDURE = "ltci_burden_ratio_reissue"
SCREEN = SCREENS[PROCEDURE]


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    core = Core("sogo", sogo.create_app, tmp_path / "core.sqlite")
    core.client.post("/login", data={"userid": USER, "password": PASSWORD})
    yield core
    core.store.close()


def _confirm(core: Core, values: Values | None = None, atena_no: str = HANA.atena_no) -> TestResponse:
    return core.client.post(f"/confirm/{PROCEDURE}", data={**(values or valid_values(SCREEN)), "atena": atena_no})


def _token(page: TestResponse) -> str:
    return page.text.split('name="token" value="')[1].split('"')[0]


def _register(core: Core, **more: str) -> TestResponse:
    return core.client.post(f"/register/{PROCEDURE}", data={"token": _token(_confirm(core)), **more})


def test_whole_path(core: Core) -> None:
    assert SCREEN.title in core.client.get("/menu").text
    assert "宛名番号" in core.client.get(f"/search/{PROCEDURE}").text
    entry = core.client.get(f"/entry/{PROCEDURE}?atena={HANA.atena_no}").text
    assert HANA.name in entry
    assert '<label for="hihokensha_shimei">氏名</label>' in entry
    confirm = _confirm(core)
    assert "令和8年11月5日" in confirm.text
    answer = core.client.post(f"/register/{PROCEDURE}", data={"token": _token(confirm)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/complete/KF-2026-000001")
    complete = core.client.get(answer.headers["Location"]).text
    assert "登録が完了しました" in complete
    assert "KF-2026-000001" in complete
    assert core.log_lines() == 1


@pytest.mark.parametrize("procedure", [screen.procedure for screen in SCREENS.values() if screen.core == "sogo"])
def test_every_entry_form_shows_every_control(core: Core, procedure: str) -> None:
    page = core.client.get(f"/entry/{procedure}?atena={HANA.atena_no}").text
    for name in valid_values(SCREENS[procedure]):
        assert f'name="{name}"' in page


def test_errors_come_several_at_once_and_keep_what_was_typed(core: Core) -> None:
    page = _confirm(core, {**valid_values(SCREEN), "hihokensha_kana": "シオミ", "saikofu_riyu": ""}).text
    assert "入力内容に誤りがあります。（2件）" in page
    assert 'value="シオミ"' in page
    assert core.log_lines() == 0


def test_unknown_resident_and_unknown_screen(core: Core) -> None:
    assert "該当する住民が見つかりません" in core.client.get(f"/entry/{PROCEDURE}?atena=9").text
    assert "該当する住民が見つかりません" in _confirm(core, atena_no="9").text
    assert core.client.get("/entry/ltci_certification?atena=1").status_code == 404
    assert core.client.get("/nowhere").status_code == 404


def test_back_from_confirm_keeps_the_values(core: Core) -> None:
    token = _token(_confirm(core))
    page = core.client.get(f"/entry/{PROCEDURE}?atena={HANA.atena_no}&draft={token}").text
    assert 'value="試験の値"' in page


def test_used_token_is_refused(core: Core) -> None:
    token = _token(_confirm(core))
    first = core.client.post(f"/register/{PROCEDURE}", data={"token": token})
    core.client.get(first.headers["Location"])
    again = core.client.post(f"/register/{PROCEDURE}", data={"token": token})
    assert "処理済みか無効です" in again.text
    assert "登録処理は終了しています" in core.client.get(first.headers["Location"]).text
    assert core.log_lines() == 1


def test_request_that_comes_twice_before_its_answer_registers_twice(core: Core) -> None:
    token = _token(_confirm(core))
    core.client.post(f"/register/{PROCEDURE}", data={"token": token})
    answer = core.client.post(f"/register/{PROCEDURE}", data={"token": token})
    assert "登録が完了しました" in core.client.get(answer.headers["Location"]).text
    assert core.log_lines() == 2


def test_duplicate_needs_the_override(core: Core) -> None:
    core.client.get(_register(core).headers["Location"])
    warned = _confirm(core)
    assert "同一人の申請が登録されています" in warned.text
    refused = core.client.post(f"/register/{PROCEDURE}", data={"token": _token(warned)})
    assert "チェックしてください" in refused.text
    assert core.log_lines() == 1
    assert _register(core, choufuku_kakunin="1").status_code == 303
    assert core.log_lines() == 2


def test_expired_session_shows_the_login_page_with_200(core: Core) -> None:
    core.clock.move(minutes=31)
    for address in ("/menu", "/records", "/records/KF-1", f"/entry/{PROCEDURE}?atena=1", "/complete/x"):
        answer = core.client.get(address)
        assert (answer.status_code, "有効期限が切れました" in answer.text) == (200, True)
    assert "ログイン" in core.client.post(f"/register/{PROCEDURE}", data={}).text


def test_wrong_password_and_logout(core: Core) -> None:
    core.client.get("/logout")
    wrong = core.client.post("/login", data={"userid": USER, "password": "x"})
    assert "違います" in wrong.text
    assert "利用者ID" in core.client.get("/menu").text


def test_look_up_pages_and_finds(core: Core) -> None:
    for at in range(21):
        values = {**valid_values(SCREEN), "seiri_no": f"R-{at}"}
        token = _token(_confirm(core, values))
        core.client.post(f"/register/{PROCEDURE}", data={"token": token, "choufuku_kakunin": "1"})
    first = core.client.get("/records").text
    assert "全 21 件中 1～20 件を表示" in first
    assert "page=2" in first
    assert "全 21 件中 21～21 件を表示" in core.client.get("/records?page=2").text
    found = core.client.get("/records?seiri_no=R-7").text
    assert "全 1 件中 1～1 件を表示" in found
    assert f'<td class="torokusha">{USER}</td>' in found
    assert "2026/11/23 12:04:05" in found
    assert "全 0 件中 0～0 件を表示" in core.client.get("/records?seiri_no=R").text
    assert "全 21 件" in core.client.get(f"/records?atena={HANA.atena_no}&procedure={PROCEDURE}").text


def test_detail_shows_labels(core: Core) -> None:
    _register(core)
    page = core.client.get("/records/KF-2026-000001").text
    assert '<td id="d_hihokensha_birth">令和8年11月5日</td>' in page
    assert '<td id="d_saikofu_riyu">破損・汚損</td>' in page
    assert "該当するデータがありません" in core.client.get("/records/KF-2026-000009").text


@pytest.mark.parametrize(
    ("fault", "status", "wire", "commits"),
    [
        ("M1", 500, None, 1),
        ("M1b", 500, None, 0),
        ("M2", 303, None, 1),
        ("M3", 303, "stall:60", 1),
        ("M4", 303, "drop", 1),
        ("M4b", 200, "drop", 0),
        ("M5", 303, "reset", 1),
        ("M12", 200, None, 0),
        ("M13", 200, None, 1),
    ],
)
def test_faults_of_the_register_request(core: Core, fault: str, status: int, wire: str | None, commits: int) -> None:
    rule: dict[str, object] = {"fault": fault, "when": {"nth": [1]}}
    if fault == "M2":
        rule["seconds"] = 0.01
    core.plan.replace([rule])
    answer = _register(core)
    assert answer.status_code in (status, 200 if wire else status)
    assert answer.headers.get("X-Mock-Wire") == wire
    assert core.log_lines() == commits
    if fault in ("M12", "M13"):
        assert "有効期限が切れました" in answer.text
        assert "ログイン" in core.client.get("/menu").text


def test_faults_on_pages(core: Core) -> None:
    core.plan.replace([{"fault": "M16", "text": "</script>注意"}, {"fault": "M16b"}, {"fault": "M9", "bytes": 50}])
    entry = core.client.get(f"/entry/{PROCEDURE}?atena={HANA.atena_no}").text
    assert "<script>alert(" in entry
    assert "</script>注意" not in entry
    complete = core.client.get(_register(core).headers["Location"])
    assert "印刷サービス" in complete.text
    assert complete.headers["X-Mock-Wire"] == "truncate:50"


def test_forced_duplicate_warning(core: Core) -> None:
    core.plan.replace([{"fault": "M22", "when": {"nth": [1]}}])
    assert "同一人の申請" in _confirm(core).text
    assert "同一人の申請" not in _confirm(core).text


def test_record_that_shows_late(core: Core) -> None:
    core.plan.replace([{"fault": "M37", "seconds": 5}])
    _register(core)
    assert "全 0 件" in core.client.get("/records?seiri_no=R-0001").text
    core.clock.move(seconds=6)
    assert "全 1 件" in core.client.get("/records?seiri_no=R-0001").text


def test_look_up_fails(core: Core) -> None:
    core.plan.replace([{"fault": "M38", "when": {"nth": [1]}, "status": 503}])
    assert core.client.get("/records").status_code == 503
    assert core.client.get("/records").status_code == 200


def test_control_needs_the_token(core: Core) -> None:
    assert core.client.get("/_mock/faults").status_code == 403
    trusted = {"X-Mock-Token": TOKEN}
    assert core.client.post("/_mock/faults", json=[{"fault": "M4"}], headers=trusted).status_code == 200
    assert '"code":"M4"' in core.client.get("/_mock/faults", headers=trusted).text
    bad = core.client.post("/_mock/faults", json=[{"fault": "M0"}], headers=trusted)
    assert bad.status_code == 400
    assert "M0" in bad.text
