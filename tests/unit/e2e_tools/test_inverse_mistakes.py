"""One mistake at a time in what a core stored: each is noticed, at the item that it is a mistake of, and nowhere else."""

from __future__ import annotations

import pytest

from tests.unit.e2e_tools.mistakes import found_with, row_lost, rows_exchanged, swapped
from tests.unit.e2e_tools.written import allowance_changes as changes
from tests.unit.e2e_tools.written import allowance_money as money
from tests.unit.e2e_tools.written import nintei_benefits as benefits
from tests.unit.e2e_tools.written import nintei_classes as classes
from tests.unit.e2e_tools.written.case import Case, blank, from_number


def test_a_change_of_the_amount() -> None:
    case = changes.AMOUNT_CHANGE
    # 令和元年 entered as 平成元年, and a year of 平成 as one of 令和.
    assert found_with(case, {"jido3_birth_g": "4"}) == ["children[3].child_birth"]
    assert found_with(case, {"jido2_birth_g": "5"}) == ["children[2].child_birth"]
    # The form's own numbers taken over: 3 is 施設退所 there, 監護開始 is 4.
    assert found_with(case, {"jido2_ido_jiyu": "023"}) == ["children[2].change_reason"]
    assert found_with(case, {"jido2_ido_jiyu": "021"}) == ["children[2].change_reason"]
    assert found_with(case, {"jido2_ido_jiyu": "7"}) == ["children[2].change_reason"]
    assert found_with(case, {"jido2_ido": "1"}) == ["children[2].child_change"]
    assert found_with(case, {"jido2_kango": "1"}) == ["children[2].child_kango"]
    assert found_with(case, {"jido2_dokyo": "0"}) == ["children[2].child_live"]
    assert found_with(case, {"jido3_zokugara": "04"}) == ["children[3].child_rel"]
    assert found_with(case, {"kaitei_kubun": "G"}) == ["change_kind"]
    assert found_with(case, {"kaitei_nenkin": "01"}) == ["claimant_pension"]
    # The day of birth is that of the change in one row and not in the others.
    assert found_with(case, swapped(case, ("jido2_ido_bi_m", "jido2_birth_m"))) == [
        "children[2].change_date",
        "children[2].child_birth",
    ]


def test_rows_of_children() -> None:
    case = changes.AMOUNT_CHANGE
    assert {name.partition(".")[0] for name in found_with(case, rows_exchanged(case, "jido1_", "jido2_"))} == {
        "children[1]",
        "children[2]",
    }
    assert found_with(case, row_lost(case, "jido3_")) == ["children"]
    assert found_with(case, rows_exchanged(case, "jido3_", "jido4_")) == ["children"]
    # One child's number at the other's name.
    assert found_with(case, swapped(case, ("jido1_kojin_no", "jido2_kojin_no"))) == [
        "children[1].child_mynumber",
        "children[2].child_mynumber",
    ]
    # A row meant to be deleted is no row of the record.
    assert found_with(case, {"jido4_sakujo": "1"}) == ["jido4_sakujo"]
    assert found_with(case, {"jido2_kana": "ﾐﾔﾓﾄ ﾊﾙﾄ"}) == ["children[2].child_kana"]


def test_a_change_of_name_and_address() -> None:
    case = changes.MARRIED
    assert found_with(case, swapped(case, ("shin_shimei", "kyu_shimei"))) == ["new_name", "old_name"]
    assert found_with(case, swapped(case, ("shin_jusho", "kyu_jusho"))) == ["new_address", "old_address"]
    assert found_with(case, {"jukyusha_shimei": "小池　麻衣"}) == ["claimant_name"]
    # The form's numbers beside the screen's: 1 is 氏名 there and 11 住所 here, 1 婚姻 there and 転居 here.
    assert found_with(case, {"ido_jiko": ["11", "21"]}) == ["change_item"]
    assert found_with(case, {"ido_jiko": ["11", "12", "22"]}) == ["change_item"]
    assert found_with(case, {"ido_riyu": "1"}) == ["change_reason"]
    assert found_with(case, {"shin_nenkin": "08"}) == ["new_pension"]
    assert found_with(case, {"ido_idosha_2": "H"}) == ["subject"]
    assert found_with(case, {"ido_idosha_2": ""}) == ["subject"]
    assert found_with(case, {"ido_idosha_3": "K"}) == ["subject"]
    assert found_with(case, {"jido2_kubun": "D"}) == ["children[2].child_live"]
    assert found_with(case, {"shin_kana": "ﾀｶﾊｼ ﾏｲ"}) == ["new_kana"]
    assert found_with(case, {"kyu_jusho": "汐見原市港町８－１－"}) == ["old_address"]
    assert found_with(case, rows_exchanged(case, "jido1_", "jido2_")) == [
        "children[1].child_name",
        "children[1].child_live",
        "children[2].child_name",
        "children[2].child_live",
    ]


