"""One mistake at a time on わかば and on the prefecture's 自動車手続システム."""

from __future__ import annotations

import pytest

from tests.unit.e2e_tools.mistakes import found_with, row_lost, rows_exchanged, swapped
from tests.unit.e2e_tools.written import vehicles
from tests.unit.e2e_tools.written import wakaba_children as children
from tests.unit.e2e_tools.written import wakaba_mothers as mothers
from tests.unit.e2e_tools.written.case import Case, day, split


def test_a_pregnancy() -> None:
    case = mothers.TWINS
    # 1 is 受けた on the form and 未受診 on the screen.
    assert found_with(case, swapped(case, ("ninshin_seibyo", "ninshin_kekkaku"))) == ["std_check", "tb_check"]
    assert found_with(case, {"ninshin_seibyo": "1"}) == ["std_check"]
    assert found_with(case, {"ninshin_keiken": "N"}) == ["first_birth"]
    assert found_with(case, {"ninshin_tanta": "T0"}) == ["multiple"]
    assert found_with(case, {"mendan_kitsuen": ""}) == ["smoking"]
    assert found_with(mothers.FIRST_CHILD, {"mendan_kitsuen": "0"}) == ["smoking"]
    assert found_with(case, swapped(case, ("ninpu_setainushi", "ninpu_partner"))) == ["household_head", "partner_name"]
    assert found_with(case, {"ninpu_birth_g": "reiwa"}) == ["mother_birth"]
    assert found_with(case, {"ninshin_yotei_y": "8"}) == ["due_date"]
    assert found_with(mothers.FIRST_CHILD, {"ninpu_birth_g": "heisei"}) == ["mother_birth"]
    assert found_with(case, {"ninshin_shu": "09"}) == ["weeks"]
    assert found_with(case, {"ninpu_kana": "ﾋﾛｾ ﾐﾎ"}) == ["mother_kana"]
    # The booklet is handed over at the counter, and the paper came by net.
    assert found_with(case, {"mendan_jotai": "90"}) == ["mendan_jotai"]
    assert found_with(case, {"uketsuke_keiro": "M"}) == ["uketsuke_keiro"]


def test_papers_of_another_application_and_a_part_of_ones_own() -> None:
    one, two = mothers.TWINS, mothers.FIRST_CHILD
    for held in (["別の書類.pdf"], ["妊娠届出書.pdf"] * 2, ["妊娠届出書.pdf", "診断書.jpg"], "妊娠届出書.pdf", ""):
        assert found_with(one, {"uketsuke_tempu": held}) == ["attachments"], held
    assert found_with(two, {"uketsuke_tempu": ["妊娠届出書.pdf"]}) == ["attachments"]
    assert found_with(two, {"uketsuke_tempu": ["診断書.jpg", "妊娠届出書.pdf"]}) == []
    assert found_with(two, {"uketsuke_tempu": []}) == []


CARE = pytest.mark.parametrize(
    "case", [children.CERTIFICATION, children.NURSERY, children.STATUS], ids=["certification", "nursery", "status"]
)


