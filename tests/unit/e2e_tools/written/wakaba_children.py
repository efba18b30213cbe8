"""保育 and 児童扶養手当 on わかば: applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, day, numbered_rows, split, three, two, written

_PERSON = """
    {0}_shimei {0}_kana {0}_birth_g {0}_birth_y {0}_birth_m {0}_birth_d {0}_kojin_no {0}_tel_1 {0}_tel_2 {0}_tel_3
    {0}_yubin_1 {0}_yubin_2 {0}_jusho {0}_katagaki
"""
_PARENT = """
    {0}_umu {0}_jiyu {0}_shimei {0}_kana {0}_birth_g {0}_birth_y {0}_birth_m {0}_birth_d {0}_kojin_no {0}_kinmusaki
    {0}_nissu {0}_jikan {0}_tel_1 {0}_tel_2 {0}_tel_3
"""
_HEAD = blank("""
    seiri_no uketsuke_uketsukebi_g uketsuke_uketsukebi_y uketsuke_uketsukebi_m uketsuke_uketsukebi_d uketsuke_keiro
""")
_CARE = (
    _HEAD
    | blank(_PERSON.format("hogosha") + _PARENT.format("chichi") + _PARENT.format("haha"))
    | blank("jido_shimei jido_kana jido_seibetsu jido_birth_g jido_birth_y jido_birth_m jido_birth_d")
    | numbered_rows(
        """setai{0}_shimei setai{0}_zokugara setai{0}_birth_g setai{0}_birth_y setai{0}_birth_m setai{0}_birth_d
        setai{0}_shokugyo""",
        6,
    )
)
_CERTIFICATION = _CARE | blank("""
    uketsuke_kubun jido_kojin_no jido_techo nintei_hoiku nintei_kubun nintei_jikan nintei_kara_g nintei_kara_y
    nintei_kara_m nintei_kara_d nintei_made_g nintei_made_y nintei_made_m nintei_made_d zei_seiho zei_jan1_jusho zei_doi
""")
_NURSERY = (
    _CARE
    | blank("""
    jido_kojin_no jido_techo kibo_kaishi_g kibo_kaishi_y kibo_kaishi_m kibo_kaishi_d kibo_shuryo_g kibo_shuryo_y
    kibo_shuryo_m kibo_shuryo_d kibo_yobi kibo_kara_h kibo_kara_m kibo_made_h kibo_made_m
    jokyo_hoiku jokyo_kyodai jokyo_kyodai_joken jokyo_kenko jokyo_doi