def test_in_which_list_each_changed_person_stands_says_nothing() -> None:
    assert found_with(changes.MARRIED, swapped(changes.MARRIED, ("ido_idosha_1", "ido_idosha_2"))) == []


def test_an_end_of_the_allowance() -> None:
    case = changes.MOVED_AWAY
    for other in ("02", "11", "99", "1"):
        assert found_with(case, {"shometsu_jiyu": other}) == ["extinct_reason"]
    # The day of filing in place of the day of the move.
    assert found_with(case, {"shometsu_bi_d": "9"}) == ["extinct_date"]
    assert found_with(case, {"shometsu_tenshutsu": "", "shometsu_kinmusaki": case.stored["shometsu_tenshutsu"]}) == [
        "new_address",
        "employer",
    ]
    assert found_with(case, row_lost(case, "jido2_")) == ["children"]
    assert found_with(case, swapped(case, ("jido1_birth_y", "jido2_birth_y"))) == [
        "children[1].child_birth",
        "children[2].child_birth",
    ]
    assert found_with(case, {"jukyusha_nintei_no": "412078"}) == ["certificate_no"]
    case = changes.NO_GUARDIAN_ANY_MORE
    assert found_with(case, {"shometsu_jiyu": "12"}) == ["extinct_reason"]
    assert found_with(case, {"shometsu_jiyu_text": "配偶者が生計の中心者となった"}) == ["extinct_reason_text"]


def test_a_yearly_report() -> None:
    case = changes.STATUS
    assert found_with(case, {"jokyo_shokugyo": "90"}) == ["claimant_job"]
    assert found_with(case, swapped(case, ("jokyo_shokugyo", "haigusha_shokugyo"))) == ["claimant_job", "spouse_job"]
    assert found_with(case, {"haigusha_chiku": "S"}) == ["spouse_jan1_area"]
    assert found_with(case, {"haigusha_chiku": "K"}) == ["spouse_jan1_area"]
    assert found_with(case, {"haigusha_umu": "2"}) == ["spouse_exists"]
    assert found_with(case, {"jokyo_joto": "1"}) == ["capital_gain"]
    assert found_with(changes.STATUS_ALONE, {"jokyo_joto": ""}) == ["capital_gain"]
    # 西暦６桁: neither the era's year, nor month before year, nor a month that is none.
    for month in ("202409", "092025", "202500", "202513", "20259", "2025-9", "０２５０９"):
        assert found_with(case, {"jido1_shukkoku": month}) == ["children[1].study_abroad_ym"], month
    assert found_with(case, swapped(case, ("jido1_shukkoku", "jido2_shukkoku"))) == [
        "children[1].study_abroad_ym",
        "children[2].study_abroad_ym",
    ]
    assert found_with(case, {"jokyo_jan1_jusho": case.stored["jukyusha_jusho"]}) == ["claimant_addr_jan1"]


