"""児童手当 after the first claim (額改定, 氏名住所等変更, 消滅, 現況): applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, day, numbered_rows, three, two, written

_HEAD = blank("""
    seiri_no uketsuke_kubun uketsuke_todokebi_g uketsuke_todokebi_y uketsuke_todokebi_m uketsuke_todokebi_d
    jukyusha_nintei_no jukyusha_kana jukyusha_shimei jukyusha_birth_g jukyusha_birth_y jukyusha_birth_m
    jukyusha_birth_d jukyusha_kojin_no jukyusha_tel_1 jukyusha_tel_2 jukyusha_tel_3
    jukyusha_yubin_1 jukyusha_yubin_2 jukyusha_jusho jukyusha_katagaki
""")
_CHILD = """
    jido{0}_shimei jido{0}_kana jido{0}_birth_g jido{0}_birth_y jido{0}_birth_m jido{0}_birth_d jido{0}_zokugara
    jido{0}_dokyo jido{0}_jusho jido{0}_kango jido{0}_seikei jido{0}_kojin_no jido{0}_sakujo
"""

# fmt: off
_SOMEBODY: Stored = {
    "jukyusha_nintei_no": "00412078", "jukyusha_kana": "ﾐﾔﾓﾄ ｼﾞｮｰｼﾞ", "jukyusha_shimei": "宮本　譲二",
    **day("jukyusha_birth", "4 1 1 8"), "jukyusha_kojin_no": "990060000018", **three("jukyusha_tel", "090 0021 6001"),
    **two("jukyusha_yubin", "000 0101"), "jukyusha_jusho": "汐見原市中央一丁目１４番８号",
    "jukyusha_katagaki": "髙台ハイツＢ棟１０１号室",
}
_SOMEBODY_SAYS = {
    "certificate_no": "00412078", "claimant_name": "宮本　譲二", "claimant_kana": "ミヤモト　ジョージ",
    "claimant_birth": "1989-01-08", "claimant_mynumber": "990060000018", "claimant_tel": "090-0021-6001",
    "claimant_postal": "0000101", "claimant_address": "汐見原市中央一丁目１４番８号",
    "claimant_katagaki": "髙台ハイツＢ棟１０１号室",
}

AMOUNT_CHANGE = written(
    "child_allowance_amount_change",
    "one child comes, one leaves, one goes abroad; three causes, three days, both sides of an era",
    "2026-11-05T19:25:00", ("02026110500301", "0009500301"), ("claimant", "1"),
    {
        "claim_date": "2026-11-05", "change_kind": "1", **_SOMEBODY_SAYS, "claimant_pension": "1",
        "children": [
            {
                "child_change": "1", "change_date": "2026-10-30", "change_reason": "1", "child_name": "宮本　心音",
                "child_kana": "ミヤモト　ココネ", "child_birth": "2026-10-30", "child_rel": "1", "child_live": "1",
                "child_address": "", "child_kango": "1", "child_seikei": "1", "child_mynumber": "990060000026",
            },
            {
                "child_change": "2", "change_date": "2026-11-01", "change_reason": "7", "child_name": "宮本　陽翔",
                "child_kana": "ミヤモト　ハルト", "child_birth": "2019-04-30", "child_rel": "2", "child_live": "2",
                "child_address": "東浜県青波市南町二丁目４番５号", "child_kango": "0", "child_seikei": "2",
                "child_mynumber": "",
            },
            {
                "child_change": "2", "change_date": "2026-10-02", "change_reason": "9", "child_name": "シュウ　エリ",
                "child_kana": "シュウ　エリ", "child_birth": "2019-05-01", "child_rel": "4", "child_live": "1",
                "child_address": "", "child_kango": "1", "child_seikei": "1", "child_mynumber": "",
            },
        ],
    },
    {
        **_HEAD,
        **numbered_rows(
            _CHILD + "jido{0}_ido jido{0}_ido_jiyu jido{0}_ido_bi_g jido{0}_ido_bi_y jido{0}_ido_bi_m jido{0}_ido_bi_d",
            4,
        ),
        "seiri_no": "02026110500301", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 5"), **_SOMEBODY,
        "jido1_ido": "1", "jido1_ido_jiyu": "011", **day("jido1_ido_bi", "5 8 10 30"), "jido1_shimei": "宮本　心音",
        "jido1_kana": "ミヤモト　ココネ", **day("jido1_birth", "5 8 10 30"), "jido1_zokugara": "01",
        "jido1_dokyo": "0", "jido1_kango": "1", "jido1_seikei": "1", "jido1_kojin_no": "990060000026",
        "jido2_ido": "9", "jido2_ido_jiyu": "022", **day("jido2_ido_bi", "5 8 11 1"), "jido2_shimei": "宮本　陽翔",
        "jido2_kana": "ミヤモト　ハルト", **day("jido2_birth", "4 31 4 30"), "jido2_zokugara": "02",
        "jido2_dokyo": "1", "jido2_jusho": "東浜県青波市南町二丁目４番５号", "jido2_kango": "0", "jido2_seikei": "2",
        "jido3_ido": "9", "jido3_ido_jiyu": "024", **day("jido3_ido_bi", "5 8 10 2"), "jido3_shimei": "シュウ　エリ",
        "jido3_kana": "シュウ　エリ", **day("jido3_birth", "5 1 5 1"), "jido3_zokugara": "06",
        "jido3_dokyo": "0", "jido3_kango": "1", "jido3_seikei": "1",
        "kaitei_kubun": "Z", "kaitei_nenkin": "02",
    },
)

_MOVED = blank("""
    ido_jiko ido_idosha_1 ido_idosha_2 ido_idosha_3 ido_bi_g ido_bi_y ido_bi_m ido_bi_d ido_riyu
    shin_kana shin_shimei shin_yubin_1 shin_yubin_2 shin_jusho shin_nenkin kyu_shimei kyu_jusho