""")
    | numbered_rows("shisetsu{0}_juni shisetsu{0}_en_cd shisetsu{0}_en_nm shisetsu{0}_riyu", 5)
)
_STATUS = _CARE | blank("uketsuke_nintei_no zaien_en zaien_keizoku zaien_henko zaien_naiyo")

# fmt: off
_FAMILY: Stored = {
    "uketsuke_keiro": "D", "hogosha_shimei": "眞鍋　奈津子", "hogosha_kana": "ﾏﾅﾍﾞ ﾅﾂｺ", **day("hogosha_birth", "heisei 5 3 9"),
    "hogosha_kojin_no": "990060000093", **three("hogosha_tel", "090 0021 6051"), **two("hogosha_yubin", "000 0415"),
    "hogosha_jusho": "汐見原市沖ノ﨑１－２－３", "hogosha_katagaki": "グリーンヒルズ１０２",
    "jido_shimei": "眞鍋　蓮", "jido_kana": "ﾏﾅﾍﾞ ﾚﾝ", "jido_seibetsu": "m", **day("jido_birth", "reiwa 5 12 31"),
    "chichi_umu": "1", "chichi_jiyu": "R10", "chichi_shimei": "眞鍋　ジョージ", "chichi_kana": "ﾏﾅﾍﾞ ｼﾞｮｰｼﾞ",
    **day("chichi_birth", "showa 63 7 1"), "chichi_kojin_no": "990060000107", "chichi_kinmusaki": "㈲髙田工務店",
    "chichi_nissu": "5", "chichi_jikan": "22:00～翌7:00", **three("chichi_tel", "0123 00 6052"),
    "haha_umu": "1", "haha_jiyu": "R85", "haha_shimei": "眞鍋　奈津子", "haha_kana": "ﾏﾅﾍﾞ ﾅﾂｺ",
    **day("haha_birth", "heisei 5 3 9"), "haha_kinmusaki": "医療法人なぎさ会",
    "setai1_shimei": "眞鍋　ジョージ", "setai1_zokugara": "11", **day("setai1_birth", "showa 63 7 1"),
    "setai1_shokugyo": "会社員",
    "setai2_shimei": "眞鍋　奈津子", "setai2_zokugara": "12", **day("setai2_birth", "heisei 5 3 9"),
    "setai3_shimei": "眞鍋　葵", "setai3_zokugara": "22", **day("setai3_birth", "reiwa 1 5 1"),
    "setai3_shokugyo": "汐見原小学校",
}
_FAMILY_SAYS = {
    "guardian_name": "眞鍋　奈津子", "guardian_kana": "マナベ　ナツコ", "guardian_birth": "1993-03-09",
    "guardian_postal": "0000415", "guardian_address": "汐見原市沖ノ﨑１－２－３", "guardian_katagaki": "グリーンヒルズ１０２",
    "guardian_tel": "090-0021-6051", "guardian_mynumber": "990060000093", "child_name": "眞鍋　蓮",
    "child_kana": "マナベ　レン", "child_birth": "2023-12-31", "child_sex": "1",
    "father_name": "眞鍋　ジョージ", "father_kana": "マナベ　ジョージ", "father_birth": "1988-07-01",
    "father_mynumber": "990060000107", "father_reason": "1", "father_employer": "㈲髙田工務店", "father_work_days": "5",
    "father_work_time": "22:00～翌7:00", "father_tel": "0123-00-6052",
    "mother_name": "眞鍋　奈津子", "mother_kana": "マナベ　ナツコ", "mother_birth": "1993-03-09", "mother_mynumber": "",
    "mother_reason": "9", "mother_employer": "医療法人なぎさ会", "mother_work_days": "", "mother_work_time": "",
    "mother_tel": "",
}
_NO_FATHER: Stored = {
    "chichi_umu": "0", "chichi_jiyu": "", "chichi_shimei": "", "chichi_kana": "", "chichi_birth_g": "",
    "chichi_birth_y": "", "chichi_birth_m": "", "chichi_birth_d": "", "chichi_kojin_no": "", "chichi_kinmusaki": "",
    "chichi_nissu": "", "chichi_jikan": "", "chichi_tel_1": "", "chichi_tel_2": "", "chichi_tel_3": "",
}
_NO_FATHER_SAYS = {
    "father_name": "", "father_kana": "", "father_birth": "", "father_mynumber": "", "father_reason": "",
    "father_employer": "", "father_work_days": "", "father_work_time": "", "father_tel": "",
}


def _members() -> list[dict[str, str]]:
    return [
        {"member_name": "眞鍋　ジョージ", "member_rel": "1", "member_birth": "1988-07-01", "member_occupation": "会社員"},
        {"member_name": "眞鍋　奈津子", "member_rel": "2", "member_birth": "1993-03-09", "member_occupation": ""},
        {"member_name": "眞鍋　葵", "member_rel": "4", "member_birth": "2019-05-01", "member_occupation": "汐見原小学校"},
    ]


CERTIFICATION = written(
    "childcare_certification", "２号, 短時間, change of a certificate; the mother is the guardian too; a disabled child",
    "2026-11-04T18:00:00", ("02026110400351", "0009500351"), ("guardian", "2"),
    {
        "apply_date": "2026-11-04", "apply_kind": "2", **_FAMILY_SAYS, "child_mynumber": "990060000115",
        "child_disability": "1", "hoiku_wish": "1", "cert_class": "2", "need_hours": "2", "use_from": "2027-04-01",
        "use_to": "2028-03-31", "members": _members(), "welfare": "0", "tax_addr_jan1": "東浜県青波市南町二丁目４番５号",
        "consent_tax": "1",
    },
    {
        **_CERTIFICATION, **_FAMILY, "seiri_no": "02026110400351", **day("uketsuke_uketsukebi", "reiwa 8 11 4"),
        "uketsuke_kubun": "2H", "jido_kojin_no": "990060000115", "jido_techo": "ari", "nintei_hoiku": "ari",
        "nintei_kubun": "N2", "nintei_jikan": "SHT", **day("nintei_kara", "reiwa 9 4 1"),
        **day("nintei_made", "reiwa 10 3 31"), "zei_seiho": "nasi", "zei_jan1_jusho": "東浜県青波市南町二丁目４番５号",
        "zei_doi": "1",
    },
)

NURSERY = written(
    "nursery_application", "three wishes, a namesake over the border first; times with a zero in front; no father",
    "2026-11-04T18:10:00", ("02026110400352", "0009500352"), ("guardian", "2"),
    {
        "apply_date": "2026-11-04", **_FAMILY_SAYS, **_NO_FATHER_SAYS, "child_mynumber": "", "child_disability": "0",
        "use_from": "2027-04-01", "use_to": "", "use_days": "1|3|6", "use_time_from": "08:45", "use_time_to": "17:30",
        "wishes": [
            {"wish_order": "1", "wish_facility": "みどり保育園", "wish_facility_code": "0399001", "wish_reason": "通勤の途中"},
            {"wish_order": "2", "wish_facility": "みどり保育園", "wish_facility_code": "0301004", "wish_reason": ""},
            {"wish_order": "3", "wish_facility": "認定こども園　沖ノ﨑", "wish_facility_code": "0301007", "wish_reason": ""},
        ],
        "sibling_apply": "1", "sibling_policy": "2", "current_care": "6",
        "allergy": "卵・乳アレルギーがあります。\nエピペンを持参します。", "members": _members()[1:], "consent": "1",
    },
    {
        **_NURSERY, **_FAMILY, **_NO_FATHER, "seiri_no": "02026110400352", **day("uketsuke_uketsukebi", "reiwa 8 11 4"),
        "jido_techo": "nasi", **day("kibo_kaishi", "reiwa 9 4 1"), "kibo_yobi": ["w1", "w3", "w6"],
        **split("kibo_kara", "hm", "8 45"), **split("kibo_made", "hm", "17 30"),
        "shisetsu1_juni": "1", "shisetsu1_en_cd": "0399001", "shisetsu1_en_nm": "みどり保育園",
        "shisetsu1_riyu": "通勤の途中",
        "shisetsu2_juni": "2", "shisetsu2_en_cd": "0301004", "shisetsu2_en_nm": "みどり保育園",
        "shisetsu3_juni": "3", "shisetsu3_en_cd": "0301007", "shisetsu3_en_nm": "認定こども園 沖ノ﨑",
        "jokyo_hoiku": "K9", "jokyo_kyodai": "ari", "jokyo_kyodai_joken": "S2",
        "jokyo_kenko": "卵・乳アレルギーがあります。\nエピペンを持参します。", "jokyo_doi": "1",
        "setai1_shimei": "眞鍋　奈津子", "setai1_zokugara": "12", **day("setai1_birth", "heisei 5 3 9"),
        "setai1_shokugyo": "",
        "setai2_shimei": "眞鍋　葵", "setai2_zokugara": "22", **day("setai2_birth", "reiwa 1 5 1"),
        "setai2_shokugyo": "汐見原小学校",
        "setai3_shimei": "", "setai3_zokugara": "", "setai3_birth_g": "", "setai3_birth_y": "", "setai3_birth_m": "",
        "setai3_birth_d": "", "setai3_shokugyo": "",
    },
    reads_as={
        "wishes": [
            {"wish_order": "1", "wish_facility": "みどり保育園", "wish_facility_code": "0399001", "wish_reason": "通勤の途中"},
            {"wish_order": "2", "wish_facility": "みどり保育園", "wish_facility_code": "0301004", "wish_reason": ""},
            {"wish_order": "3", "wish_facility": "認定こども園 沖ノ﨑", "wish_facility_code": "0301007", "wish_reason": ""},
        ],
    },
)

STATUS = written(
    "nursery_status", "leaves the nursery, a change in two lines",
    "2026-11-04T18:20:00", ("02026110400353", "0009500353"), ("guardian", "2"),
    {
        "notify_date": "2026-11-04", "cert_no": "00123456", **_FAMILY_SAYS, "facility": "認定こども園 なぎさ",
        "continue_wish": "0", "change_flag": "1", "change_detail": "４月に転職しました。\n就労証明書を添付します。",
        "members": _members(),
    },
    {
        **_STATUS, **_FAMILY, "seiri_no": "02026110400353", **day("uketsuke_uketsukebi", "reiwa 8 11 4"),
        "uketsuke_nintei_no": "00123456", "zaien_en": "認定こども園 なぎさ", "zaien_keizoku": "E", "zaien_henko": "ari",
        "zaien_naiyo": "４月に転職しました。\n就労証明書を添付します。",
    },
)

_REARING = (
    _HEAD
    | blank(_PERSON.format("jukyusha"))
    | blank("""
    uketsuke_shosho_no seikatsu_jukyo seikatsu_shokugyo seikatsu_nenkin seikatsu_nenkin_shurui shotoku_gaku
    shotoku_fuyo shotoku_yoikuhi_hon shotoku_yoikuhi_ji shinsa_jotai