def test_a_claim_of_what_was_not_paid() -> None:
    case = money.UNPAID
    persons = [("seikyusha_shimei", "shibosha_shimei"), ("seikyusha_jusho", "shibosha_jusho")]
    assert found_with(case, swapped(case, *persons)) == [
        "claimant_name",
        "claimant_address",
        "deceased_name",
        "deceased_address",
    ]
    births = [(f"seikyusha_birth_{part}", f"shibosha_birth_{part}") for part in "gymd"]
    assert found_with(case, swapped(case, *births)) == ["claimant_birth", "deceased_birth"]
    assert found_with(case, {f"shibosha_shibobi_{part}": case.stored[f"shibosha_birth_{part}"] for part in "gymd"}) == [
        "death_date"
    ]
    assert found_with(case, {"hotei_shimei": "渡邉　健太郎"}) == ["guardian_name"]
    assert found_with(case, swapped(case, *((f"hotei_tel_{at}", f"seikyusha_tel_{at}") for at in "123"))) == [
        "claimant_tel",
        "guardian_tel",
    ]
    # No item tells the number of the dead; the child's own there would be another person's.
    for number in ("0009500311", "0000000001"):
        assert found_with(case, {"shibosha_atena": number}) == ["shibosha_atena"]
    assert found_with(case, {"mishiharai_kaishi": "202609"}) == ["unpaid_from"]
    assert found_with(case, {"seikyusha_zokugara": "02"}) == ["claimant_rel"]
    assert found_with(case, {"shibosha_kana": "ﾜﾀﾅﾍﾞ ｹﾝﾀﾛｳ"}) == ["deceased_kana"]
    assert found_with(case, {"koza_kubun": "3"}) == ["payee_bank_kind"]
    assert found_with(case, {"koza_meigi": "ﾜﾀﾅﾍﾞ ﾖｳｺ"}) == ["payee_holder_kana"]
    assert found_with(case, {"koza_koza_no": "0123450"}) == ["payee_account_no"]


def test_a_gift() -> None:
    case = money.DONATION
    # The form's numbers of the payments are not months: 1 is 2月期, 2 is 4月期.
    assert found_with(case, {"kifu_kigetsu": ["02", "10"]}) == ["pay_month"]
    assert found_with(case, {"kifu_kigetsu": ["02", "08", "12"]}) == ["pay_month"]
    assert found_with(case, {"kifu_kigetsu": ["1", "5", "6"]}) == ["pay_month"]
    assert found_with(case, {"kifu_kubun": "A"}) == ["donation_scope"]
    assert found_with(case, {"kifu_gaku": "50000"}) == ["donation_amount"]
    assert found_with(case, {"kifu_gaku": "5,000"}) == ["donation_amount"]
    assert found_with(case, swapped(case, ("kifu_kaishi", "kifu_shuryo"))) == ["start_ym", "end_ym"]
    first_line = str(case.stored["kifu_shito"]).partition("\n")[0]
    assert found_with(case, {"kifu_shito": first_line}) == ["purpose_note"]
    assert found_with(case, {"kifu_shito": str(case.stored["kifu_shito"]).replace("\n", "")}) == ["purpose_note"]
    assert found_with(case, {"shikakusha_furigana": "ﾊﾏﾀﾞ ｴﾘｶ"}) == ["claimant_kana"]
    assert found_with(case, {"shikakusha_birth_g": "4", "shikakusha_birth_y": "1"}) == ["claimant_birth"]


def test_the_order_of_the_boxes_of_payments_says_nothing() -> None:
    assert found_with(money.DONATION, {"kifu_kigetsu": ["12", "02", "10"]}) == []


def test_a_change_of_a_gift() -> None:
    case = money.DONATION_CHANGE
    for other in ("20000", "20,0000", "2,0000", "200,00", "２０，０００", "20,000円", "2,000", "020,000"):
        assert found_with(case, {"henko_gaku": other}) == ["new_amount"], other
    assert found_with(case, swapped(case, ("moto_gaku", "henko_gaku"))) == ["old_amount", "new_amount"]
    for other in ("20", "90", "1"):
        assert found_with(case, {"henko_kubun": other}) == ["change_kind"]
    assert found_with(case, {"moto_moshidebi_g": "4"}) == ["original_date"]
    assert found_with(case, {"moto_moshidebi_g": "4", "moto_moshidebi_y": "31"}) == ["original_date"]
    # 撤回 is 2 on the form; the screen's second choice is 支払月変更.
    assert found_with(money.DONATION_WITHDRAWN, {"henko_kubun": "20"}) == ["change_kind"]
    assert found_with(money.DONATION_WITHDRAWN, {"henko_hani": "A"}) == ["new_scope"]
    assert found_with(money.DONATION_WITHDRAWN, {"moto_gaku": "1,000,00"}) == ["old_amount"]