""") | numbered_rows("jido{0}_shimei jido{0}_kubun jido{0}_sakujo", 5)

MARRIED = written(
    "child_allowance_name_address_change",
    "married and moved: new and old side by side, parent and children in the order of the form, no 認定番号",
    "2026-11-06T08:10:00", ("02026110600302", "0009500302"), ("claimant", "2"),
    {
        "notify_date": "2026-11-06", **_SOMEBODY_SAYS, "certificate_no": "", "subject": "3|1",
        "claimant_name": "髙橋　麻衣", "claimant_kana": "タカハシ　マイ", "claimant_mynumber": "",
        "change_item": "1|2|3", "change_date": "2026-11-03", "old_name": "小池　麻衣", "new_name": "髙橋　麻衣",
        "new_kana": "タカハシ　マイ", "old_address": "汐見原市港町８－１－２０２", "new_postal": "0000310",
        "new_address": "汐見原市一番町四丁目３番９号", "new_pension": "6", "change_reason": "1",
        "children": [
            {"child_name": "髙橋　律", "child_live": "1"}, {"child_name": "小池　凛", "child_live": "2"},
        ],
    },
    {
        **_HEAD, **_MOVED,
        "seiri_no": "02026110600302", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 6"), **_SOMEBODY,
        "jukyusha_nintei_no": "", "jukyusha_shimei": "髙橋　麻衣", "jukyusha_kana": "ﾀｶﾊｼ ﾏｲ", "jukyusha_kojin_no": "",
        "ido_jiko": ["11", "12", "21"], "ido_idosha_1": "J", "ido_idosha_2": "K", **day("ido_bi", "5 8 11 3"),
        "ido_riyu": "4", "shin_kana": "タカハシ　マイ", "shin_shimei": "髙橋　麻衣", **two("shin_yubin", "000 0310"),
        "shin_jusho": "汐見原市一番町四丁目３番９号", "shin_nenkin": "09", "kyu_shimei": "小池　麻衣",
        "kyu_jusho": "汐見原市港町８－１－２０２",
        "jido1_shimei": "髙橋　律", "jido1_kubun": "D", "jido2_shimei": "小池　凛", "jido2_kubun": "B",
    },
    reads_as={"subject": "1|3"},
)

_ENDED = blank("""
    shometsu_jiyu shometsu_jiyu_text shometsu_bi_g shometsu_bi_y shometsu_bi_m shometsu_bi_d
    shometsu_tenshutsu shometsu_kinmusaki
""") | numbered_rows(
    "jido{0}_shimei jido{0}_birth_g jido{0}_birth_y jido{0}_birth_m jido{0}_birth_d jido{0}_sakujo", 6
)

MOVED_AWAY = written(
    "child_allowance_extinction", "moves out next week with two children",
    "2026-11-09T12:00:30", ("02026110900303", "0009500303"), ("claimant", "1"),
    {
        "notify_date": "2026-11-09", **_SOMEBODY_SAYS, "extinct_date": "2026-11-16", "extinct_reason": "1",
        "extinct_reason_text": "", "new_address": "東浜県青波市南町二丁目４番５号", "employer": "",
        "children": [
            {"child_name": "宮本　結菜", "child_birth": "2015-02-28"},
            {"child_name": "宮本　大和", "child_birth": "2017-08-08"},
        ],
    },
    {
        **_HEAD, **_ENDED,
        "seiri_no": "02026110900303", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 9"), **_SOMEBODY,
        "shometsu_jiyu": "01", **day("shometsu_bi", "5 8 11 16"), "shometsu_tenshutsu": "東浜県青波市南町二丁目４番５号",
        "jido1_shimei": "宮本　結菜", **day("jido1_birth", "4 27 2 28"),
        "jido2_shimei": "宮本　大和", **day("jido2_birth", "4 29 8 8"),
    },
)

NO_GUARDIAN_ANY_MORE = written(
    "child_allowance_extinction", "another cause with the numbers 8 to 12 of the form, in words",
    "2026-11-09T12:05:00", ("02026110900304", "0009500304"), ("claimant", "1"),
    {
        "notify_date": "2026-11-09", **_SOMEBODY_SAYS, "extinct_date": "2026-11-01", "extinct_reason": "12",
        "extinct_reason_text": "配偶者が生計の中心者となったため", "new_address": "", "employer": "",
        "children": [{"child_name": "宮本　結菜", "child_birth": "2015-02-28"}],
    },
    {
        **_HEAD, **_ENDED,
        "seiri_no": "02026110900304", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 9"), **_SOMEBODY,
        "shometsu_jiyu": "99", "shometsu_jiyu_text": "配偶者が生計の中心者となったため", **day("shometsu_bi", "5 8 11 1"),
        "jido1_shimei": "宮本　結菜", **day("jido1_birth", "4 27 2 28"),
    },
)

_REPORT = blank("""
    jokyo_nenkin jokyo_shokugyo jokyo_jan1_jusho jokyo_joto haigusha_umu haigusha_chiku haigusha_shimei
    haigusha_shokugyo
