"""Dialect C: the person, the check of what was entered, its warnings and late questions, and what is registered."""

from __future__ import annotations

from datetime import date

import pytest

from mock_core_ui.core.store import NewRecord
from tests.unit.mock_core_ui.core.samples import HANA, NOW, TARO, valid_values
from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import JIDOSHA, NURSERY, ask, at, errors, of, told

PERSON = {
    "atena_no": "0000000018",
    "name": "汐見　花",
    "kana": "シオミ　ハナ",
    "sex": "女性",
    "address": "汐見原市中央一丁目１番１号",
    "listed": False,
}


def test_the_persons_header(wakaba: WizardWalk) -> None:
    assert told(wakaba.person())["resident"] == PERSON | {"birth": "昭和25年4月1日", "by_the_browser": False}
    assert "該当する方が見つかりません" in told(wakaba.person("0000000000"), 404)["message"]


def test_a_core_whose_page_writes_the_day_of_birth_itself(jidosha: WizardWalk) -> None:
    assert told(jidosha.person())["resident"] == PERSON | {"birth": "1950-04-01", "by_the_browser": True}


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