""")
    | numbered_rows(
        """jido{0}_shimei jido{0}_birth_g jido{0}_birth_y jido{0}_birth_m jido{0}_birth_d jido{0}_zokugara jido{0}_dokyo
        jido{0}_jiyu""",
        5,
    )
    | numbered_rows("fuyo{0}_shimei fuyo{0}_zokugara fuyo{0}_kojin_no", 3)
)

REARING = written(
    "child_rearing_allowance_status", "two children with causes of their own, both grandparents at home, a pension",
    "2026-11-04T18:30:00", ("02026110400354", "0009500354"), ("claimant", "2"),
    {
        "notify_date": "2026-11-04", "certificate_no": "0123456", "claimant_name": "國分　由美",
        "claimant_kana": "コクブン　ユミ", "claimant_birth": "1987-02-03", "claimant_postal": "0000102",
        "claimant_address": "汐見原市中央二丁目５番１号", "claimant_katagaki": "", "claimant_tel": "0123-00-6055",
        "claimant_mynumber": "", "occupation": "パート（汐見原スーパー）", "pension": "2",
        "pension_kind": "遺族基礎年金　0123-456789", "support_claimant": "240000", "support_child": "", "dependents": "2",
        "income": "0", "house": "2",
        "children": [
            {
                "child_name": "國分　湊", "child_birth": "2010-04-01", "child_rel": "1", "child_live": "2",
                "child_reason": "2",
            },
            {
                "child_name": "國分　咲良", "child_birth": "2016-12-25", "child_rel": "4", "child_live": "1",
                "child_reason": "8",
            },
        ],
        "supporters": [
            {"supporter_name": "國分　正雄", "supporter_rel": "父", "supporter_mynumber": "990060000123"},
            {"supporter_name": "國分　千代子", "supporter_rel": "母", "supporter_mynumber": ""},
        ],
    },
    {
        **_REARING, "seiri_no": "02026110400354", **day("uketsuke_uketsukebi", "reiwa 8 11 4"), "uketsuke_keiro": "D",
        "uketsuke_shosho_no": "0123456", "jukyusha_shimei": "國分　由美", "jukyusha_kana": "ｺｸﾌﾞﾝ ﾕﾐ",
        **day("jukyusha_birth", "showa 62 2 3"), **three("jukyusha_tel", "0123 00 6055"),
        **two("jukyusha_yubin", "000 0102"), "jukyusha_jusho": "汐見原市中央二丁目５番１号", "seikatsu_jukyo": "H2",
        "seikatsu_shokugyo": "パート（汐見原スーパー）", "seikatsu_nenkin": "P1",
        "seikatsu_nenkin_shurui": "遺族基礎年金　0123-456789", "shotoku_gaku": "0", "shotoku_fuyo": "2",
        "shotoku_yoikuhi_hon": "240000",
        "jido1_shimei": "國分　湊", **day("jido1_birth", "heisei 22 4 1"), "jido1_zokugara": "C1", "jido1_dokyo": "B",
        "jido1_jiyu": "02",
        "jido2_shimei": "國分　咲良", **day("jido2_birth", "heisei 28 12 25"), "jido2_zokugara": "C4", "jido2_dokyo": "D",
        "jido2_jiyu": "08",
        "fuyo1_shimei": "國分　正雄", "fuyo1_zokugara": "父", "fuyo1_kojin_no": "990060000123",
        "fuyo2_shimei": "國分　千代子", "fuyo2_zokugara": "母", "shinsa_jotai": "11",
    },
)
# fmt: on

CASES = (CERTIFICATION, NURSERY, STATUS, REARING)