""") | numbered_rows(_CHILD + "jido{0}_shukkoku", 5)

STATUS = written(
    "child_allowance_status", "a child that studies abroad, spouse registered elsewhere, self-employed",
    "2026-11-10T23:58:00", ("02026111000305", "0009500305"), ("claimant", "1"),
    {
        "notify_date": "2026-11-10", **_SOMEBODY_SAYS, "claimant_addr_jan1": "東浜県青波市北町１－２－３",
        "claimant_job": "3", "claimant_pension": "2", "spouse_exists": "1", "spouse_name": "宮本　彩", "spouse_job": "1",
        "spouse_jan1_area": "2",
        "children": [
            {
                "child_name": "宮本　司", "child_kana": "ミヤモト　ツカサ", "child_birth": "2010-06-01", "child_rel": "1",
                "child_live": "2", "child_address": "東浜県青波市北町１－２－３　学生寮２１２", "child_kango": "1",
                "child_seikei": "2", "child_mynumber": "990060000034", "study_abroad_ym": "2025-09",
            },
            {
                "child_name": "宮本　結菜", "child_kana": "ミヤモト　ユイナ", "child_birth": "2015-02-28",
                "child_rel": "5", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "", "study_abroad_ym": "",
            },
        ],
        "capital_gain": "",
    },
    {
        **_HEAD, **_REPORT,
        "seiri_no": "02026111000305", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 10"), **_SOMEBODY,
        "jokyo_nenkin": "01", "jokyo_shokugyo": "30", "jokyo_jan1_jusho": "東浜県青波市北町１－２－３",
        "haigusha_umu": "1", "haigusha_chiku": "G", "haigusha_shimei": "宮本　彩", "haigusha_shokugyo": "10",
        "jido1_shimei": "宮本　司", "jido1_kana": "ミヤモト　ツカサ", **day("jido1_birth", "4 22 6 1"),
        "jido1_zokugara": "01", "jido1_dokyo": "1", "jido1_jusho": "東浜県青波市北町１－２－３　学生寮２１２",
        "jido1_kango": "1", "jido1_seikei": "2", "jido1_kojin_no": "990060000034", "jido1_shukkoku": "202509",
        "jido2_shimei": "宮本　結菜", "jido2_kana": "ミヤモト　ユイナ", **day("jido2_birth", "4 27 2 28"),
        "jido2_zokugara": "07", "jido2_dokyo": "0", "jido2_kango": "1", "jido2_seikei": "1",
    },
    reads_as={"capital_gain": "0"},
)

STATUS_ALONE = written(
    "child_allowance_status", "no spouse, who is registered in the town all the same; a capital gain",
    "2026-11-10T09:00:00", ("02026111000306", "0009500306"), ("claimant", "1"),
    {
        "notify_date": "2026-11-10", **_SOMEBODY_SAYS, "certificate_no": "", "claimant_addr_jan1": "",
        "claimant_job": "1", "claimant_pension": "7", "spouse_exists": "0", "spouse_name": "", "spouse_job": "",
        "spouse_jan1_area": "1",
        "children": [
            {
                "child_name": "宮本　結菜", "child_kana": "ミヤモト　ユイナ", "child_birth": "2015-02-28",
                "child_rel": "3", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "", "study_abroad_ym": "",
            },
        ],
        "capital_gain": "1",
    },
    {
        **_HEAD, **_REPORT,
        "seiri_no": "02026111000306", "uketsuke_kubun": "9", **day("uketsuke_todokebi", "5 8 11 10"), **_SOMEBODY,
        "jukyusha_nintei_no": "", "jokyo_nenkin": "08", "jokyo_shokugyo": "10", "jokyo_joto": "1",
        "haigusha_umu": "2", "haigusha_chiku": "S",
        "jido1_shimei": "宮本　結菜", "jido1_kana": "ミヤモト　ユイナ", **day("jido1_birth", "4 27 2 28"),
        "jido1_zokugara": "05", "jido1_dokyo": "0", "jido1_kango": "1", "jido1_seikei": "1",
    },
)
# fmt: on

CASES = (AMOUNT_CHANGE, MARRIED, MOVED_AWAY, NO_GUARDIAN_ANY_MORE, STATUS, STATUS_ALONE)
