"""Dialect B over HTTP: one address, numbered controls, script dialogs, look-up without a reference."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from mock_core_ui.core import nintei
from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.catalogue.screen import Screen, placed_fields
from mock_core_ui.core.values import Values
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, USER, Core, valid_values

ADDRESS = "/nintei/main.do"
SCREEN = SCREENS["ltci_certification"]


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    core = Core("nintei", nintei.create_app, tmp_path / "core.sqlite")
    core.client.post(ADDRESS, data={"ACTION": "login", "userid": USER, "password": PASSWORD})
    yield core
    core.store.close()


def _do(core: Core, action: str, **fields: str) -> TestResponse:
    return core.client.post(ADDRESS, data={"ACTION": action, **fields})


def _confirm(core: Core, values: Values | None = None) -> TestResponse:
    given = {**(values or valid_values(SCREEN)), "ACTION": "confirm", "HID_0001": HANA.atena_no}
    return core.client.post(ADDRESS, data=given)


def _token(page: TestResponse) -> str:
    return page.text.split('name="HID_0002" value="')[1].split('"')[0]


def _register(core: Core, **changes: str) -> TestResponse:
    return _do(core, "register", HID_0002=_token(_confirm(core, {**valid_values(SCREEN), **changes})))


def test_frames(core: Core) -> None:
    assert "frmMain" in core.client.get(f"{ADDRESS}?ACTION=frame").text
    for action in ("top", "menu", "home", "search"):
        assert core.client.get(f"{ADDRESS}?ACTION={action}").status_code == 200


def test_whole_path_is_answered_without_redirect(core: Core) -> None:
    entry = _do(core, "entry", TXT_0001=HANA.atena_no).text
    assert HANA.name in entry
    assert "<label" not in entry
    for name in valid_values(SCREEN):
        assert f'name="{name}"' in entry
    answer = _register(core)
    assert answer.status_code == 200
    assert "正常に登録されました" in answer.text
    assert "NI-2026-000001" in answer.text
    assert core.log_lines() == 1


def test_errors_come_as_one_alert(core: Core) -> None:
    page = _confirm(core, {**valid_values(SCREEN), "TXT_0013": "", "TXT_0014": "シオミ"}).text
    assert 'onload="alert(' in page
    assert json.dumps("被保険者 氏名は必須です。\n")[1:-1] in page


def test_same_request_twice_registers_twice(core: Core) -> None:
    token = _token(_confirm(core))
    for _ in range(2):
        _do(core, "register", HID_0002=token)
    assert core.log_lines() == 2


def test_new_entry_forgets_the_old_draft(core: Core) -> None:
    token = _token(_confirm(core))
    _do(core, "entry", TXT_0001=HANA.atena_no)
    assert "有効期限" in _do(core, "register", HID_0002=token).text
    assert "有効期限" in _do(core, "back", HID_0002=token).text
    assert core.log_lines() == 0


def test_back_keeps_the_values(core: Core) -> None:
    assert 'value="試験の値"' in _do(core, "back", HID_0002=_token(_confirm(core))).text


def test_registering_needs_a_post(core: Core) -> None:
    token = _token(_confirm(core))
    assert "この操作はできません" in core.client.get(f"{ADDRESS}?ACTION=register&HID_0002={token}").text
    assert core.log_lines() == 0


def test_duplicate_within_thirty_days_asks(core: Core) -> None:
    assert "同一人の申請があります" not in _confirm(core).text
    _register(core)
    assert "confirm('同一人の申請があります。続けますか?')" in _confirm(core).text
    far = {**valid_values(SCREEN), "TXT_0033": "12", "TXT_0034": "6"}
    assert "同一人の申請があります" not in _confirm(core, far).text


def test_unknown_resident(core: Core) -> None:
    assert "該当者なし" in _do(core, "entry", TXT_0001="9").text


def test_expired_session_shows_the_login_page(core: Core) -> None:
    core.clock.move(minutes=31)
    answer = core.client.get(f"{ADDRESS}?ACTION=list")
    assert (answer.status_code, "有効期限が切れました" in answer.text) == (200, True)
    wrong = _do(core, "login", userid=USER, password="x")
    assert "誤りがあります" in wrong.text


def test_list_by_person_and_days(core: Core) -> None:
    for _ in range(11):
        _register(core)
    by_person = core.client.get(f"{ADDRESS}?ACTION=list&TXT_0101={HANA.atena_no}").text
    assert "検索結果　11件" in by_person
    assert "1/2頁" in by_person
    assert "R08.11.05" in by_person
    assert "2026/11/23 12:04:05" in by_person
    assert "2/2頁" in _do(core, "list", TXT_0101=HANA.atena_no, PAGE="2").text
    assert "検索結果　11件" in _do(core, "list", TXT_0104="20261123", TXT_0105="20261123").text
    assert "検索結果　0件" in _do(core, "list", TXT_0102="20261106").text
    assert "申請照会" in _do(core, "shokai").text


def test_bad_days_bring_an_alert(core: Core) -> None:
    assert 'onload="alert(' in _do(core, "list", TXT_0102="20261131").text


def test_detail(core: Core) -> None:
    _register(core)
    page = _do(core, "detail", NO="NI-2026-000001").text
    assert "ケアプランみなも" in page
    assert "該当データなし" in _do(core, "detail", NO="x").text


def test_office_search_needs_a_condition(core: Core) -> None:
    assert "件</p>" not in core.client.get(f"{ADDRESS}?ACTION=jigyosho&TO=44").text
    found = _do(core, "jigyosho", TO="44", TXT_9002="みなも").text
    assert "2件" in found
    assert "e['TXT_0044']" in found
    assert "1件" in _do(core, "jigyosho", TO="44", TXT_9001="0070200115").text
    assert "この操作はできません" in _do(core, "jigyosho", TO="x").text


def test_faults(core: Core) -> None:
    core.plan.replace([{"fault": "M4", "when": {"nth": [1]}}, {"fault": "M9"}, {"fault": "M1b", "when": {"nth": [2]}}])
    dropped = _register(core)
    assert dropped.headers["X-Mock-Wire"] == "drop"
    assert _register(core).status_code == 500
    cut = _register(core)
    assert cut.headers["X-Mock-Wire"] == "truncate:200"
    assert core.log_lines() == 2


EVERY_SCREEN = pytest.mark.parametrize("screen", screens_of("nintei"), ids=lambda screen: screen.procedure)


def _register_on(core: Core, screen: Screen) -> TestResponse:
    given = {**valid_values(screen), "ACTION": "confirm", "JIMU": screen.number, "HID_0001": HANA.atena_no}
    page = core.client.post(ADDRESS, data=given)
    assert f"{screen.title}（確認）" in page.text
    return _do(core, "register", JIMU=screen.number, HID_0002=_token(page))


@EVERY_SCREEN
def test_menu_leads_to_every_screen_and_its_forms_keep_the_screen(core: Core, screen: Screen) -> None:
    link = f'<a href="{ADDRESS}?ACTION=search&amp;JIMU={screen.number}" target="frmMain">{screen.title}</a>'
    assert link in _do(core, "menu").text
    kept = f'<input type="hidden" name="JIMU" value="{screen.number}">'
    searched = _do(core, "search", JIMU=screen.number).text
    entry = _do(core, "entry", JIMU=screen.number, TXT_0001=HANA.atena_no).text
    unknown = _do(core, "entry", JIMU=screen.number, TXT_0001="9").text
    for page in (searched, entry, unknown, _register_on(core, screen).text):
        assert kept in page
        assert page.count('name="JIMU"') == 1
    assert all(f'name="{name}"' in entry for placed in placed_fields(screen) for name in placed.names)


@EVERY_SCREEN
def test_every_screen_registers_under_its_own_procedure(core: Core, screen: Screen) -> None:
    page = _register_on(core, screen).text
    assert f"{screen.title}（結果）" in page
    assert f"{screen.prefix}-2026-000001" in page
    with closing(sqlite3.connect(core.store.path)) as connection:
        assert connection.execute("SELECT procedure FROM commit_log").fetchall() == [(screen.procedure,)]


@EVERY_SCREEN
def test_list_names_the_procedure_and_shows_only_the_one_asked_for(core: Core, screen: Screen) -> None:
    for other in screens_of("nintei"):
        _register_on(core, other)
    name = screen.title.removesuffix("入力")
    one = _do(core, "list", TXT_0101=HANA.atena_no, SEL_0106=screen.number).text
    assert "検索結果　1件" in one
    assert f"<td>{name}</td>" in one
    assert f'<option value="{screen.number}" selected>{name}</option>' in one
    every = _do(core, "list", TXT_0101=HANA.atena_no).text
    assert f"検索結果　{len(screens_of('nintei'))}件" in every
    assert f"<td>{name}</td>" in every


def test_unknown_procedure_is_refused_everywhere(core: Core) -> None:
    assert "この操作はできません" in _do(core, "entry", JIMU="NK9999", TXT_0001=HANA.atena_no).text
    assert "検索結果" not in _do(core, "list", SEL_0106="NK9999").text


def test_no_procedure_means_the_first_one(core: Core) -> None:
    assert f'name="JIMU" value="{SCREEN.number}"' in _do(core, "entry", TXT_0001=HANA.atena_no).text


def test_back_shows_boxes_and_lines_as_they_were_entered(core: Core) -> None:
    def after_back(screen: Screen, **changes: str | list[str]) -> str:
        given = {
            **valid_values(screen),
            **changes,
            "ACTION": "confirm",
            "JIMU": screen.number,
            "HID_0001": HANA.atena_no,
        }
        token = _token(core.client.post(ADDRESS, data=given))
        return _do(core, "back", JIMU=screen.number, HID_0002=token).text

    boxes = after_back(SCREENS["ltci_burden_limit"], CHK_0443=["12", "01"])
    ticked = re.findall(r'name="CHK_0443" value="(\d+)" checked', boxes)
    assert ticked == ["01", "12"]
    lines = after_back(SCREENS["ltci_category_change"], TXT_0122="一行目\r\n\r\n三行目 <b>")
    assert "一行目\n\n三行目 &lt;b&gt;</textarea>" in lines


def test_text_beyond_the_limit_is_cut_without_a_word_and_a_line_end_counts_once(core: Core) -> None:
    screen = SCREENS["ltci_category_change"]
    given = {**valid_values(screen), "TXT_0122": "あ" * 248 + "\r\nいう", "ACTION": "confirm", "JIMU": screen.number}
    page = core.client.post(ADDRESS, data={**given, "HID_0001": HANA.atena_no}).text
    assert "あ\nい</td>" in page
    assert "いう" not in page