@pytest.mark.parametrize("case", [money.SCHOOL_FEE, money.SCHOOL_FEE_CHANGE], ids=["offered", "changed"])
def test_fees_of_school(case: Case) -> None:
    # 全角: what the form has in half width must not stand so on the screen.
    for other in ("1年2組", "１年2組", "１年３組", "１年２"):
        assert found_with(case, {"himoku1_gakunen": other}) == ["children[1].grade"], other
    # 3 is 学童 on the form and 幼稚園 would be the third 保育 code of the screen.
    assert found_with(case, {"himoku2_shu": "H2"}) == ["children[2].fee_kind"]
    assert found_with(case, {"himoku3_shu": "H1"}) == ["children[3].fee_kind"]
    assert found_with(case, {"himoku3_shu": "G1"}) == ["children[3].fee_kind"]
    assert found_with(case, {"himoku2_hani": "0"}) == ["children[2].fee_scope"]
    assert found_with(case, {"himoku2_jogen": "1200"}) == ["children[2].fee_limit"]
    assert found_with(case, {"himoku2_gakko": "中央学童クラブ　第２"}) == ["children[2].school"]
    # Two lines of one child: the fees exchanged, the lines exchanged, one line lost.
    assert found_with(case, swapped(case, ("himoku1_shu", "himoku2_shu"))) == [
        "children[1].fee_kind",
        "children[2].fee_kind",
    ]
    assert "children[1].school" in found_with(case, rows_exchanged(case, "himoku1_", "himoku2_"))
    assert found_with(case, row_lost(case, "himoku3_")) == ["children"]
    assert found_with(case, {"himoku3_shimei": "濵田　陽翔"}) == ["children[3].child_name"]


def test_months_and_kind_of_a_fee() -> None:
    assert found_with(money.SCHOOL_FEE, {"choshu_kaishi": "202604"}) == ["start_ym"]
    assert found_with(money.SCHOOL_FEE_CHANGE, {"henko_kubun": "H"}) == ["change_kind"]
    assert found_with(money.SCHOOL_FEE_CHANGE, {"henko_kaishi": "202702 "}) == ["from_ym"]


def test_a_change_of_class() -> None:
    case = classes.CATEGORY_CHANGE
    # 12 is 要支援２ on the form and 要支援１ on the screen.
    assert found_with(case, {"SEL_0090": "12"}) == ["prev_class"]
    assert found_with(case, {"SEL_0090": "22"}) == ["prev_class"]
    assert found_with(case, {"RDO_0121": "K"}) == ["change_reason"]
    assert found_with(classes.CATEGORY_BETTER, {"RDO_0121": "A"}) == ["change_reason"]
    assert found_with(case, {"SEL_0043": "2"}) == ["agent_kind"]
    assert found_with(case, {"TXT_0044": "0070200115", "TXT_0045": "ケアプランみなも"}) == [
        "agent_office_no",
        "agent_name",
    ]
    ends = [(f"TXT_{first:04d}", f"TXT_{first + 4:04d}") for first in (92, 93, 94)]
    assert found_with(case, swapped(case, *ends)) == ["prev_from", "prev_to"]
    text = str(case.stored["TXT_0122"])
    assert found_with(case, {"TXT_0122": text[:-1]}) == ["change_reason_text"]
    assert found_with(case, {"TXT_0122": text.replace("①", "(1)")}) == ["change_reason_text"]
    assert found_with(case, {"TXT_0122": text.replace("１０", "10")}) == ["change_reason_text"]
    assert found_with(case, {"TXT_0122": text.replace("～", "〜")}) == []
    # Last visit and first day in hospital.
    days = [(f"TXT_{58 + at:04d}", f"TXT_{73 + at:04d}") for at in (2, 3)]
    assert found_with(case, swapped(case, *days)) == ["doc_last_visit", "stay_from"]
    assert found_with(case, {"TXT_0012": "1234006"}) == ["insured_no"]
    assert found_with(case, {"SEL_0015": "T"}) == ["insured_birth"]
    assert found_with(classes.CATEGORY_BETTER, from_number(15, "H 1 1 7", "SEL")) == ["insured_birth"]
    assert found_with(classes.CATEGORY_BETTER, {"SEL_0067": "11"}) == ["disease"]
    assert found_with(classes.CATEGORY_BETTER, {"RDO_0071": "4"}) == ["stay"]


