"""Dialect C over plain HTTP: one page for every address, and the requests that its script makes, of both vendors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.store import NewRecord
from tests.unit.mock_core_ui.core.samples import HANA, NOW, TARO, valid_values
from tests.unit.mock_core_ui.core.walking import WizardWalk, logged_in

WAKABA, JIDOSHA = "wakaba", "jidosha"
NURSERY = "nursery_application"


def at(core: str, folder: Path) -> Iterator[WizardWalk]:
    with logged_in(core, folder) as walk:
        assert isinstance(walk, WizardWalk)
        yield walk


@pytest.fixture
def wakaba(tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(WAKABA, tmp_path)


@pytest.fixture
def jidosha(tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(JIDOSHA, tmp_path)


@pytest.fixture(params=(WAKABA, JIDOSHA))
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(request.param, tmp_path)


def told(answer: TestResponse, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def ask(walk: WizardWalk, path: str, status: int = 200) -> Any:
    return told(walk.core.client.get(f"/api/{path}"), status)


def errors(answer: TestResponse) -> list[str]:
    found: list[str] = told(answer)["errors"]
    return found


def fields(walk: WizardWalk, procedure: str) -> dict[str, dict[str, Any]]:
    """All fields of a form by the name of their first control."""
    form = ask(walk, f"form?procedure={procedure}")
    listed = [field for page in form["pages"] for group in page["groups"] for row in group["fields"] for field in row]
    return {field["names"][0]: field for field in listed}


def of(walk: WizardWalk, procedure: str) -> WizardWalk:
    """The same clerk at another screen."""
    walk.procedure = procedure
    return walk


def test_one_page_stands_at_every_address(either: WizardWalk) -> None:
    client = either.core.client
    pages = {client.get(f"/app/{view}").text for view in ("login", "menu", "entry/x?atena=1", "records/NT-1")}
    assert len(pages) == 1
    [page] = pages
    core = either.screen.core
    assert f'data-core="{core}"' in page
    assert f'data-reference="{ {WAKABA: "備考", JIDOSHA: "連携メモ"}[core] }"' in page
    assert f'data-over="{ {WAKABA: "", JIDOSHA: "1"}[core] }"' in page
    assert client.get("/").headers["Location"] == "/app/menu"


@pytest.mark.parametrize(
    ("name", "kind"), [("main.js", "text/javascript; charset=utf-8"), ("wizard.css", "text/css; charset=utf-8")]
)
def test_scripts_and_styles_come_as_what_they_are(wakaba: WizardWalk, name: str, kind: str) -> None:
    answer = wakaba.core.client.get(f"/static/{name}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.data


@pytest.mark.parametrize("name", ["none.js", "..%2Fapp.py", "wizard.txt"])
def test_nothing_else_is_given_away(wakaba: WizardWalk, name: str) -> None:
    assert wakaba.core.client.get(f"/static/{name}").status_code == 404


def test_log_in_tells_where_to_go_and_who_is_there(either: WizardWalk) -> None:
    assert told(either.log_in())["start"] == "/app/menu"
    # 2026-11-23 03:04 UTC is noon of that day in Tokyo.
    assert ask(either, "session") == {
        "operator": "bridge01",
        "operator_name": "連携 一号",
        "today": "令和8年11月23日",
    }


def test_wrong_password_is_said(either: WizardWalk) -> None:
    assert "利用者IDまたはパスワードが正しくありません" in told(either.log_in("wrong"), 403)["message"]


@pytest.mark.parametrize("path", ["session", "menu", "form", "resident", "defaults", "facilities", "records", "record"])
def test_nobody_reads_without_a_session(either: WizardWalk, path: str) -> None:
    told(either.core.client.post("/api/logout"))
    assert "message" in ask(either, path, 401)


@pytest.mark.parametrize("path", ["check", "register", "papers"])
def test_nobody_writes_without_a_session(either: WizardWalk, path: str) -> None:
    told(either.core.client.post("/api/logout"))
    assert "message" in told(either.core.client.post(f"/api/{path}", json={}), 401)


def test_a_session_ends_when_it_stands_idle(either: WizardWalk) -> None:
    token = either.token(either.confirm())
    either.core.clock.move(minutes=31)
    assert "有効期限が切れました" in told(either.send(token), 401)["message"]
    assert either.commits() == []


def test_menu_has_the_vendors_own_screens_with_their_drawers(wakaba: WizardWalk) -> None:
    assert ask(wakaba, "menu")["screens"] == [
        ["pregnancy_notification", "WB-510", "妊娠届出受付", "母子保健"],
        ["childcare_certification", "WB-110", "教育・保育給付認定申請受付", "保育"],
        ["nursery_application", "WB-120", "保育所等入所申込受付", "保育"],
        ["nursery_status", "WB-130", "保育現況届受付", "保育"],
        ["child_rearing_allowance_status", "WB-340", "児童扶養手当現況届（事前受付）", "手当・給付"],
    ]


def test_menu_of_the_prefecture(jidosha: WizardWalk) -> None:
    assert [(line[1], line[3]) for line in ask(jidosha, "menu")["screens"]] == [
        ("AT-110", "自動車税"),
        ("AT-120", "自動車税"),
        ("AT-310", "自動車税"),
        ("HK-010", "保管場所"),
    ]


def test_form_comes_page_by_page(wakaba: WizardWalk) -> None:
    form = ask(wakaba, f"form?procedure={NURSERY}")
    assert [page["title"] for page in form["pages"]] == [
        "受付・保護者",
        "児童・利用希望",
        "父母の状況",
        "世帯の状況",
    ]
    groups = {group["key"]: group for page in form["pages"] for group in page["groups"]}
    assert {key: (group["adding"], group["rows"]) for key, group in groups.items() if group["rows"]} == {
        "shisetsu": ("add", 5),
        "setai": ("editor", 6),
    }
    assert form["reference"] == ["備考", "seiri_no", 20]
    assert form["eras"][0] == ["reiwa", "令和"]


def test_what_the_page_itself_insists_on(wakaba: WizardWalk) -> None:
    found = fields(wakaba, NURSERY)
    assert found["hogosha_shimei"]["required"]
    assert not found["hogosha_katagaki"]["required"]
    assert not found["chichi_shimei"]["required"]  # only where there is a father: the server's business
    assert [found[f"shisetsu{row}_juni"]["required"] for row in range(1, 6)] == [True, False, False, False, False]
    assert all(found[f"setai{row}_shimei"]["required"] for row in range(1, 7))  # an editor's row is a used one


def test_a_field_that_is_a_list_for_people_of_some_districts(wakaba: WizardWalk) -> None:
    store = wakaba.core.store
    store.add_residents([replace(HANA, atena_no=number, postal=postal) for number, postal in EDGE.items()])
    assert {number: wakaba.person(number).get_json()["resident"]["listed"] for number in EDGE} == {
        "0000000090": False,
        "0000000091": True,
    }
    found = fields(wakaba, "nursery_status")
    assert [name for name, one in found.items() if one["either"]] == ["zaien_en"]
    assert ["港町保育所", "港町保育所"] in found["zaien_en"]["choices"]


EDGE = {"0000000090": "0000299", "0000000091": "0000300"}


def test_another_vendors_screen_is_not_there(either: WizardWalk) -> None:
    for procedure in ("ltci_renewal", "nothing", {WAKABA: "vehicle_env_tax", JIDOSHA: NURSERY}[either.screen.core]):
        assert "指定された画面はありません" in ask(either, f"form?procedure={procedure}", 404)["message"]


def test_the_persons_header(either: WizardWalk) -> None:
    assert told(either.person())["resident"] == {
        "atena_no": "0000000018",
        "name": "汐見　花",
        "kana": "シオミ　ハナ",
        "birth": "昭和25年4月1日",
        "sex": "女性",
        "address": "汐見原市中央一丁目１番１号",
        "listed": False,
    }
    assert "該当する方が見つかりません" in told(either.person("0000000000"), 404)["message"]


def test_beginning_an_entry_forgets_what_was_checked_before(either: WizardWalk) -> None:
    token = either.token(either.confirm())
    either.person(TARO.atena_no)
    assert "有効期限が切れています" in told(either.send(token))["message"]
    assert either.commits() == []


def test_what_the_register_knows_comes_after_the_form(wakaba: WizardWalk) -> None:
    found = ask(wakaba, f"defaults?procedure={NURSERY}&atena={TARO.atena_no}")["values"]
    assert found == {
        "hogosha_shimei": "髙﨑　太郎",
        "hogosha_jusho": "汐見原市港町５番地",
        "hogosha_katagaki": "メゾン１０２",
    }
    assert ask(wakaba, f"defaults?procedure={NURSERY}&atena=0")["values"] == {}


def test_errors_name_what_is_wrong_in_the_order_of_the_page(wakaba: WizardWalk) -> None:
    wrong = {"ninpu_kana": "かな", "ninpu_shimei": "", "ninshin_yotei_m": "13", "mendan_jotai": "99"}
    assert errors(wakaba.confirm(**wrong)) == [
        "妊婦の情報 フリガナは全角カタカナで入力してください。",
        "妊婦の情報 氏名は必須です。",
        "妊娠の状況 出産予定日の日付が正しくありません。",
        "面談・アンケート 受付後の状態の値が不正です。",
    ]
    assert wakaba.commits() == []


def test_a_month_and_a_time_have_to_be_one(wakaba: WizardWalk, tmp_path_factory: pytest.TempPathFactory) -> None:
    times = of(wakaba, NURSERY).confirm(
        kibo_kara_h="24", kibo_made_m="60", shisetsu1_en_cd="0301004", shisetsu1_en_nm="みどり保育園"
    )
    assert errors(times) == [
        "利用希望 登園時刻の時刻が正しくありません。",
        "利用希望 降園時刻の時刻が正しくありません。",
    ]
    for jidosha in at(JIDOSHA, tmp_path_factory.mktemp("other")):
        month = of(jidosha, "vehicle_env_tax").confirm(shogen_shodo_m="13")
        assert errors(month) == ["車両諸元 初度登録年月の年月が正しくありません。"]


def test_a_person_the_register_does_not_have(either: WizardWalk) -> None:
    asked = {"procedure": either.procedure, "atena_no": "0000000000", "values": valid_values(either.screen)}
    assert (
        errors(either.core.client.post("/api/check", json=asked))[0]
        == "該当する方が見つかりません。（宛名番号：0000000000）"
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"procedure": 3, "values": []}', b"\xff"])
def test_strange_requests_are_answered(either: WizardWalk, body: bytes) -> None:
    for path in ("check", "register"):
        answer = either.core.client.post(f"/api/{path}", data=body)
        assert answer.status_code in (200, 404)
        assert "message" in (answer.json or {})
    assert either.commits() == []


def names(walk: WizardWalk, typed: str, more: str = "") -> tuple[list[str], bool]:
    found = ask(walk, f"facilities?q={typed}{more}")
    return [line for _, _, line in found["facilities"]], found["more"]


def test_facilities_are_found_by_name_or_number_a_few_at_a_time(wakaba: WizardWalk) -> None:
    lines, more = names(wakaba, "みどり保育園")
    assert lines == [
        "0301004 みどり保育園（汐見原市）",
        "0301005 みどり保育園分園（汐見原市）",
        "0301104 みどり保育園 一時預かり室（汐見原市）",
        "0301105 みどり保育園 病後児保育室（汐見原市）",
        "0301106 みどり保育園 子育て支援室（汐見原市）",
    ]
    assert more
    lines, more = names(wakaba, "みどり保育園", "&all=1")
    assert (len(lines), lines[5], more) == (7, "0399001 みどり保育園（青波市）", False)
    assert names(wakaba, "0301002") == (["0301002 港町保育所（汐見原市）"], False)
    assert names(wakaba, "") == ([], False)
    assert names(wakaba, "どこにもない") == ([], False)


def test_a_facility_counts_by_its_number_alone(wakaba: WizardWalk) -> None:
    walk = of(wakaba, NURSERY)
    assert "希望施設1 施設が正しくありません。" in errors(walk.confirm(shisetsu1_en_cd="0301099"))
    assert "希望施設1 施設は必須です。" in errors(walk.confirm(shisetsu1_en_cd="", shisetsu1_en_nm=""))
    walk.send(walk.token(walk.confirm(shisetsu1_en_cd="0301008", shisetsu1_en_nm="別の名前")))
    [commit] = walk.commits()
    assert (commit.values["shisetsu1_en_cd"], commit.values["shisetsu1_en_nm"]) == ("0301008", "認定こども園 なぎさ")


def test_the_late_question_comes_where_an_address_was_typed(wakaba: WizardWalk) -> None:
    walk = of(wakaba, "childcare_certification")
    assert told(walk.confirm())["late"] is True
    assert told(walk.confirm(zei_jan1_jusho=""))["late"] is False
    assert told(of(wakaba, "pregnancy_notification").confirm())["late"] is False  # the register has that address


def test_the_other_vendor_asks_nothing_late(jidosha: WizardWalk) -> None:
    assert told(jidosha.confirm(kyu_jusho="東浜県青波市南町二丁目４番５号"))["late"] is False


def earlier(walk: WizardWalk, day: date) -> None:
    walk.core.store.commit(
        NewRecord(
            prefix=walk.screen.prefix,
            procedure=walk.screen.procedure,
            atena_no=HANA.atena_no,
            reference="",
            application_date=day,
            operator="clerk01",
            registered_at=NOW,
            values=valid_values(walk.screen),
            request_id="",
            before_run=True,
        )
    )


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 9, 21), True), (date(2026, 9, 20), False)])
def test_an_earlier_application_within_45_days_is_warned_of(wakaba: WizardWalk, day: date, warned: bool) -> None:
    earlier(wakaba, day)  # the entry's day is 2026-11-05
    page = wakaba.confirm()
    assert told(page)["warning"] is warned
    answer = told(wakaba.core.client.post("/api/register", json={"token": wakaba.token(page)}))
    if warned:
        assert answer["errors"] == ["重複を確認のうえ「重複を確認しました」にチェックしてください。"]
        assert wakaba.commits() == []
        told(wakaba.send(wakaba.token(page)))
    assert len(wakaba.commits()) == 1


def test_the_other_vendor_takes_a_second_one_without_a_word(jidosha: WizardWalk) -> None:
    earlier(jidosha, date(2026, 11, 5))
    page = jidosha.confirm()
    assert told(page)["warning"] is False
    told(jidosha.core.client.post("/api/register", json={"token": jidosha.token(page)}))
    assert len(jidosha.commits()) == 1


def test_completion_tells_what_was_registered(wakaba: WizardWalk) -> None:
    page = wakaba.confirm()
    assert told(page)["reference"] == "R-0001"
    assert told(wakaba.send(wakaba.token(page))) == {
        "receipt": "NT-2026-000001",
        "reference": "R-0001",
        "atena_no": HANA.atena_no,
        "name": HANA.name,
        "application_date": "令和8年11月5日",
    }
    [commit] = wakaba.commits()
    assert (commit.atena_no, commit.reference, commit.receipt) == (HANA.atena_no, "R-0001", "NT-2026-000001")
    assert commit.values == valid_values(wakaba.screen)


def test_the_other_vendors_completion_keeps_the_number_to_itself(jidosha: WizardWalk) -> None:
    done = told(jidosha.register())
    assert "receipt" not in done
    assert (done["reference"], done["atena_no"]) == ("R-0001", HANA.atena_no)
    [commit] = jidosha.commits()
    assert commit.receipt == "JH-2026-000001"
    assert commit.receipt not in str(done)


def test_the_same_request_twice_registers_twice(either: WizardWalk) -> None:
    token = either.token(either.confirm())
    told(either.send(token))
    told(either.send(token))
    assert len(either.commits()) == 2


def test_an_unknown_token_registers_nothing(either: WizardWalk) -> None:
    assert "有効期限が切れています" in told(either.send("x"))["message"]
    assert either.commits() == []


def test_list_and_record_show_everything(either: WizardWalk) -> None:
    either.register()
    [commit] = either.commits()
    rows = told(either.listing())["rows"]
    assert rows == [
        [
            commit.receipt,
            HANA.atena_no,
            HANA.name,
            either.screen.title,
            "令和8年11月5日",
            "2026/11/23 12:04:05",
            "bridge01",
            "R-0001",
        ]
    ]
    record = told(either.detail(commit.receipt))
    assert record["row"] == rows[0]
    assert record["groups"] == [
        [block.title, [[line.label, line.text] for line in block.lines]]
        for block in blocks(either.screen, commit.values)
    ]
    assert "該当するデータがありません" in told(either.detail("NT-2026-999999"), 404)["message"]


def test_list_is_by_person_and_procedure_fifteen_a_page(jidosha: WizardWalk) -> None:
    for _ in range(16):
        jidosha.register()
    first, second = told(jidosha.listing()), told(jidosha.listing(page=2))
    assert (first["total"], first["pages"], len(first["rows"]), len(second["rows"])) == (16, 2, 15, 1)
    assert told(jidosha.listing(atena_no=TARO.atena_no))["total"] == 0
    assert ask(jidosha, f"records?atena={HANA.atena_no}&procedure=vehicle_env_tax")["total"] == 0
    assert ask(jidosha, f"records?atena={HANA.atena_no}&procedure={jidosha.procedure}")["total"] == 16


def test_papers_are_kept_by_their_names(wakaba: WizardWalk) -> None:
    paper = told(wakaba.paper("写真/母子 手帳.JPG", b"12345"))
    assert (paper["name"], paper["size"]) == ("母子 手帳.JPG", 5)
    told(wakaba.send(wakaba.token(wakaba.confirm(uketsuke_tempu=[paper["token"]]))))
    [commit] = wakaba.commits()
    assert commit.values["uketsuke_tempu"] == ["母子 手帳.JPG"]
    assert SCREENS[wakaba.procedure].groups[0].fields[2].label in str(told(wakaba.detail(commit.receipt))["groups"])


@pytest.mark.parametrize(
    ("name", "content", "text"), [("x.exe", b"1", "添付できません"), ("x.pdf", b"", "空です"), ("", b"1", "選択されて")]
)
def test_papers_that_are_not_taken(wakaba: WizardWalk, name: str, content: bytes, text: str) -> None:
    assert text in told(wakaba.paper(name, content), 400)["message"]


def test_papers_of_another_session_are_not_known(wakaba: WizardWalk) -> None:
    paper = told(wakaba.paper())
    wakaba.log_in()
    assert errors(wakaba.confirm(uketsuke_tempu=[paper["token"]])) == [
        "受付 添付書類を読み込めません。もう一度選択してください。"
    ]


def test_too_big_a_paper(wakaba: WizardWalk) -> None:
    assert "大きすぎます" in told(wakaba.paper("x.pdf", b"0" * (20 * 1024 * 1024 + 1)), 413)["message"]


def test_an_unknown_address_is_answered_in_json(either: WizardWalk) -> None:
    assert "この操作はできません" in ask(either, "nothing", 404)["message"]
