"""自動車税 and 保管場所証明 on the prefecture's 自動車手続システム: applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, day, split, three, two, written

_PLATE = """
    seiri_no uketsuke_hi_g uketsuke_hi_y uketsuke_hi_m uketsuke_hi_d uketsuke_keiro
    bango_kyoku bango_bunrui bango_kana bango_ichiren bango_shadai
"""
_CAR = """
    gimusha_kana gimusha_shimei gimusha_birth_g gimusha_birth_y gimusha_birth_m gimusha_birth_d gimusha_kojin_no
    gimusha_yubin_1 gimusha_yubin_2 gimusha_jusho gimusha_katagaki gimusha_tel_1 gimusha_tel_2 gimusha_tel_3
    shoyu_keitai shoyu_shimei shoyu_jusho shiyo_shimei shiyo_jusho shogen_shamei shogen_katashiki
    shogen_shodo_g shogen_shodo_y shogen_shodo_m shogen_nenryo shogen_haiki shogen_teiin shogen_eiji shogen_teichi
"""
_ENVIRONMENT = blank(_PLATE + _CAR) | blank("""
    uketsuke_kubun shutoku_bi_g shutoku_bi_y shutoku_bi_m shutoku_bi_d shutoku_genin shutoku_kakaku shutoku_fuka
    zei_ritsu zei_kankyo zei_shubetsu zei_gokei
""")
_REPORT = blank(_PLATE + _CAR) | blank("""
    ido_kubun ido_bi_g ido_bi_y ido_bi_m ido_bi_d ido_kyu_shimei ido_kyu_jusho ido_kyu_bango ido_hokokusha
""")
_MOVED = blank(_PLATE) | blank("""
    gimusha_shimei gimusha_kana gimusha_tel_1 gimusha_tel_2 gimusha_tel_3 shin_yubin_1 shin_yubin_2 shin_jusho
    shin_katagaki kyu_yubin_1 kyu_yubin_2 kyu_jusho henko_bi_g henko_bi_y henko_bi_m henko_bi_d henko_toroku
""")
_PARKING = blank("""
    seiri_no uketsuke_hi_g uketsuke_hi_y uketsuke_hi_m uketsuke_hi_d uketsuke_keiro uketsuke_keisatsu
    shinseisha_shimei shinseisha_kana shinseisha_yubin_1 shinseisha_yubin_2 shinseisha_jusho shinseisha_katagaki
    shinseisha_tel_1 shinseisha_tel_2 shinseisha_tel_3 shinseisha_renraku shinseisha_renraku_tel_1
    shinseisha_renraku_tel_2 shinseisha_renraku_tel_3 kuruma_shamei kuruma_katashiki kuruma_shadai kuruma_nagasa
    kuruma_haba kuruma_takasa kuruma_kubun kuruma_kyu_bango basho_honkyo basho_ichi basho_kukaku basho_kengen basho_hyosho
