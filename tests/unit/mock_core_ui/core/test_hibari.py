"""Dialect D over its JSON: log-on, the person, check, register, look-up, and what a client without a session gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.store import NewRecord
from tests.unit.mock_core_ui.core.desk import CARD, CARE_PLAN, RENEWAL, Desk, at_desk
from tests.unit.mock_core_ui.core.samples import HANA, NOW, TARO, USER, valid_values

EXPIRED = "セッションの有効期限が切れました。再度ログインしてください。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with at_desk(tmp_path) as desk:
        yield desk


def _old_record(number: int, reference: str = "") -> NewRecord:
    """A record of the person, made so many days after the first of 2020."""
    day = date(2020, 1, 1) + timedelta(days=number)
    moment = NOW.replace(year=2020, month=1, day=1) + timedelta(days=number)
    values = valid_values(SCREENS[CARD])
    return NewRecord("HB", CARD, HANA.atena_no, reference, day, "clerk01", moment, values, "", before_run=True)


# -- log-on and sessions ----------------------------------------------------------------------------------------


def test_log_on_tells_who_and_which_day(desk: Desk) -> None:
    answer = desk.log_in()
    assert answer.json["session"]  # type: ignore[index]
    told = {key: value for key, value in answer.json.items() if key != "session"}  # type: ignore[union-attr]
    assert told == {"operator": "bridge01", "operator_name": "連携 一号", "today": "R08.11.23"}
    assert "連携 一号" in answer.text  # no \u escapes, so that a spoiled encoding can be seen


def test_wrong_password_is_refused(desk: Desk) -> None:
    answer = desk.log_in("wrong")
    assert (answer.status_code, answer.json) == (401, {"message": "利用者IDまたはパスワードが違います。"})


@pytest.mark.parametrize("path", ["resident", "offices", "window", "check", "register", "list", "detail"])
def test_nothing_is_told_or_done_without_a_session(desk: Desk, path: str) -> None:
    draft = desk.check()["draft"]
    desk.session = ""
    answer = desk.post(path, {"draft": draft, "atena_no": HANA.atena_no, "window": "entry", "procedure": CARD})
    assert (answer.status_code, answer.json) == (401, {"message": "ログオンしてください。"})
    assert desk.commits() == []


def test_idle_session_is_lost_and_says_so(desk: Desk) -> None:
    draft = desk.check()["draft"]
    desk.core.clock.move(minutes=31)
    answer = desk.send(draft)
    assert (answer.status_code, answer.json) == (401, {"message": EXPIRED})
    assert desk.commits() == []


def test_log_out_ends_the_session(desk: Desk) -> None:
    assert desk.ask("logout") == {}
    assert desk.post("list").status_code == 401


def test_only_known_addresses_and_only_by_post(desk: Desk) -> None:
    unknown = desk.post("toroku")
    assert (unknown.status_code, unknown.json) == (404, {"message": "この操作はできません。"})
    assert desk.core.client.get("/hibari/api/list").status_code == 405


# -- the person and the offices -------------------------------------------------------------------------------------


def test_header_of_the_person(desk: Desk) -> None:
    assert desk.ask("resident", {"atena_no": TARO.atena_no})["resident"] == {
        "atena_no": "0000000026",
        "name": "髙﨑　太郎",
        "kana": "タカサキ　タロウ",
        "birth": "H01.01.08",
        "sex": "男",
        "address": "汐見原市港町５番地",
    }


def test_unknown_person(desk: Desk) -> None:
    answer = desk.post("resident", {"atena_no": "0000000034"})
    assert (answer.status_code, answer.json) == (404, {"message": "該当者がいません。（宛名番号：0000000034）"})


def test_offices_are_found_by_number_or_name(desk: Desk) -> None:
    known = ["0070200115", "ケアプランみなも", "汐見原市内"]
    assert desk.ask("offices", {"number": "0070200115", "name": ""})["offices"] == [known]
    names = [row[1] for row in desk.ask("offices", {"number": "", "name": "ケアプランみなも"})["offices"]]
    assert names == ["ケアプランみなも", "ケアプランみなも東"]
    assert desk.ask("offices", {"number": "", "name": ""})["offices"] == []


# -- check ------------------------------------------------------------------------------------------------------


def test_errors_come_in_the_order_of_the_window(desk: Desk) -> None:
    changes = {"hiho_hiho_no": "123", "hiho_kana": "シオミ", "shinsei_shinseibi_d": "32", "saikofu_riyu": ""}
    assert desk.check(**changes) == {
        "errors": [
            "申請 申請日の日付が正しくありません。",
            "被保険者 被保険者番号は10桁で入力してください。",
            "被保険者 カナ氏名は半角カナで入力してください。",
            "再交付 再交付理由は必須です。",
        ]
    }


def test_condition_of_a_field_holds(desk: Desk) -> None:
    assert desk.check(CARE_PLAN, tekiyo_kubun="N", tekiyo_jiyu="")["draft"]
    assert desk.check(CARE_PLAN, tekiyo_kubun="H", tekiyo_jiyu="") == {"errors": ["適用 変更事由は必須です。"]}


def test_first_line_of_the_certificates_must_be_used_and_a_used_line_needs_its_certificate(desk: Desk) -> None:
    empty = {"shomei1_shubetsu": "", "shomei1_maisu": ""}
    assert desk.check(**empty) == {"errors": ["証明書1 証明書は必須です。"]}
    assert desk.check(shomei3_maisu="2") == {"errors": ["証明書3 証明書は必須です。"]}
    assert desk.check(shomei5_shubetsu="41")["draft"]


def test_office_must_be_known_and_gets_its_name_from_the_core(desk: Desk) -> None:
    unknown = desk.check(CARE_PLAN, jigyosho_jigyosho_cd="0070299999")
    assert unknown == {"errors": ["事業所 事業所番号が正しくありません。"]}
    desk.register(CARE_PLAN, jigyosho_jigyosho_cd="0070200131", jigyosho_jigyosho_nm="偽の名称")
    assert desk.commits()[0]["values"]["jigyosho_jigyosho_nm"] == "ケアプランみなも東"


def test_entry_for_nobody_is_refused(desk: Desk) -> None:
    assert desk.check(atena_no="0000000034") == {"errors": ["該当者がいません。（宛名番号：0000000034）"]}


def test_screen_of_another_core_does_not_exist(desk: Desk) -> None:
    given = {"procedure": "ltci_certification", "atena_no": HANA.atena_no, "values": {}}
    assert desk.post("check", given).status_code == 404


def test_values_that_are_no_texts_count_as_empty(desk: Desk) -> None:
    given: tuple[object, ...] = ({"saikofu_riyu": 1}, [], None)
    for values in given:
        errors = desk.ask("check", {"procedure": CARD, "atena_no": HANA.atena_no, "values": values})["errors"]
        assert "再交付 再交付理由は必須です。" in errors


def test_near_application_of_the_same_person_and_procedure_warns(desk: Desk) -> None:
    assert desk.check()["warning"] is False
    desk.register()
    at = {"shinsei_shinseibi_m": "9", "shinsei_shinseibi_d": "6"}
    assert desk.check(**at)["warning"] is True  # the 60th day before 5 November
    assert desk.check(**{**at, "shinsei_shinseibi_d": "5"})["warning"] is False
    assert desk.check(RENEWAL)["warning"] is False
    assert desk.check(atena_no=TARO.atena_no)["warning"] is False


# -- register ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", [RENEWAL, CARE_PLAN, CARD])
def test_register_commits_what_was_checked_and_answers_with_the_record(desk: Desk, procedure: str) -> None:
    done = desk.register(procedure, seiri_no="02026110500017").json
    assert done == {
        "receipt": "HB-2026-000001",
        "reference": "02026110500017",
        "atena_no": HANA.atena_no,
        "name": "汐見　花",
        "application_date": "R08.11.05",
    }
    [commit] = desk.commits()
    assert commit["values"] == {**valid_values(SCREENS[procedure]), "seiri_no": "02026110500017"}
    assert (commit["core_receipt_no"], commit["reference"]) == ("HB-2026-000001", "02026110500017")
    assert (commit["atena_no"], commit["procedure"], commit["operator"]) == (HANA.atena_no, procedure, USER)
    assert commit["application_date"] == "2026-11-05"


def test_each_request_commits_once(desk: Desk) -> None:
    """No guard against a second request: the client is the one that must never send it."""
    draft = desk.check()["draft"]
    receipts = [desk.send(draft).json["receipt"] for _ in range(2)]  # type: ignore[index]
    assert receipts == [commit["core_receipt_no"] for commit in desk.commits()] == ["HB-2026-000001", "HB-2026-000002"]
    assert len({commit["request_id"] for commit in desk.commits()}) == 2


def test_new_entry_forgets_the_old_draft_and_the_look_up_does_not(desk: Desk) -> None:
    draft = desk.check()["draft"]
    desk.listing()
    assert desk.send(draft).json["receipt"]  # type: ignore[index]
    desk.ask("resident", {"atena_no": HANA.atena_no})
    answer = desk.send(draft)
    assert answer.json == {"message": "入力の有効期限が切れています。最初からやり直してください。"}
    assert len(desk.commits()) == 1


def test_too_long_text_is_cut_without_a_word(desk: Desk) -> None:
    desk.register(hiho_katagaki="あ" * 45)
    assert desk.commits()[0]["values"]["hiho_katagaki"] == "あ" * 40


# -- look-up ----------------------------------------------------------------------------------------------------


def test_list_shows_twenty_a_page_the_newest_first(desk: Desk) -> None:
    desk.core.store.commit_all(_old_record(number) for number in range(44))
    first, last, beyond = desk.listing(), desk.listing(page=3), desk.listing(page=4)
    assert [(page["count"], page["page"], page["pages"]) for page in (first, last, beyond)] == [
        (44, 1, 3),
        (44, 3, 3),
        (44, 4, 3),
    ]
    assert desk.receipts(1) == [f"HB-2020-0000{number}" for number in range(44, 24, -1)]
    assert [len(page["rows"]) for page in (first, last, beyond)] == [20, 4, 0]


def test_line_of_the_list(desk: Desk) -> None:
    desk.register(atena_no=TARO.atena_no)
    [row] = desk.listing(atena_no=TARO.atena_no)["rows"]
    assert row == [
        "HB-2026-000001",
        "R-0001",
        "0000000026",
        "髙﨑　太郎",
        "被保険者証再交付",
        "R08.11.05",
        "2026/11/23 12:04:05",
        "bridge01",
    ]


def test_list_is_searched_by_reference_and_person(desk: Desk) -> None:
    for number, reference in ((1, "A-1"), (2, "A-2"), (3, "")):
        desk.core.store.commit(_old_record(number, reference))
    assert desk.listing(reference="A-2", atena_no="")["count"] == 1
    assert desk.listing(reference="A-2", atena_no=TARO.atena_no)["count"] == 0
    nothing = desk.listing(reference="A-9", atena_no="")
    assert nothing == {"count": 0, "page": 1, "pages": 1, "rows": []}


def test_detail_shows_labels_and_what_stands_in_the_window(desk: Desk) -> None:
    changes = {"shomei2_shubetsu": "31", "shomei2_maisu": "2", "shinsei_moshide": "K"}
    receipt = desk.register(**changes).json["receipt"]  # type: ignore[index]
    told = desk.ask("detail", {"receipt": receipt})
    groups = dict(told.pop("groups"))
    assert told == {
        "receipt": "HB-2026-000001",
        "reference": "R-0001",
        "atena_no": HANA.atena_no,
        "name": "汐見　花",
        "procedure": "被保険者証再交付",
        "application_date": "R08.11.05",
        "registered_at": "2026/11/23 12:04:05",
        "operator": "bridge01",
    }
    assert list(groups) == ["申請", "被保険者", "証明書1", "証明書2", "再交付"]
    assert groups["証明書2"] == [["証明書", "負担割合証"], ["枚数", "2"]]
    application = dict(groups["申請"])
    assert (application["申請日"], application["申請者区分"]) == ("R08.11.05", "家族・親族")
    assert application["申請者電話"] == "0123-00-1234"
    assert dict(groups["被保険者"])["郵便番号"] == "000-0101"


def test_detail_of_an_office_shows_number_and_name(desk: Desk) -> None:
    receipt = desk.register(CARE_PLAN).json["receipt"]  # type: ignore[index]
    groups = dict(desk.ask("detail", {"receipt": receipt})["groups"])
    assert dict(groups["事業所"])["事業所番号"] == "0070200115 ケアプランみなも"


def test_detail_of_an_unknown_number(desk: Desk) -> None:
    answer = desk.post("detail", {"receipt": "HB-2026-009999"})
    message = "該当するデータがありません。（受付番号：HB-2026-009999）"
    assert (answer.status_code, answer.json) == (404, {"message": message})
