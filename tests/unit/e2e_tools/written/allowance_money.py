"""児童手当, what is done with the money (未支払, 寄附, 学校給食費): applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, day, numbered_rows, three, two, written

_UNPAID = blank("""
    seiri_no uketsuke_seikyubi_g uketsuke_seikyubi_y uketsuke_seikyubi_m uketsuke_seikyubi_d uketsuke_kubun
    seikyusha_kana seikyusha_shimei seikyusha_birth_g seikyusha_birth_y seikyusha_birth_m seikyusha_birth_d
    seikyusha_zokugara seikyusha_kojin_no seikyusha_yubin_1 seikyusha_yubin_2 seikyusha_jusho seikyusha_katagaki
    seikyusha_tel_1 seikyusha_tel_2 seikyusha_tel_3 hotei_shimei hotei_tel_1 hotei_tel_2 hotei_tel_3 shibosha_atena
    shibosha_shibobi_g shibosha_shibobi_y shibosha_shibobi_m shibosha_shibobi_d shibosha_shimei shibosha_kana
    shibosha_birth_g shibosha_birth_y shibosha_birth_m shibosha_birth_d shibosha_jusho shibosha_katagaki
    shibosha_yubin_1 shibosha_yubin_2 mishiharai_kaishi mishiharai_shuryo koza_kubun koza_ginko_cd koza_ginko_nm
    koza_shiten_cd koza_shiten_nm koza_shumoku koza_koza_no koza_kigo koza_bango koza_meigi
""")

# fmt: off
UNPAID = written(
    "child_allowance_unpaid", "two persons with two addresses, a grandparent for the child, small kana in the account",
    "2026-11-11T10:30:00", ("02026111100311", "0009500311"), ("claimant", "2"),
    {
        "claim_date": "2026-11-11",
        "deceased_name": "渡邉　健太郎", "deceased_kana": "ワタナベ　ケンタロウ", "deceased_birth": "1986-03-15",
        "deceased_postal": "0000111", "deceased_address": "汐見原市港町８－１－２",
        "deceased_katagaki": "メゾン・ド・ミナト２０３", "death_date": "2026-10-04",
        "claimant_name": "渡邉　祥子", "claimant_kana": "ワタナベ　ショウコ", "claimant_birth": "2019-05-01",
        "claimant_postal": "0000204", "claimant_address": "汐見原市上之郷字邉野２５番地の３", "claimant_katagaki": "",
        "claimant_tel": "0123-00-6011", "claimant_mynumber": "990060000042", "claimant_rel": "1",
        "guardian_name": "渡邉　節子", "guardian_tel": "0123-00-2002", "unpaid_from": "2026-10", "unpaid_to": "2026-10",
        "payee_bank_kind": "1", "payee_bank_name": "あさなぎ銀行", "payee_bank_code": "0983",
        "payee_branch_name": "インターネット支店", "payee_branch_code": "128", "payee_account_type": "1",
        "payee_account_no": "0012345", "payee_yucho_kigou": "", "payee_yucho_bangou": "",
        "payee_holder_kana": "ワタナベ　ショウコ",
    },
    {
        **_UNPAID, "seiri_no": "02026111100311", "uketsuke_kubun": "9", **day("uketsuke_seikyubi", "5 8 11 11"),
        "seikyusha_kana": "ﾜﾀﾅﾍﾞ ｼｮｳｺ", "seikyusha_shimei": "渡邉　祥子", **day("seikyusha_birth", "5 1 5 1"),
        "seikyusha_zokugara": "01", "seikyusha_kojin_no": "990060000042", **two("seikyusha_yubin", "000 0204"),
        "seikyusha_jusho": "汐見原市上之郷字邉野２５番地の３", **three("seikyusha_tel", "0123 00 6011"),
        "hotei_shimei": "渡邉　節子", **three("hotei_tel", "0123 00 2002"),
        **day("shibosha_shibobi", "5 8 10 4"), "shibosha_shimei": "渡邉　健太郎", "shibosha_kana": "ワタナベ　ケンタロウ",
        **day("shibosha_birth", "3 61 3 15"), "shibosha_jusho": "汐見原市港町８－１－２",
        "shibosha_katagaki": "メゾン・ド・ミナト２０３", **two("shibosha_yubin", "000 0111"),
        "mishiharai_kaishi": "202610", "mishiharai_shuryo": "202610",
        "koza_kubun": "1", "koza_ginko_cd": "0983", "koza_ginko_nm": "あさなぎ銀行", "koza_shiten_cd": "128",
        "koza_shiten_nm": "インターネット支店", "koza_shumoku": "01", "koza_koza_no": "0012345", "koza_meigi": "ﾜﾀﾅﾍﾞ ｼﾖｳｺ",
    },
)

_ENTITLED = """
    seiri_no uketsuke_moshidebi_g uketsuke_moshidebi_y uketsuke_moshidebi_m uketsuke_moshidebi_d uketsuke_kubun
    shikakusha_shimei shikakusha_furigana shikakusha_birth_g shikakusha_birth_y shikakusha_birth_m shikakusha_birth_d
    shikakusha_nintei_no shikakusha_yubin_1 shikakusha_yubin_2 shikakusha_jusho shikakusha_katagaki
    shikakusha_tel_1 shikakusha_tel_2 shikakusha_tel_3