""")

# fmt: off
_OWNER: Stored = {
    "gimusha_kana": "ｵｵﾓﾘ ｼｭﾝ", "gimusha_shimei": "大森　俊", **day("gimusha_birth", "93 64 1 7"),
    "gimusha_kojin_no": "990060000131", **two("gimusha_yubin", "000 0311"), "gimusha_jusho": "汐見原市十一番町２－２２－６",
    "gimusha_katagaki": "汐見コーポ１０１号", **three("gimusha_tel", "0123 00 6061"),
}
_OWNER_SAYS = {
    "taxpayer_name": "大森　俊", "taxpayer_kana": "オオモリ　シュン", "taxpayer_birth": "1989-01-07",
    "taxpayer_postal": "0000311", "taxpayer_address": "汐見原市十一番町２－２２－６",
    "taxpayer_katagaki": "汐見コーポ１０１号", "taxpayer_tel": "0123-00-6061", "taxpayer_mynumber": "990060000131",
}

NEW_CAR = written(
    "vehicle_env_tax", "a dealer keeps the title; 電気, amounts from nothing to millions, first month of 令和",
    "2026-11-05T09:45:00", ("02026110500361", "0009500361"), ("taxpayer", "1"),
    {
        "report_date": "2026-11-05", "report_kind": "2", "plate_office": "汐見", "plate_class": "30A", "plate_kana": "さ",
        "plate_no": "7", "chassis_no": "IO01-0110001123", **_OWNER_SAYS, "owner_name": "㈱汐見原オートリース",
        "owner_address": "東浜県汐見原市港町１２番地", "user_name": "大森　俊", "user_address": "汐見原市十一番町２－２２－６",
        "ownership_form": "4", "garage_place": "汐見原市", "use_kind": "2", "car_name": "日産", "model": "ZAA-ZE1",
        "first_reg": "2019-05", "fuel": "3", "displacement": "85", "seats": "5", "acquire_cause": "2",
        "acquire_date": "2026-10-31", "acquire_price": "1234000", "accessory": "", "tax_rate": "30", "env_tax": "37000",
        "type_tax": "0", "total_tax": "37000",
    },
    {
        **_ENVIRONMENT, "seiri_no": "02026110500361", **day("uketsuke_hi", "95 8 11 5"), "uketsuke_keiro": "30",
        "uketsuke_kubun": "12", "bango_kyoku": "SM", "bango_bunrui": "30A", "bango_kana": "さ", "bango_ichiren": "7",
        "bango_shadai": "IO01-0110001123", **_OWNER, "shoyu_keitai": "L", "shoyu_shimei": "㈱汐見原オートリース",
        "shoyu_jusho": "東浜県汐見原市港町１２番地", "shiyo_shimei": "大森　俊", "shiyo_jusho": "汐見原市十一番町２－２２－６",
        "shogen_shamei": "日産", "shogen_katashiki": "ZAA-ZE1", **split("shogen_shodo", "gym", "95 1 5"),
        "shogen_nenryo": "E", "shogen_haiki": "85", "shogen_teiin": "5", "shogen_eiji": "B", "shogen_teichi": "汐見原市",
        **day("shutoku_bi", "95 8 10 31"), "shutoku_genin": "3", "shutoku_kakaku": "1,234,000", "zei_ritsu": "T3",
        "zei_kankyo": "37,000", "zei_shubetsu": "0", "zei_gokei": "37,000",
    },
)

TRANSFER = written(
    "vehicle_tax_report", "from hand to hand, an old car of the month in which 昭和 ended, for business",
    "2026-11-05T09:50:00", ("02026110500362", "0009500362"), ("taxpayer", "1"),
    {
        "report_date": "2026-11-05", "report_kind": "3", "plate_office": "東浜", "plate_class": "580", "plate_kana": "ね",
        "plate_no": "2480", "chassis_no": "ZVW30-1O10011456", **_OWNER_SAYS, "taxpayer_mynumber": "",
        "owner_name": "大森　俊", "owner_address": "汐見原市十一番町２－２２－６", "user_name": "", "user_address": "",
        "ownership_form": "1", "garage_place": "汐見原市", "use_kind": "1", "car_name": "いすゞ", "model": "2RG-FRR90",
        "first_reg": "1989-01", "fuel": "2", "displacement": "5.193", "seats": "", "change_date": "2026-11-01",
        "old_owner_name": "㈲﨑田商店", "old_owner_address": "東浜県青波市北町１－２－３", "old_plate": "青波 500 ね 1234",
        "reporter_name": "大森　俊",
    },
    {
        **_REPORT, "seiri_no": "02026110500362", **day("uketsuke_hi", "95 8 11 5"), "uketsuke_keiro": "30",
        "bango_kyoku": "HG", "bango_bunrui": "580", "bango_kana": "ね", "bango_ichiren": "2480",
        "bango_shadai": "ZVW30-1O10011456", **_OWNER, "gimusha_kojin_no": "", "shoyu_keitai": "J",
        "shoyu_shimei": "大森　俊", "shoyu_jusho": "汐見原市十一番町２－２２－６", "shogen_shamei": "いすゞ",
        "shogen_katashiki": "2RG-FRR90", **split("shogen_shodo", "gym", "94 1 1"), "shogen_nenryo": "D",
        "shogen_haiki": "5.193", "shogen_eiji": "A", "shogen_teichi": "汐見原市", "ido_kubun": "21",
        **day("ido_bi", "95 8 11 1"), "ido_kyu_shimei": "㈲﨑田商店", "ido_kyu_jusho": "東浜県青波市北町１－２－３",
        "ido_kyu_bango": "青波 500 ね 1234", "ido_hokokusha": "大森　俊",
    },
)

NEW_HOME = written(
    "vehicle_tax_address_change", "old and new address, each with its postal code; 未定",
    "2026-11-05T09:55:00", ("02026110500363", "0009500363"), ("taxpayer", "1"),
    {
        "notify_date": "2026-11-05", "plate_office": "青波", "plate_class": "33X", "plate_kana": "ろ", "plate_no": "12",
        "chassis_no": "MK53S-1I00110789", "taxpayer_name": "大森　俊", "taxpayer_kana": "オオモリ　シュン",
        "old_postal": "0000701", "old_address": "東浜県青波市南町二丁目４番５号", "new_postal": "0000311",
        "new_address": "汐見原市十一番町２－２２－６", "new_katagaki": "汐見コーポ１０１号", "moved_date": "2026-10-01",
        "tel": "0123-00-6061", "reg_plan": "3",
    },
    {
        **_MOVED, "seiri_no": "02026110500363", **day("uketsuke_hi", "95 8 11 5"), "uketsuke_keiro": "30",
        "bango_kyoku": "AN", "bango_bunrui": "33X", "bango_kana": "ろ", "bango_ichiren": "12",
        "bango_shadai": "MK53S-1I00110789", "gimusha_shimei": "大森　俊", "gimusha_kana": "ｵｵﾓﾘ ｼｭﾝ",
        **three("gimusha_tel", "0123 00 6061"), **two("shin_yubin", "000 0311"), "shin_jusho": "汐見原市十一番町２－２２－６",
        "shin_katagaki": "汐見コーポ１０１号", **two("kyu_yubin", "000 0701"), "kyu_jusho": "東浜県青波市南町二丁目４番５号",
        **day("henko_bi", "95 8 10 1"), "henko_toroku": "M",
    },
)

PARKING = written(
    "parking_space_certificate", "another's land, in place of an old car, a dealer to be called",
    "2026-11-05T09:59:00", ("02026110500364", "0009500364"), ("applicant", "1"),
    {
        "apply_date": "2026-11-05", "police": "汐見原警察署", "car_name": "スズキ", "model": "4AA-MK53S", "chassis_no": "",
        "length_cm": "339", "width_cm": "147", "height_cm": "178", "base_address": "汐見原市十一番町２－２２－６",
        "park_address": "汐見原市港町１２番地", "park_slot": "No.12", "label_no": "", "applicant_name": "大森　俊",
        "applicant_kana": "オオモリ　シュン", "applicant_postal": "0000311",
        "applicant_address": "汐見原市十一番町２－２２－６", "applicant_katagaki": "汐見コーポ１０１号",
        "applicant_tel": "0123-00-6061", "land_right": "2", "apply_kind": "2", "old_plate": "東浜 300 さ 2480",
        "contact_name": "東浜みなも自動車販売　原田", "contact_tel": "0123-00-7700",
    },
    {
        **_PARKING, "seiri_no": "02026110500364", **day("uketsuke_hi", "95 8 11 5"), "uketsuke_keiro": "30",
        "uketsuke_keisatsu": "P21", "shinseisha_shimei": "大森　俊", "shinseisha_kana": "ｵｵﾓﾘ ｼｭﾝ",
        **two("shinseisha_yubin", "000 0311"), "shinseisha_jusho": "汐見原市十一番町２－２２－６",
        "shinseisha_katagaki": "汐見コーポ１０１号", **three("shinseisha_tel", "0123 00 6061"),
        "shinseisha_renraku": "東浜みなも自動車販売　原田", **three("shinseisha_renraku_tel", "0123 00 7700"),
        "kuruma_shamei": "スズキ", "kuruma_katashiki": "4AA-MK53S", "kuruma_nagasa": "339", "kuruma_haba": "147",
        "kuruma_takasa": "178", "kuruma_kubun": "D", "kuruma_kyu_bango": "東浜 300 さ 2480",
        "basho_honkyo": "汐見原市十一番町２－２２－６", "basho_ichi": "汐見原市港町１２番地", "basho_kukaku": "No.12",
        "basho_kengen": "2",
    },
)
# fmt: on

CASES = (NEW_CAR, TRANSFER, NEW_HOME, PARKING)