def test_a_move_with_a_class() -> None:
    case = classes.AFTER_MOVE
    # 1 is 有 on the form and 無 on the screen.
    assert found_with(case, {"RDO_0131": "1"}) == ["cert_no"]
    assert found_with(case, {"SEL_0090": "13"}) == ["prev_class"]
    assert found_with(case, {"SEL_0090": "11"}) == ["prev_class"]
    assert found_with(case, swapped(case, ("TXT_0138", "TXT_0023"))) == ["insured_address", "prev_address"]
    assert found_with(case, swapped(case, ("TXT_0137", "TXT_0136"))) == ["prev_insurer_no", "prev_municipality"]
    assert found_with(case, swapped(case, ("TXT_0135", "TXT_0034"))) == ["move_in_date", "apply_date"]
    assert found_with(case, {"TXT_0136": "990217"}) == ["prev_insurer_no"]


def test_high_costs() -> None:
    case = benefits.HIGH_COST
    assert found_with(case, {"TXT_0261": "202512", "SEL_0232": "20"}) == ["heir_kind"]
    assert found_with(case, {"TXT_0261": "202611"}) == ["service_ym"]
    assert found_with(case, {"TXT_0261": "071200"}) == ["service_ym"]
    assert found_with(case, {"RDO_0204": "F"}) == ["insured_sex"]
    assert found_with(case, {"RDO_0225": "5"}) == ["applicant_kind"]
    # The filer's address for the insured person's; mother and daughter exchanged, line by line and number by number.
    assert found_with(case, swapped(case, ("TXT_0228", "TXT_0214"))) == ["applicant_address", "insured_address"]
    exchanged = found_with(case, rows_exchanged(case, "TXT_031", "TXT_032"))
    assert exchanged[0] == "members[1].member_name"
    assert found_with(case, swapped(case, ("TXT_0317", "TXT_0327"))) == [
        "members[1].member_insured_no",
        "members[2].member_insured_no",
    ]
    assert found_with(case, {"TXT_0317": case.stored["TXT_0201"]}) == ["members[1].member_insured_no"]
    assert found_with(case, {"SEL_0312": "R"}) == ["members[1].member_birth"]
    assert found_with(case, from_number(322, "S 64 1 7", "SEL")) == ["members[2].member_birth"]
    lost = {control: "" for control in case.stored if control[4:7] == "032"}
    assert found_with(case, lost) == ["members"]
    assert found_with(case, {"SEL_0241": "09"}) == ["payee_use_public_account", "payee_bank_kind"]
    assert found_with(case, {"SEL_0241": "02"}) == ["payee_bank_kind"]
    assert found_with(case, swapped(case, ("TXT_0244", "TXT_0245"))) == ["payee_bank_name", "payee_branch_name"]
    assert found_with(case, {"SEL_0246": "1"}) == ["payee_account_type"]
    assert found_with(case, {"TXT_0202": "ｻｲﾄｳ ｼﾞｮｰｼﾞ"}) == ["insured_kana"]
    assert found_with(case, {"CHK_0271": ""}) == ["consent_tax"]


def test_a_limit_of_the_burden() -> None:
    case = benefits.BURDEN_LIMIT
    # Another home of nearly the same name, and the right name with another home's number.
    assert found_with(case, {"TXT_0402": "0070300030", "TXT_0403": "特別養護老人ホーム 汐見の郷"}) == ["facility_name"]
    assert found_with(case, {"TXT_0402": "0070300030"}) == ["facility_name"]
    assert found_with(case, {"TXT_0402": ""}) == ["facility_name"]
    assert found_with(benefits.SHORT_STAY, {"TXT_0402": "0070300014"}) == ["facility_name"]
    # 2 is 老健 on the form; 02 地域密着 on the screen.
    assert found_with(case, {"SEL_0401": "02"}) == ["facility_kind"]
    assert found_with(benefits.SHORT_STAY, {"SEL_0401": "21"}) == ["facility_kind"]
    assert found_with(case, {"RDO_0421": "2"}) == ["spouse_exists"]
    assert found_with(benefits.SHORT_STAY, {"RDO_0421": "1"}) == ["spouse_exists"]
    assert found_with(case, {"SEL_0431": "1"}) == ["spouse_tax"]
    assert found_with(case, {"SEL_0441": "B"}) == ["income_class"]
    assert found_with(case, {"CHK_0442": ["S"]}) == ["nontax_pension"]
    assert found_with(case, {"CHK_0443": ["11"]}) == ["pension_payer"]
    assert found_with(case, {"CHK_0443": ["12", "13"]}) == ["pension_payer"]
    assert found_with(case, swapped(case, ("TXT_0451", "TXT_0452"))) == ["asset_deposit", "asset_securities"]
    assert found_with(case, {"TXT_0451": "123456"}) == ["asset_deposit"]
    # Nothing told is not nothing owned.
    assert found_with(case, {"TXT_0453": "0"}) == ["asset_other"]
    assert found_with(case, swapped(case, ("TXT_0429", "TXT_0430"))) == ["spouse_address", "spouse_addr_jan1"]
    assert found_with(case, swapped(case, ("TXT_0216", "TXT_0428"))) == ["insured_mynumber", "spouse_mynumber"]
    assert found_with(case, swapped(case, ("TXT_0203", "TXT_0423"))) == ["insured_name", "spouse_name"]
    assert found_with(case, swapped(case, ("TXT_0404", "TXT_0214"))) == ["insured_address", "facility_address"]
    assert found_with(case, {"CHK_0454": ""}) == ["asset_under_limit"]


