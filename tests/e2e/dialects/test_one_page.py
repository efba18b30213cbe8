"""The driver against one page that its script draws, of two vendors (wakaba and jidosha, dialect C)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import BoundField, Control, How, Mark, Meaning, Sign
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.steps.expect import ExpectAct
from mock_core_ui.core.catalogue import SCREENS
from tests.e2e.browser_sessions import at, css, label
from tests.e2e.core_session import Core, mark, put
from tests.unit.mock_core_ui.core.samples import valid_values

pytestmark = pytest.mark.browser

SHOWN_PAGE = "section.page:not([hidden]) h2"


def page_named(title: str) -> Mark:
    return mark(Sign(css=SHOWN_PAGE, text=title))


def era_date(title: str, era: str, *parts: str) -> list[BoundField]:
    """A day for the calendar field behind a shadow root."""
    era_field = put(label("元号", within=title), era, Control.SELECT)
    return [era_field, *(put(label(name, within=title), part) for name, part in zip("年月日", parts, strict=False))]


def begin_entry(core: Core, procedure: str, atena_no: str) -> None:
    core.screen.begin(())
    core.screen.open(f"/app/entry/{procedure}?atena={atena_no}")
    core.screen.recognise([mark(Sign(css=SHOWN_PAGE), Sign(css="#person-number"))])
    assert core.screen.read([css("#person-number")]) == (atena_no,)


def filled(core: Core, fields: list[BoundField]) -> None:
    assert [r.text for r in core.screen.fill(fields)] == [field.value for field in fields]


def split(stem: str, *values: str) -> list[BoundField]:
    """Boxes that a title and a name of their own tell apart."""
    names = {3: ("市外局番", "市内局番", "加入者番号"), 2: ("上3桁", "下4桁")}[len(values)]
    return [put(label(f"{stem} {name}"), value) for name, value in zip(names, values, strict=True)]


def test_an_entry_in_dialect_c(wakaba: Core) -> None:
    """Labels that move about with every drawing, a heading that belongs to nothing, values that come after the form."""
    atena_no, screen = wakaba.stranger(), wakaba.screen
    begin_entry(wakaba, "pregnancy_notification", atena_no)
    route = put(label("受付経路"), "D", Control.SELECT)
    day = era_date("受付 届出日", "reiwa", "8", "11", "17")
    filled(wakaba, [put(label("備考"), "0202611170009"), route, *day])
    screen.press(at(How.ROLE, "button|次へ"))
    screen.recognise([page_named("妊婦の情報")])
    person = [
        put(label("フリガナ"), "ヤマダ　ハナ"),
        put(label("氏名"), "山田　花"),
        *era_date("妊婦の情報 生年月日", "heisei", "1", "1", "8"),
        *split("妊婦の情報 郵便番号", "000", "0101"),
        put(label("住所"), "汐見原市松町１－２"),
        *split("妊婦の情報 連絡先電話番号", "090", "0000", "0001"),
        put(at(How.NEAR, "職業"), "看護師"),
        put(at(How.NEAR, "世帯主"), "山田　一郎"),
    ]
    filled(wakaba, person)
    screen.press(at(How.ROLE, "button|次へ"))
    screen.recognise([page_named("妊娠の状況")])
    pregnancy = [
        *era_date("妊娠の状況 出産予定日", "reiwa", "9", "6", "1"),
        put(label("届出時の週数"), "9"),
        put(label("単胎・多胎"), "T0", Control.SELECT),
        put(label("出産の経験"), "N", Control.RADIO),
        put(label("医療機関・助産所"), "港町クリニック"),
        put(label("性病に関する健康診断"), "2", Control.RADIO),
        put(label("結核に関する健康診断"), "1", Control.RADIO),
        put(label("受付後の状態"), "10", Control.SELECT),
    ]
    filled(wakaba, pregnancy)
    screen.press(at(How.ROLE, "button|入力内容の確認へ"))
    screen.recognise([mark(Sign(css="#confirm"))])
    done = mark(Sign(css="#done", text="登録しました"), name="completed", meaning=Meaning.COMPLETED)
    answer = screen.register(at(How.ROLE, "button|登録する"), [done], 10)
    assert (answer.meaning, answer.sent, answer.blocked, answer.dialogs) == (Meaning.COMPLETED, 1, 0, ())
    receipt, proved = screen.read_ending(css("#done-receipt"), [put(css("#done-person"), atena_no, Control.SHOWN)])
    commits = wakaba.commits(atena_no)
    assert [(c["core_receipt_no"], c["reference"]) for c in commits] == [(receipt, "0202611170009")]
    assert proved
    values = json.loads(commits[0]["values_json"])
    # The register knows another name; what was typed after it stays.
    assert (values["ninpu_shimei"], values["ninpu_shokugyo"]) == ("山田　花", "看護師")
    assert [values[f"ninpu_birth_{part}"] for part in "gymd"] == ["heisei", "1", "1", "8"]
    found = wakaba.session.look_up.search(Search("pregnancy_notification", "0202611170009", atena_no))
    assert [r.record_id for r in found] == [receipt]
    assert wakaba.session.look_up.detail(receipt).lines["妊婦の情報/世帯主"] == "山田　一郎"


def facility(text: str, name: str, number: int) -> BoundField:
    target = label("施設", within=f"希望施設{number}")
    more = at(How.TEXT, "さらに表示…")
    return replace(put(target, text, Control.LIST), typed=name, kept=name, more=more)


def to_nursery_wishes(core: Core) -> None:
    begin_entry(core, "nursery_application", core.stranger())
    screen = core.screen
    filled(
        core,
        [
            put(label("備考"), "0202611170010"),
            put(label("受付経路"), "D", Control.SELECT),
            *era_date("受付 受付年月日", "reiwa", "8", "11", "17"),
            put(label("氏名", within="保護者"), "山田　花"),
            put(label("カナ氏名", within="保護者"), "ﾔﾏﾀﾞ ﾊﾅ"),
            *era_date("保護者 生年月日", "heisei", "1", "1", "8"),
            *split("保護者 電話番号", "090", "0000", "0001"),
            *split("保護者 郵便番号", "000", "0101"),
            put(label("現住所", within="保護者"), "汐見原市松町１－２"),
        ],
    )
    screen.press(at(How.ROLE, "button|次へ"))
    screen.recognise([page_named("児童・利用希望")])


def test_the_facility_box_takes_the_one_line_that_is_meant(wakaba: Core) -> None:
    """Namesakes in two towns, one of them behind 「さらに表示」; a row that has to be added first."""
    to_nursery_wishes(wakaba)
    screen = wakaba.screen
    ours, theirs = "0301004 みどり保育園（汐見原市）", "0399001 みどり保育園（青波市）"
    assert [r.text for r in screen.fill([facility(theirs, "みどり保育園", 1)])] == ["みどり保育園"]
    screen.press(at(How.ROLE, "button|希望施設を追加"))
    assert [r.text for r in screen.fill([facility(ours, "みどり保育園", 2)])] == ["みどり保育園"]
    with pytest.raises(BusinessError, match="一致する候補がありません") as raised:
        screen.fill([facility("0301099 みどり保育園（汐見原市）", "みどり保育園", 2)])
    assert raised.value.reason is Reason.VALUE_INVALID
    assert screen.seat.page.evaluate("[entry.values.shisetsu1_en_cd, entry.values.shisetsu2_en_cd]") == ["0399001", ""]


def test_a_row_goes_through_its_editor_into_the_table(wakaba: Core) -> None:
    begin_entry(wakaba, "child_rearing_allowance_status", wakaba.stranger())
    screen = wakaba.screen
    screen.seat.page.evaluate("() => { entry.at = 2; entry.redraw(); }")
    screen.recognise([page_named("児童・扶養義務者")])
    for number, name in enumerate(("山田　一", "山田　二"), 1):
        screen.press(at(How.ROLE, "button|対象児童を追加"))
        child = [
            put(label("児童名"), name),
            *era_date(f"対象児童{number} 生年月日", "reiwa", "2", "2", "29"),
            put(label("受給者からみた続柄"), "C1", Control.SELECT),
            put(label("居住"), "D", Control.RADIO),
            put(label("支給要件"), "01", Control.SELECT),
        ]
        filled(wakaba, child)
        screen.press(at(How.ROLE, "button|更新"))
    rows = screen.seat.page.locator("table.rows tbody tr").all_inner_texts()
    assert [row.split("\t")[:4] for row in rows] == [
        ["1", "山田　一", "令和2年2月29日", "実子"],
        ["2", "山田　二", "令和2年2月29日", "実子"],
    ]


def test_drawers_of_the_menu_open_and_shut(wakaba: Core) -> None:
    """They stay as they were left, so pressing blindly would shut what is open."""
    screen, page = wakaba.screen, wakaba.screen.seat.page
    nursery = "#menu section:has(a[href='/app/search/nursery_status']) .drawer"
    opened, shut = (mark(Sign(css=f"{nursery}[aria-expanded='{word}']"), name=word) for word in ("true", "false"))
    press = at(How.ROLE, "button|保育")
    for _ in range(2):  # the second time it is open from the first
        screen.begin(())
        screen.open("/app/menu")
        ExpectAct((opened, shut), presses={"false": press}).perform(screen)
        assert page.locator(nursery).get_attribute("aria-expanded") == "true"
    screen.press(at(How.ROLE, "link|保育現況届受付"))
    screen.recognise([mark(Sign(css="form#search"))])


def enter_jidosha(core: Core, atena_no: str, reference: str) -> None:
    begin_entry(core, "vehicle_tax_address_change", atena_no)
    screen = core.screen
    filled(
        core,
        [
            put(label("連携メモ"), reference),
            *era_date("受付 届出受理日", "95", "8", "11", "17"),
            put(label("受付経路"), "30", Control.SELECT),
            put(label("運輸支局"), "SM", Control.SELECT),
            put(label("分類番号"), "33X"),
            put(at(How.NEAR, "かな"), "さ"),
            put(label("一連指定番号"), "7"),
            put(label("車台番号"), "ZVW30-1O10011"),
        ],
    )
    screen.press(at(How.ROLE, "button|次へ"))
    screen.recognise([page_named("納税義務者・住所")])
    filled(
        core,
        [
            put(label("氏名又は名称", within="納税義務者"), "山田　花"),
            *split("納税義務者 電話番号", "090", "0000", "0001"),
            *split("変更後 郵便番号", "000", "0101"),
            put(label("住所", within="変更後"), "汐見原市松町１－２"),
            put(label("住所", within="変更前"), "東浜県青波市南町二丁目４番５号"),
        ],
    )
    screen.press(at(How.ROLE, "button|入力内容の確認へ"))
    screen.recognise([mark(Sign(css="#confirm"))])


def test_a_completion_without_a_number_is_proved_by_the_look_up(jidosha: Core) -> None:
    atena_no, screen = jidosha.stranger(), jidosha.screen
    enter_jidosha(jidosha, atena_no, "0202611170011")
    done = mark(Sign(css="#done", text="受け付けました"), name="completed", meaning=Meaning.COMPLETED)
    answer = screen.register(at(How.ROLE, "button|登録する"), [done], 10)
    assert (answer.meaning, answer.sent, answer.blocked) == (Meaning.COMPLETED, 1, 0)
    receipt, proved = screen.read_ending(None, [put(css("#done-person"), atena_no, Control.SHOWN)])
    assert (receipt, proved) == ("", True)
    [commit] = jidosha.commits(atena_no)
    [found] = jidosha.session.look_up.search(Search("vehicle_tax_address_change", "0202611170011", atena_no))
    assert found.record_id == commit["core_receipt_no"]
    assert jidosha.session.look_up.detail(found.record_id).lines["登録番号/車台番号"] == "ZVW30-1O10011"


def test_a_log_in_box_over_the_page_is_never_answered(jidosha: Core) -> None:
    """Logging in there would send the register request again by itself."""
    atena_no, screen = jidosha.stranger(), jidosha.screen
    enter_jidosha(jidosha, atena_no, "0202611170012")
    jidosha.server.plan.replace([{"fault": "M13", "when": {"nth": [1]}}])
    lost = mark(Sign(css="form#login"), Sign(text="ログイン"), name="lost", meaning=Meaning.SESSION_LOST)
    done = mark(Sign(css="#done", text="受け付けました"), name="completed", meaning=Meaning.COMPLETED)
    answer = screen.register(at(How.ROLE, "button|登録する"), [done, lost], 10)
    assert (answer.meaning, answer.sent) == (Meaning.SESSION_LOST, 1)
    assert screen.seat.page.locator("#login-over").count() == 1
    assert len(jidosha.commits(atena_no)) == 1
    jidosha.server.plan.replace([])
    jidosha.session.renew()
    assert len(jidosha.commits(atena_no)) == 1


def test_a_menu_that_is_open_only_under_the_pointer(jidosha: Core) -> None:
    screen = jidosha.screen
    screen.begin(())
    screen.open("/app/menu")
    screen.recognise([mark(Sign(css="#menu .flying"))])
    screen.press(at(How.ROLE, "link|保管場所証明申請受付"), at(How.TEXT, "保管場所"))
    screen.recognise([mark(Sign(css="form#search"))])


TOWN_ADDRESS = "東浜県青波市南町二丁目４番５号"


@pytest.mark.parametrize(("answer", "title"), [("はい", "入力内容の確認"), ("いいえ", "世帯の状況")])
def test_the_question_that_comes_late_is_waited_for(wakaba: Core, answer: str, title: str) -> None:
    """The confirmation is there for half a second before the box covers it."""
    begin_entry(wakaba, "childcare_certification", wakaba.stranger())
    screen, page = wakaba.screen, wakaba.screen.seat.page
    values = valid_values(SCREENS["childcare_certification"]) | {"zei_jan1_jusho": TOWN_ADDRESS}
    page.evaluate(
        "values => { Object.assign(entry.values, values); entry.rows.setai = 1; entry.at = 3; entry.redraw(); }", values
    )
    screen.recognise([page_named("世帯の状況")])
    screen.press(at(How.ROLE, "button|入力内容の確認へ"))
    settled = replace(mark(Sign(css="body:not(:has(#late)) section.page:not([hidden]) h2", text=title)), stays_s=1)
    late = mark(Sign(css="#late", text="住民票と異なる住所"), name="late")
    ExpectAct((settled, late), presses={"late": at(How.ROLE, f"button|{answer}")}).perform(screen)
    assert page.locator("#late").count() == 0
    assert page.locator("#confirm").is_visible() == (answer == "はい")