"""
_SOMEBODY_SAYS = {
    "claimant_name": "濵田　絵里香", "claimant_kana": "ハマダ　エリカ", "claimant_birth": "1989-01-07",
    "claimant_postal": "0000402", "claimant_address": "汐見原市緑ケ丘３－２１－６",
    "claimant_katagaki": "県営緑ケ丘団地３－６０４", "claimant_tel": "0123-08-6012", "certificate_no": "00700123",
}
_SOMEBODY: Stored = {
    **blank(_ENTITLED), "uketsuke_kubun": "9", "shikakusha_shimei": "濵田　絵里香", "shikakusha_furigana": "ハマダ　エリカ",
    **day("shikakusha_birth", "3 64 1 7"), "shikakusha_nintei_no": "00700123", **two("shikakusha_yubin", "000 0402"),
    "shikakusha_jusho": "汐見原市緑ケ丘３－２１－６", "shikakusha_katagaki": "県営緑ケ丘団地３－６０４",
    **three("shikakusha_tel", "0123 08 6012"),
}

DONATION = written(
    "child_allowance_donation", "a part of three payments, wishes in three lines",
    "2026-11-12T20:00:00", ("02026111200312", "0009500312"), ("claimant", "2"),
    {
        "notify_date": "2026-11-12", **_SOMEBODY_SAYS, "donation_scope": "2", "pay_month": "1|5|6",
        "donation_amount": "5000", "start_ym": "2026-12", "end_ym": "2028-02",
        "purpose_note": "次の順に希望します。\n①子ども食堂\n②学習支援（小学校３～６年生）",
    },
    {
        **_SOMEBODY, "seiri_no": "02026111200312", **day("uketsuke_moshidebi", "5 8 11 12"),
        "kifu_kaishi": "202612", "kifu_shuryo": "202802", "kifu_kigetsu": ["02", "10", "12"], "kifu_kubun": "P",
        "kifu_gaku": "5000", "kifu_shito": "次の順に希望します。\n①子ども食堂\n②学習支援（小学校３～６年生）",
    },
)

DONATION_CHANGE = written(
    "child_allowance_donation_change", "amounts of three, four and five digits are told apart by their commas",
    "2026-11-13T07:15:00", ("02026111300313", "0009500313"), ("claimant", "2"),
    {
        "notify_date": "2026-11-13", **_SOMEBODY_SAYS, "original_date": "2019-05-01", "change_kind": "1",
        "old_amount": "900", "new_scope": "2", "new_amount": "20000", "from_ym": "2027-02",
    },
    {
        **_SOMEBODY, "seiri_no": "02026111300313", **day("uketsuke_moshidebi", "5 8 11 13"),
        **day("moto_moshidebi", "5 1 5 1"), "moto_gaku": "900", "henko_kubun": "10", "henko_kaishi": "202702",
        "henko_hani": "P", "henko_gaku": "20,000",
    },
)

DONATION_WITHDRAWN = written(
    "child_allowance_donation_change", "撤回, second on the form and last on the screen, of an offer made in 平成",
    "2026-11-13T07:20:00", ("02026111300314", "0009500314"), ("claimant", "2"),
    {
        "notify_date": "2026-11-13", **_SOMEBODY_SAYS, "original_date": "2019-04-30", "change_kind": "2",
        "old_amount": "1000000", "new_scope": "", "new_amount": "", "from_ym": "2026-12",
    },
    {
        **_SOMEBODY, "seiri_no": "02026111300314", **day("uketsuke_moshidebi", "5 8 11 13"),
        **day("moto_moshidebi", "4 31 4 30"), "moto_gaku": "1,000,000", "henko_kubun": "90", "henko_kaishi": "202612",
        "henko_hani": "", "henko_gaku": "",
    },
)

_FEES = numbered_rows(
    """himoku{0}_gakko himoku{0}_gakunen himoku{0}_shimei himoku{0}_birth_g himoku{0}_birth_y himoku{0}_birth_m
    himoku{0}_birth_d himoku{0}_shu himoku{0}_hani himoku{0}_jogen himoku{0}_sakujo""",
    4,
)
_TWO_FEES: Stored = {
    **_FEES,
    "himoku1_gakko": "汐見原市立髙台小学校", "himoku1_gakunen": "１年２組", "himoku1_shimei": "濵田　陽翔",
    **day("himoku1_birth", "5 1 5 1"), "himoku1_shu": "K1", "himoku1_hani": "0",
    "himoku2_gakko": "中央学童クラブ 第２", "himoku2_gakunen": "１－２", "himoku2_shimei": "濵田　陽翔",
    **day("himoku2_birth", "5 1 5 1"), "himoku2_shu": "H3", "himoku2_hani": "1", "himoku2_jogen": "12000",
    "himoku3_gakko": "緑ケ丘こども園", "himoku3_shimei": "濵田　凛", **day("himoku3_birth", "5 4 8 8"),
    "himoku3_shu": "H2", "himoku3_hani": "0",
}


def _fees(first_grade: str, second_grade: str) -> list[dict[str, str]]:
    return [
        {
            "child_name": "濵田　陽翔", "child_birth": "2019-05-01", "school": "汐見原市立髙台小学校", "grade": first_grade,
            "fee_kind": "1", "fee_scope": "1", "fee_limit": "",
        },
        {
            "child_name": "濵田　陽翔", "child_birth": "2019-05-01", "school": "中央学童クラブ 第２", "grade": second_grade,
            "fee_kind": "3", "fee_scope": "2", "fee_limit": "12000",
        },
        {
            "child_name": "濵田　凛", "child_birth": "2022-08-08", "school": "緑ケ丘こども園", "grade": "",
            "fee_kind": "5", "fee_scope": "1", "fee_limit": "",
        },
    ]


SCHOOL_FEE = written(
    "child_allowance_school_fee", "two fees of one child and one of another; the class in half width",
    "2026-11-14T21:40:00", ("02026111400315", "0009500315"), ("claimant", "2"),
    {
        "notify_date": "2026-11-14", **_SOMEBODY_SAYS, "certificate_no": "", "start_ym": "2027-04",
        "children": _fees("1年2組", "1-2"),
    },
    {
        **_SOMEBODY, "shikakusha_nintei_no": "", **_TWO_FEES, "seiri_no": "02026111400315",
        **day("uketsuke_moshidebi", "5 8 11 14"), "choshu_kaishi": "202704",
    },
    reads_as={"children": _fees("１年２組", "１－２")},
)

SCHOOL_FEE_CHANGE = written(
    "child_allowance_school_fee_change", "the same lines withdrawn",
    "2026-11-14T21:45:00", ("02026111400316", "0009500316"), ("claimant", "2"),
    {
        "notify_date": "2026-11-14", **_SOMEBODY_SAYS, "change_kind": "2", "from_ym": "2027-02",
        "children": _fees("１年２組", "1－2"),
    },
    {
        **_SOMEBODY, **_TWO_FEES, "seiri_no": "02026111400316", **day("uketsuke_moshidebi", "5 8 11 14"),
        "henko_kubun": "T", "henko_kaishi": "202702",
    },
    reads_as={"children": _fees("１年２組", "１－２")},
)
# fmt: on

CASES = (UNPAID, DONATION, DONATION_CHANGE, DONATION_WITHDRAWN, SCHOOL_FEE, SCHOOL_FEE_CHANGE)