@CARE
def test_a_family(case: Case) -> None:
    assert found_with(case, {"jido_seibetsu": "f"}) == ["child_sex"]
    assert found_with(case, {"jido_birth_g": "heisei"}) == ["child_birth"]
    # Guardian and child, mother and father.
    assert found_with(case, swapped(case, ("hogosha_shimei", "jido_shimei"))) == ["guardian_name", "child_name"]
    assert found_with(case, {"haha_jiyu": "R80"}) == ["mother_reason"]
    assert found_with(case, {"haha_jiyu": "R99"}) == ["mother_reason"]
    assert found_with(case, {"haha_umu": "0"}) == ["mother_name"]
    assert found_with(case, {"haha_umu": ""}) == ["mother_name"]
    assert found_with(case, {"haha_kana": "ﾏﾅﾍﾞ"}) == ["mother_kana"]
    assert found_with(case, {"hogosha_jusho": "汐見原市沖ノ﨑１-２-３"}) == ["guardian_address"]
    assert found_with(case, {"hogosha_jusho": "汐見原市沖ノ崎１－２－３"}) == ["guardian_address"]
    assert found_with(case, {"uketsuke_keiro": "M"}) == ["uketsuke_keiro"]
    # 1 to 9 on the form; 兄 and 姉 are 3 and 4 there, 21 and 22 here.
    last = max(row for row in range(1, 7) if case.stored[f"setai{row}_shimei"])
    assert found_with(case, {f"setai{last}_zokugara": "24"}) == [f"members[{last}].member_rel"]
    assert found_with(case, row_lost(case, f"setai{last}_")) == ["members"]
    assert f"members[{last}].member_name" in found_with(case, rows_exchanged(case, "setai1_", f"setai{last}_"))
    assert found_with(case, rows_exchanged(case, f"setai{last}_", "setai6_")) == ["members"]
    assert found_with(case, {"seiri_no": "0202611040035"}) == ["receipt_no"]


def test_two_parents() -> None:
    case = children.CERTIFICATION
    parents = [(f"chichi_{end}", f"haha_{end}") for end in ("shimei", "kana")]
    assert found_with(case, swapped(case, *parents)) == ["father_name", "father_kana", "mother_name", "mother_kana"]
    assert found_with(case, swapped(case, ("chichi_kojin_no", "hogosha_kojin_no"))) == [
        "guardian_mynumber",
        "father_mynumber",
    ]
    assert found_with(case, {"chichi_jikan": "22:00〜翌7:00"}) == []
    assert found_with(case, {"chichi_jikan": "22:00～翌7:0"}) == ["father_work_time"]
    assert found_with(case, {"chichi_nissu": ""}) == ["father_work_days"]
    assert found_with(children.NURSERY, {"chichi_umu": "1"}) == ["father_name"]
    assert found_with(children.NURSERY, {"chichi_shimei": "眞鍋　ジョージ"}) == ["father_name"]


def test_a_certificate_of_care() -> None:
    case = children.CERTIFICATION
    for other in ("1N", "3S", "2"):
        assert found_with(case, {"uketsuke_kubun": other}) == ["apply_kind"]
    assert found_with(case, {"nintei_kubun": "N3"}) == ["cert_class"]
    assert found_with(case, {"nintei_jikan": "STD"}) == ["need_hours"]
    assert found_with(case, {"nintei_hoiku": "nasi"}) == ["hoiku_wish"]
    assert found_with(case, swapped(case, ("jido_techo", "zei_seiho"))) == ["child_disability", "welfare"]
    ends = [(f"nintei_kara_{part}", f"nintei_made_{part}") for part in "gymd"]
    assert found_with(case, swapped(case, *ends)) == ["use_from", "use_to"]
    assert found_with(case, {"zei_jan1_jusho": case.stored["hogosha_jusho"]}) == ["tax_addr_jan1"]
    assert found_with(case, {"zei_doi": ""}) == ["consent_tax"]