def test_equipment() -> None:
    case = benefits.EQUIPMENT
    # 3 is 排泄予測 on the form and 入浴補助 on the screen.
    assert found_with(case, {"SEL_0611": "03"}) == ["items[1].item_kind"]
    assert found_with(case, {"SEL_0621": "04"}) == ["items[2].item_kind"]
    assert found_with(case, {"RDO_0501": "2"}) == ["pay_method"]
    assert found_with(case, {"SEL_0502": "1"}) == ["at_home"]
    assert found_with(case, {"RDO_0503": "1"}) == ["past_purchase"]
    assert found_with(case, {"SEL_0504": "H"}) == ["repurchase_reason"]
    assert found_with(case, swapped(case, ("TXT_0613", "TXT_0614"))) == ["items[1].item_maker", "items[1].item_seller"]
    assert found_with(case, swapped(case, ("TXT_0615", "TXT_0625"))) == ["items[1].item_price", "items[2].item_price"]
    assert found_with(case, {"TXT_0506": "66,480"}) == ["total_price"]
    assert found_with(case, {"TXT_0505": ""}) == ["seller_office_no"]
    assert found_with(case, {"TXT_0612": "排泄予測センサー　ナ"}) == ["items[1].item_name"]
    assert found_with(case, {"TXT_0507": str(case.stored["TXT_0507"]).partition("\n")[0]}) == ["need_reason"]
    first, second = ([control for control in case.stored if control[4:7] == row] for row in ("061", "062"))
    assert "items[2].item_date" in found_with(case, swapped(case, *zip(sorted(first), sorted(second), strict=True)))
    assert found_with(case, {control: "" for control in case.stored if control[4:7] == "063"}) == ["items"]
    assert found_with(case, swapped(case, ("TXT_0248", "TXT_0249"))) == ["payee_yucho_kigou", "payee_yucho_bangou"]


def test_a_renovation() -> None:
    case = benefits.RENOVATION
    # 1 is 事前 on the form and 完了 on the screen, トイレ there and 玄関 here, 償還 there and 受領委任 here.
    assert found_with(case, {"RDO_0800": "1"}) == ["stage"]
    assert found_with(case, {"SEL_0712": "1"}) == ["works[1].work_place"]
    assert found_with(case, {"RDO_0813": "1"}) == ["pay_method"]
    assert found_with(case, {"SEL_0751": "6"}) == ["works[5].work_kind"]
    assert found_with(case, swapped(case, ("SEL_0722", "SEL_0732"))) == ["works[2].work_place", "works[3].work_place"]
    assert found_with(case, swapped(case, ("TXT_0811", "TXT_0812"))) == ["total_cost", "target_cost"]
    assert found_with(case, blank("SEL_0802 TXT_0803 TXT_0804 TXT_0805")) == ["start_date"]
    # The day of the beginning entered as the day of the end too.
    assert found_with(case, from_number(806, "R 9 1 12", "SEL")) == ["end_date"]
    assert found_with(case, swapped(case, ("TXT_0701", "TXT_0203"))) == ["insured_name", "owner_name"]
    assert found_with(case, swapped(case, ("TXT_0713", "TXT_0723"))) == ["works[1].work_scale", "works[2].work_scale"]
    moved = swapped(case, ("SEL_0751", "SEL_0761"), ("SEL_0752", "SEL_0762"), ("TXT_0753", "TXT_0763"))
    assert found_with(case, moved) == ["works"]
    assert found_with(case, {"SEL_0241": "01"}) == ["payee_use_public_account", "payee_bank_kind"]
