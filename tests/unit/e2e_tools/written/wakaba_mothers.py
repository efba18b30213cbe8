"""妊娠届出 on わかば: applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import blank, day, three, two, written

_BLANK = blank("""
    seiri_no uketsuke_todokebi_g uketsuke_todokebi_y uketsuke_todokebi_m uketsuke_todokebi_d uketsuke_keiro
    ninpu_kana ninpu_shimei ninpu_birth_g ninpu_birth_y ninpu_birth_m ninpu_birth_d ninpu_yubin_1 ninpu_yubin_2
    ninpu_jusho ninpu_katagaki ninpu_tel_1 ninpu_tel_2 ninpu_tel_3 ninpu_kojin_no ninpu_shokugyo ninpu_setainushi
    ninpu_partner ninshin_yotei_g ninshin_yotei_y ninshin_yotei_m ninshin_yotei_d ninshin_shu ninshin_tanta
    ninshin_keiken ninshin_iryokikan ninshin_ishi ninshin_seibyo ninshin_kekkaku
    mendan_kibobi_g mendan_kibobi_y mendan_kibobi_m mendan_kibobi_d mendan_kitsuen mendan_jotai
""") | {"uketsuke_tempu": []}

# fmt: off
TWINS = written(
    "pregnancy_notification", "twins, one check-up done and one not, husband and wife each in their place, a paper",
    "2026-11-20T00:05:00", ("02026112000341", "0009500341"), ("mother", "2"),
    {
        "notify_date": "2026-11-20", "mother_name": "廣瀨　美穂", "mother_kana": "ヒロセ　ミホ", "mother_birth": "1998-11-20",
        "mother_postal": "0000501", "mother_address": "汐見原市大字新田１０２４", "mother_katagaki": "",
        "mother_tel": "080-0065-6041", "mother_mynumber": "990060000085", "occupation": "看護師",
        "household_head": "廣瀨　亮", "weeks": "9", "due_date": "2027-06-25", "multiple": "2", "clinic": "汐見原市民病院",
        "doctor": "渚　美咲", "std_check": "1", "tb_check": "2", "first_birth": "2", "partner_name": "廣瀨　拓也",
        "interview_date": "2026-12-01", "smoking": "0",
    },
    {
        **_BLANK, "seiri_no": "02026112000341", **day("uketsuke_todokebi", "reiwa 8 11 20"), "uketsuke_keiro": "D",
        "uketsuke_tempu": ["妊娠届出書.pdf"], "ninpu_kana": "ヒロセ　ミホ", "ninpu_shimei": "廣瀨　美穂",
        **day("ninpu_birth", "heisei 10 11 20"), **two("ninpu_yubin", "000 0501"), "ninpu_jusho": "汐見原市大字新田１０２４",
        **three("ninpu_tel", "080 0065 6041"), "ninpu_kojin_no": "990060000085", "ninpu_shokugyo": "看護師",
        "ninpu_setainushi": "廣瀨　亮", "ninpu_partner": "廣瀨　拓也", **day("ninshin_yotei", "reiwa 9 6 25"),
        "ninshin_shu": "9", "ninshin_tanta": "T2", "ninshin_keiken": "Y", "ninshin_iryokikan": "汐見原市民病院",
        "ninshin_ishi": "渚　美咲", "ninshin_seibyo": "2", "ninshin_kekkaku": "1",
        **day("mendan_kibobi", "reiwa 8 12 1"), "mendan_kitsuen": "0", "mendan_jotai": "10",
    },
    attachments=("妊娠届出書.pdf",),
)

FIRST_CHILD = written(
    "pregnancy_notification", "the fewest answers that are allowed, two papers",
    "2026-11-20T12:05:00", ("02026112000342", "0009500342"), ("mother", "2"),
    {
        "notify_date": "2026-11-20", "mother_name": "キム　ミンジ", "mother_kana": "キム　ミンジ", "mother_birth": "1989-01-07",
        "mother_postal": "0000501", "mother_address": "汐見原市大字新田１０２４", "mother_katagaki": "村上様方",
        "mother_tel": "0123-00-6042", "mother_mynumber": "", "occupation": "", "household_head": "", "weeks": "16",
        "due_date": "2027-05-07", "multiple": "1", "clinic": "助産所　なぎさ", "doctor": "", "std_check": "2",
        "tb_check": "1", "first_birth": "1", "partner_name": "", "interview_date": "", "smoking": "",
    },
    {
        **_BLANK, "seiri_no": "02026112000342", **day("uketsuke_todokebi", "reiwa 8 11 20"), "uketsuke_keiro": "D",
        "uketsuke_tempu": ["妊娠届出書.pdf", "診断書.jpg"], "ninpu_kana": "キム　ミンジ", "ninpu_shimei": "キム　ミンジ",
        **day("ninpu_birth", "showa 64 1 7"), **two("ninpu_yubin", "000 0501"), "ninpu_jusho": "汐見原市大字新田１０２４",
        "ninpu_katagaki": "村上様方", **three("ninpu_tel", "0123 00 6042"), **day("ninshin_yotei", "reiwa 9 5 7"),
        "ninshin_shu": "16", "ninshin_tanta": "T0", "ninshin_keiken": "N", "ninshin_iryokikan": "助産所　なぎさ",
        "ninshin_seibyo": "1", "ninshin_kekkaku": "2", "mendan_jotai": "10",
    },
    attachments=("診断書.jpg", "妊娠届出書.pdf"),
)
# fmt: on

CASES = (TWINS, FIRST_CHILD)