def test_a_place_in_a_nursery() -> None:
    case = children.NURSERY
    # Two nurseries of one name: only the number tells which is wished for first.
    assert found_with(case, swapped(case, ("shisetsu1_en_cd", "shisetsu2_en_cd"))) == [
        "wishes[1].wish_facility_code",
        "wishes[2].wish_facility_code",
    ]
    assert found_with(case, {"shisetsu3_en_cd": "0301008", "shisetsu3_en_nm": "認定こども園 なぎさ"}) == [
        "wishes[3].wish_facility_code",
        "wishes[3].wish_facility",
    ]
    assert found_with(case, {"shisetsu3_en_cd": ""}) == ["wishes[3].wish_facility_code"]
    # A wrong order of wishes, by number and by line.
    assert found_with(case, swapped(case, ("shisetsu1_juni", "shisetsu3_juni"))) == [
        "wishes[1].wish_order",
        "wishes[3].wish_order",
    ]
    assert len(found_with(case, rows_exchanged(case, "shisetsu1_", "shisetsu3_"))) == 8
    assert found_with(case, row_lost(case, "shisetsu3_")) == ["wishes"]
    assert found_with(case, rows_exchanged(case, "shisetsu3_", "shisetsu5_")) == ["wishes"]
    assert found_with(case, {"kibo_yobi": ["w1", "w3"]}) == ["use_days"]
    assert found_with(case, {"kibo_yobi": ["w1", "w3", "w5"]}) == ["use_days"]
    assert found_with(case, {"kibo_yobi": ["1", "3", "6"]}) == ["use_days"]
    for hour, minute in (("20", "45"), ("8", "54"), ("8", "4"), ("24", "45"), ("8", "60"), ("", "45"), ("８", "45")):
        assert found_with(case, split("kibo_kara", "hm", "x x") | {"kibo_kara_h": hour, "kibo_kara_m": minute}) == [
            "use_time_from"
        ]
    times = [(f"kibo_kara_{part}", f"kibo_made_{part}") for part in "hm"]
    assert found_with(case, swapped(case, *times)) == ["use_time_from", "use_time_to"]
    assert found_with(case, split("kibo_kara", "hm", "08 45")) == []
    assert found_with(case, {"jokyo_hoiku": "K5"}) == ["current_care"]
    assert found_with(case, {"jokyo_kyodai": "nasi"}) == ["sibling_apply"]
    assert found_with(case, {"jokyo_kyodai_joken": "S3"}) == ["sibling_policy"]
    assert found_with(case, {"jokyo_kenko": "卵・乳アレルギーがあります。"}) == ["allergy"]


def test_a_status_of_care() -> None:
    case = children.STATUS
    assert found_with(case, {"zaien_keizoku": "C"}) == ["continue_wish"]
    assert found_with(case, {"zaien_henko": "nasi"}) == ["change_flag"]
    assert found_with(case, {"zaien_en": "認定こども園　なぎさ"}) == ["facility"]
    assert found_with(case, {"uketsuke_nintei_no": "123456"}) == ["cert_no"]
    assert found_with(case, {"zaien_naiyo": "４月に転職しました。就労証明書を添付します。"}) == ["change_detail"]


def test_a_status_of_a_single_parent() -> None:
    case = children.REARING
    # What comes by net is only sent ahead: no further state is the agent's to choose.
    for state in ("21", "31", ""):
        assert found_with(case, {"shinsa_jotai": state}) == ["shinsa_jotai"]
    assert found_with(case, {"seikatsu_nenkin": "P2"}) == ["pension"]
    assert found_with(case, {"seikatsu_nenkin": "P0"}) == ["pension"]
    assert found_with(case, {"seikatsu_nenkin_shurui": "遺族基礎年金　０１２３－４５６７８９"}) == ["pension_kind"]
    assert found_with(case, {"seikatsu_jukyo": "H3"}) == ["house"]
    money = [("shotoku_yoikuhi_hon", "shotoku_yoikuhi_ji")]
    assert found_with(case, swapped(case, *money)) == ["support_claimant", "support_child"]
    assert found_with(case, swapped(case, ("shotoku_gaku", "shotoku_fuyo"))) == ["income", "dependents"]
    # Nothing told is not nothing earned.
    assert found_with(case, {"shotoku_gaku": ""}) == ["income"]
    assert found_with(case, {"shotoku_yoikuhi_ji": "0"}) == ["support_child"]
    assert found_with(case, {"jido2_zokugara": "C5"}) == ["children[2].child_rel"]
    assert found_with(case, {"jido1_dokyo": "D"}) == ["children[1].child_live"]
    assert found_with(case, swapped(case, ("jido1_jiyu", "jido2_jiyu"))) == [
        "children[1].child_reason",
        "children[2].child_reason",
    ]
    assert found_with(case, row_lost(case, "jido2_")) == ["children"]
    assert found_with(case, row_lost(case, "fuyo2_")) == ["supporters"]
    assert found_with(case, swapped(case, ("fuyo1_kojin_no", "fuyo2_kojin_no"))) == [
        "supporters[1].supporter_mynumber",
        "supporters[2].supporter_mynumber",
    ]
    assert found_with(case, {"jukyusha_kojin_no": "990060000123"}) == ["claimant_mynumber"]


