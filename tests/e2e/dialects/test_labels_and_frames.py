"""The driver against labelled forms (sogo, dialect A) and a frameset with pop-ups (nintei, dialect B)."""

from __future__ import annotations

import json

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import Control, DialogAnswer, DialogRule, How, Meaning, Picking, Sign
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from mock_core_ui.core.offices import OFFICES
from tests.e2e.browser_sessions import at, css, label
from tests.e2e.core_session import Core, mark, put

pytestmark = pytest.mark.browser

MAIN = "frmMain"


def enter_sogo(core: Core, atena_no: str, reference: str) -> None:
    screen = core.screen
    screen.begin(())
    screen.open("/search/ltci_burden_ratio_reissue")
    screen.recognise([mark(Sign(css="#atena"))])
    screen.fill([put(label("宛名番号"), atena_no)])
    screen.press(at(How.ROLE, "button|検索"))
    screen.recognise([mark(Sign(css="form#entry"), Sign(css="#taishosha"))])
    fields = [
        put(label("整理番号"), reference),
        put(label("受付区分"), "9", Control.SELECT),
        put(label("被保険者番号"), "0000012345"),
        put(label("氏名カナ", within="被保険者"), "ﾔﾏﾀﾞ ﾀﾛｳ"),
        put(label("氏名", within="被保険者"), "山田　太郎"),
        put(label("性別", within="被保険者"), "1", Control.RADIO),
        put(label("住所", within="被保険者"), "汐見原市松町１－２"),
        put(label("届出人区分"), "01", Control.SELECT),
        put(label("再交付事由"), "02", Control.SELECT),
        put(label("交付方法"), "2", Control.RADIO),
    ]
    for stem in ("uketsuke_shinseibi", "hihokensha_birth"):
        fields.append(put(at(How.NAME, f"{stem}_g"), "5", Control.SELECT))
        fields += [put(at(How.NAME, f"{stem}_{part}"), "8") for part in "ymd"]
    for names, values in (("yubin", ("100", "0001")), ("tel", ("03", "1234", "5678"))):
        fields += [put(at(How.NAME, f"hihokensha_{names}_{n}"), value) for n, value in enumerate(values, 1)]
    readings = screen.fill(fields)
    assert [r.text for r in readings] == [f.value for f in fields]
    screen.press(at(How.ROLE, "button|確認"))


def test_an_entry_in_dialect_a(sogo: Core) -> None:
    atena_no, screen = sogo.stranger(), sogo.screen
    enter_sogo(sogo, atena_no, "0202611170001")
    screen.recognise([mark(Sign(css="form#confirm"))])
    done = mark(Sign(css="#kanryo", text="登録が完了しました"), name="completed", meaning=Meaning.COMPLETED)
    answer = screen.register(at(How.ROLE, "button|登録する"), [done], 10)
    assert (answer.meaning, answer.sent, answer.blocked, answer.dialogs) == (Meaning.COMPLETED, 1, 0, ())
    receipt, proved = screen.read_ending(css("#uketsuke_no"), [put(css("#atena_no"), atena_no, Control.SHOWN)])
    commits = sogo.commits(atena_no)
    assert [(c["core_receipt_no"], c["reference"]) for c in commits] == [(receipt, "0202611170001")]
    assert proved
    assert json.loads(commits[0]["values_json"])["hihokensha_shimei"] == "山田　太郎"
    found = sogo.session.look_up.search(Search("ltci_burden_ratio_reissue", "0202611170001"))
    assert [r.record_id for r in found] == [receipt]
    assert sogo.session.look_up.detail(receipt).lines["被保険者/氏名"] == "山田　太郎"


def test_too_long_a_value_is_read_back_cut(sogo: Core) -> None:
    screen = sogo.screen
    screen.begin(())
    screen.open("/search/ltci_burden_ratio_reissue")
    screen.recognise([mark(Sign(css="#atena"))])
    assert screen.fill([put(label("宛名番号"), "12345678901234")])[0].text == "1234567890"


def to_nintei_entry(core: Core, atena_no: str) -> None:
    screen = core.screen
    screen.begin([DialogRule("confirm", "登録します", DialogAnswer.ACCEPT)])
    screen.open("/nintei/main.do?ACTION=frame")
    screen.recognise([mark(Sign(css=".t", text="メニュー"), frame="frmMenu")])
    screen.press(at(How.ROLE, "link|認定申請入力", frame="frmMenu"))
    screen.recognise([mark(Sign(css=".t", text="対象者検索"), frame=MAIN)])
    screen.fill([put(at(How.NEAR, "宛名番号", frame=MAIN), atena_no)])
    screen.press(at(How.ROLE, "button|検索", frame=MAIN))
    screen.recognise([mark(Sign(css="input[name='TXT_0012']"), frame=MAIN)])


def test_an_entry_in_dialect_b_up_to_its_messages(nintei: Core) -> None:
    atena_no, screen = nintei.stranger(), nintei.screen
    to_nintei_entry(nintei, atena_no)
    texts = screen.fill(
        [
            put(at(How.NEAR, "被保番号", frame=MAIN), "0000012345"),
            put(at(How.NEAR, "ｶﾅ氏名", frame=MAIN), "ﾔﾏﾀﾞ"),
            put(at(How.NAME, "SEL_0015", frame=MAIN), "S", Control.SELECT),
            put(at(How.NAME, "RDO_0071", frame=MAIN), "1", Control.RADIO),
            put(at(How.NAME, "CHK_0081", frame=MAIN), "1", Control.CHECK),
        ]
    )
    assert [t.text for t in texts] == ["0000012345", "ﾔﾏﾀﾞ", "S", "1", "1"]
    screen.press(at(How.ROLE, "button|確認", frame=MAIN))
    with pytest.raises(BusinessError) as raised:  # the alert lists what is still missing; the profile knows it
        screen.recognise([mark(Sign(css=".t", text="確認"), frame=MAIN)])
    assert raised.value.reason is Reason.REFUSED_BY_SCREEN
    assert nintei.commits(atena_no) == []


def test_the_picker_of_dialect_b_hands_over_the_office(nintei: Core) -> None:
    screen = nintei.screen
    to_nintei_entry(nintei, nintei.stranger())
    opener, search = at(How.ROLE, "button|検索", frame=MAIN), at(How.ROLE, "button|検索")
    with pytest.raises(BusinessError, match="行がありません"):
        screen.pick(
            Picking(opener, (put(at(How.NAME, "TXT_9001"), "0000000000"),), search, "0000000000", None, "介護認定")
        )
    number, name = OFFICES[0].number, OFFICES[0].name
    screen.pick(Picking(opener, (put(at(How.NAME, "TXT_9001"), number),), search, number, None, "介護認定"))
    shown = [put(at(How.NAME, n, frame=MAIN), v, Control.SHOWN) for n, v in (("TXT_0044", number), ("TXT_0045", name))]
    assert [r.text for r in screen.fill(shown)] == [number, name]