@pytest.mark.parametrize(
    "case", [vehicles.NEW_CAR, vehicles.TRANSFER, vehicles.NEW_HOME], ids=["new car", "transfer", "new home"]
)
def test_a_number_plate(case: Case) -> None:
    for office in {"HG", "SM", "AN"} - {str(case.stored["bango_kyoku"])}:
        assert found_with(case, {"bango_kyoku": office}) == ["plate_office"]
    assert found_with(case, {"bango_kana": "サ"}) == ["plate_kana"]
    number = str(case.stored["bango_ichiren"])
    for other in (f"{number:0>5}", f"{number}0", number[:-1], number.translate(str.maketrans("7241", "７２４１"))):
        assert found_with(case, {"bango_ichiren": other}) == ["plate_no"]
    # O beside 0, I beside 1.
    chassis = str(case.stored["bango_shadai"])
    for one, other in ("O0", "0O", "I1", "1I", "-－"):
        if one in chassis:
            assert found_with(case, {"bango_shadai": chassis.replace(one, other, 1)}) == ["chassis_no"]
    assert found_with(case, {"bango_shadai": chassis.lower()}) == ["chassis_no"]
    assert found_with(case, {"bango_shadai": chassis[:-1]}) == ["chassis_no"]
    assert found_with(case, {"bango_bunrui": ""}) == ["plate_class"]
    # 受付経路: neither 窓口 nor by mail.
    assert found_with(case, {"uketsuke_keiro": "10"}) == ["uketsuke_keiro"]
    assert found_with(case, {"uketsuke_hi_g": "94"}) == [
        "report_date" if "shoyu_jusho" in case.stored else "notify_date"
    ]


def test_a_tax_on_a_new_car() -> None:
    case = vehicles.NEW_CAR
    # 2 is 相続 on the form and 贈与 on the screen; 3 電気 there, P ＬＰＧ is third here.
    assert found_with(case, {"shutoku_genin": "2"}) == ["acquire_cause"]
    assert found_with(case, {"shogen_nenryo": "P"}) == ["fuel"]
    assert found_with(case, {"uketsuke_kubun": "21"}) == ["report_kind"]
    assert found_with(case, {"shoyu_keitai": "R"}) == ["ownership_form"]
    assert found_with(case, {"shogen_eiji": "A"}) == ["use_kind"]
    assert found_with(case, swapped(case, ("shoyu_shimei", "shiyo_shimei"))) == ["owner_name", "user_name"]
    assert found_with(case, swapped(case, ("shoyu_jusho", "gimusha_jusho"))) == ["taxpayer_address", "owner_address"]
    for other in ("1234000", "1,234,00", "1,234,0000", "12,34,000", "１，２３４，０００", "1,234,000.0", "123,400"):
        assert found_with(case, {"shutoku_kakaku": other}) == ["acquire_price"], other
    assert found_with(case, {"shutoku_fuka": "0"}) == ["accessory"]
    assert found_with(case, {"zei_shubetsu": ""}) == ["type_tax"]
    assert found_with(case, swapped(case, ("zei_kankyo", "zei_shubetsu"))) == ["env_tax", "type_tax"]
    assert found_with(case, {"zei_ritsu": "N"}) == ["tax_rate"]
    assert found_with(case, {"zei_ritsu": "T2"}) == ["tax_rate"]


def test_the_month_of_the_first_registration() -> None:
    new, old = vehicles.NEW_CAR, vehicles.TRANSFER
    for held in ("94 31 5", "94 1 5", "95 1 4", "95 5 1", "95 0 5", "95 1 13", "95 １ 5"):
        assert found_with(new, split("shogen_shodo", "gym", held)) == ["first_reg"], held
    assert found_with(new, split("shogen_shodo", "gym", "95 01 05")) == []
    # January 1989 was in both eras; December 1988 in one.
    assert found_with(old, split("shogen_shodo", "gym", "93 64 1")) == []
    assert found_with(old, split("shogen_shodo", "gym", "93 64 2")) == ["first_reg"]
    assert found_with(old, split("shogen_shodo", "gym", "93 63 1")) == ["first_reg"]


def test_a_transfer() -> None:
    case = vehicles.TRANSFER
    assert found_with(case, {"ido_kubun": "31"}) == ["report_kind"]
    assert found_with(case, swapped(case, ("shoyu_shimei", "ido_kyu_shimei"))) == ["owner_name", "old_owner_name"]
    assert found_with(case, swapped(case, ("shoyu_jusho", "ido_kyu_jusho"))) == ["owner_address", "old_owner_address"]
    assert found_with(case, {"ido_kyu_bango": "青波500ね1234"}) == ["old_plate"]
    assert found_with(case, {"ido_kyu_bango": "青波 500 ね 12-34"}) == ["old_plate"]
    assert found_with(case, day("ido_bi", "95 8 11 5")) == ["change_date"]
    assert found_with(case, {"ido_kyu_shimei": "(有)﨑田商店"}) == ["old_owner_name"]
    assert found_with(case, {"shogen_haiki": "5193"}) == ["displacement"]
    assert found_with(case, {"shogen_haiki": "5.19"}) == ["displacement"]
    assert found_with(case, {"gimusha_birth_g": "94", "gimusha_birth_y": "1"}) == ["taxpayer_birth"]


def test_a_new_home() -> None:
    case = vehicles.NEW_HOME
    assert found_with(case, swapped(case, ("shin_jusho", "kyu_jusho"))) == ["new_address", "old_address"]
    postal = [(f"shin_yubin_{part}", f"kyu_yubin_{part}") for part in "12"]
    assert found_with(case, swapped(case, *postal)) == ["new_postal", "old_postal"]
    assert found_with(case, {"kyu_yubin_1": ""}) == ["old_postal"]
    assert found_with(case, {"henko_toroku": "Y"}) == ["reg_plan"]
    assert found_with(case, day("henko_bi", "95 8 11 5")) == ["moved_date"]
    assert found_with(case, {"shin_katagaki": ""}) == ["new_katagaki"]


def test_a_parking_space() -> None:
    case = vehicles.PARKING
    assert found_with(case, {"uketsuke_keisatsu": "P11"}) == ["police"]
    assert found_with(case, swapped(case, ("basho_honkyo", "basho_ichi"))) == ["base_address", "park_address"]
    assert found_with(case, swapped(case, ("kuruma_nagasa", "kuruma_haba"))) == ["length_cm", "width_cm"]
    # Millimetres.
    assert found_with(case, {"kuruma_nagasa": "3395"}) == ["length_cm"]
    assert found_with(case, {"kuruma_takasa": "17"}) == ["height_cm"]
    assert found_with(case, {"kuruma_kubun": "S"}) == ["apply_kind"]
    assert found_with(case, {"basho_kengen": "1"}) == ["land_right"]
    assert found_with(case, {"kuruma_shadai": case.stored["kuruma_katashiki"]}) == ["chassis_no"]
    assert found_with(case, {"basho_kukaku": "Ｎｏ．１２"}) == ["park_slot"]
    phones = [(f"shinseisha_tel_{at}", f"shinseisha_renraku_tel_{at}") for at in "123"]
    assert found_with(case, swapped(case, *phones)) == ["applicant_tel", "contact_tel"]
    assert found_with(case, {"basho_hyosho": "12345"}) == ["label_no"]
    assert found_with(case, {"shinseisha_jusho": "汐見原市十一番町２丁目２２番６号"}) == ["applicant_address"]
