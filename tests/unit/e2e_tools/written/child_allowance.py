"""児童手当認定請求: four applications and what the 総合行政システム must store, written by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Case, Items, Stored, application, blank, resident

_PROCEDURE = "child_allowance_certification"

_BLANK = blank("""
    seiri_no uketsuke_kubun uketsuke_seikyubi_g uketsuke_seikyubi_y uketsuke_seikyubi_m uketsuke_seikyubi_d
    seikyusha_kana seikyusha_shimei seikyusha_seibetsu
    seikyusha_birth_g seikyusha_birth_y seikyusha_birth_m seikyusha_birth_d seikyusha_kojin_no
    seikyusha_yubin_1 seikyusha_yubin_2 seikyusha_jusho seikyusha_katagaki
    seikyusha_tel_1 seikyusha_tel_2 seikyusha_tel_3
    seikyusha_jan1_jusho seikyusha_shokugyo seikyusha_nenkin seikyusha_kinmusaki
    haigusha_umu haigusha_kana haigusha_shimei haigusha_birth_g haigusha_birth_y haigusha_birth_m haigusha_birth_d
    haigusha_kojin_no haigusha_shokugyo haigusha_jusho
    jido1_shimei jido1_kana jido1_birth_g jido1_birth_y jido1_birth_m jido1_birth_d jido1_zokugara jido1_dokyo
    jido1_jusho jido1_kango jido1_seikei jido1_kojin_no jido1_sakujo
    jido2_shimei jido2_kana jido2_birth_g jido2_birth_y jido2_birth_m jido2_birth_d jido2_zokugara jido2_dokyo
    jido2_jusho jido2_kango jido2_seikei jido2_kojin_no jido2_sakujo
    jido3_shimei jido3_kana jido3_birth_g jido3_birth_y jido3_birth_m jido3_birth_d jido3_zokugara jido3_dokyo
    jido3_jusho jido3_kango jido3_seikei jido3_kojin_no jido3_sakujo
    jido4_shimei jido4_kana jido4_birth_g jido4_birth_y jido4_birth_m jido4_birth_d jido4_zokugara jido4_dokyo
    jido4_jusho jido4_kango jido4_seikei jido4_kojin_no jido4_sakujo
    jido5_shimei jido5_kana jido5_birth_g jido5_birth_y jido5_birth_m jido5_birth_d jido5_zokugara jido5_dokyo
    jido5_jusho jido5_kango jido5_seikei jido5_kojin_no jido5_sakujo
    santei1_shimei santei1_birth_g santei1_birth_y santei1_birth_m santei1_birth_d santei1_futan santei1_sakujo
    santei2_shimei santei2_birth_g santei2_birth_y santei2_birth_m santei2_birth_d santei2_futan santei2_sakujo
    santei3_shimei santei3_birth_g santei3_birth_y santei3_birth_m santei3_birth_d santei3_futan santei3_sakujo
    koza_kubun koza_ginko_cd koza_ginko_nm koza_shiten_cd koza_shiten_nm koza_shumoku koza_koza_no
    koza_kigo koza_bango koza_meigi
""")


def _case(about: str, received: str, keys: tuple[str, str], values: Items, stored: Stored, name: str = "") -> Case:
    made = application(_PROCEDURE, keys[0], received, keys[1], values)
    sex = str(values["claimant_sex"])
    return Case(about, made, resident(made, "claimant", sex, name), _BLANK | stored)


# fmt: off
_BANK = _case(
    "bank account with small kana and 長音, children on both sides of 令和元年, everyday form of the name",
    "2026-11-05T19:25:00",
    ("02026110500201", "0009500201"),
    {
        "claim_date": "2026-11-05",
        "claimant_name": "徳田　譲二", "claimant_kana": "トクダ　ジョージ",
        "claimant_birth": "1989-01-08", "claimant_sex": "1",
        "claimant_postal": "0000101", "claimant_address": "汐見原市中央一丁目１４番８号", "claimant_katagaki": "",
        "claimant_tel": "090-0021-4301", "claimant_mynumber": "990050001075", "claimant_addr_jan1": "",
        "claimant_job": "1", "claimant_employer": "株式会社みなも製作所", "claimant_pension": "1",
        "spouse_exists": "1", "spouse_name": "德田　祥子", "spouse_kana": "トクダ　ショウコ",
        "spouse_birth": "1989-12-31", "spouse_mynumber": "990050001083", "spouse_job": "4", "spouse_address": "",
        "children": [
            {
                "child_name": "德田　陽翔", "child_kana": "トクダ　ハルト", "child_birth": "2019-04-30",
                "child_rel": "1", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "",
            },
            {
                "child_name": "德田　心音", "child_kana": "トクダ　ココネ", "child_birth": "2021-05-01",
                "child_rel": "1", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "990050001091",
            },
        ],
        "older_children": [],
        "payee_use_public_account": "0", "payee_bank_kind": "1",
        "payee_bank_name": "汐見原銀行", "payee_bank_code": "0981",
        "payee_branch_name": "本店営業部", "payee_branch_code": "001",
        "payee_account_type": "1", "payee_account_no": "0731904",
        "payee_yucho_kigou": "", "payee_yucho_bangou": "", "payee_holder_kana": "トクダ　ジョージ",
    },
    {
        "seiri_no": "02026110500201", "uketsuke_kubun": "9",
        "uketsuke_seikyubi_g": "5", "uketsuke_seikyubi_y": "8", "uketsuke_seikyubi_m": "11", "uketsuke_seikyubi_d": "5",
        "seikyusha_kana": "ﾄｸﾀﾞ ｼﾞｮｰｼﾞ", "seikyusha_shimei": "徳田　譲二", "seikyusha_seibetsu": "1",
        "seikyusha_birth_g": "4", "seikyusha_birth_y": "1", "seikyusha_birth_m": "1", "seikyusha_birth_d": "8",
        "seikyusha_kojin_no": "990050001075", "seikyusha_yubin_1": "000", "seikyusha_yubin_2": "0101",
        "seikyusha_jusho": "汐見原市中央一丁目１４番８号",
        "seikyusha_tel_1": "090", "seikyusha_tel_2": "0021", "seikyusha_tel_3": "4301",
        "seikyusha_shokugyo": "10", "seikyusha_nenkin": "02", "seikyusha_kinmusaki": "株式会社みなも製作所",
        "haigusha_umu": "1", "haigusha_kana": "ﾄｸﾀﾞ ｼｮｳｺ", "haigusha_shimei": "德田　祥子",
        "haigusha_birth_g": "4", "haigusha_birth_y": "1", "haigusha_birth_m": "12", "haigusha_birth_d": "31",
        "haigusha_kojin_no": "990050001083", "haigusha_shokugyo": "90",
        "jido1_shimei": "德田　陽翔", "jido1_kana": "トクダ　ハルト",
        "jido1_birth_g": "4", "jido1_birth_y": "31", "jido1_birth_m": "4", "jido1_birth_d": "30",
        "jido1_zokugara": "01", "jido1_dokyo": "0", "jido1_kango": "1", "jido1_seikei": "1",
        "jido2_shimei": "德田　心音", "jido2_kana": "トクダ　ココネ",
        "jido2_birth_g": "5", "jido2_birth_y": "3", "jido2_birth_m": "5", "jido2_birth_d": "1",
        "jido2_zokugara": "01", "jido2_dokyo": "0", "jido2_kango": "1", "jido2_seikei": "1",
        "jido2_kojin_no": "990050001091",
        "koza_kubun": "1", "koza_ginko_cd": "0981", "koza_ginko_nm": "汐見原銀行",
        "koza_shiten_cd": "001", "koza_shiten_nm": "本店営業部", "koza_shumoku": "01", "koza_koza_no": "0731904",
        "koza_meigi": "ﾄｸﾀﾞ ｼﾞﾖ-ｼﾞ",
    },
    name="德田　譲二",
)

_POST_OFFICE = _case(
    "ゆうちょ account, no spouse, one child living elsewhere, born on the last day of 昭和",
    "2026-11-07T23:51:07",
    ("02026110700202", "0009500202"),
    {
        "claim_date": "2026-11-07",
        "claimant_name": "小比類巻　真理", "claimant_kana": "コヒルイマキ　マリー",
        "claimant_birth": "1989-01-07", "claimant_sex": "2",
        "claimant_postal": "0000311", "claimant_address": "汐見原市十一番町２－２２－６",
        "claimant_katagaki": "サンライズ沖ノ﨑Ⅱ　６０４号室", "claimant_tel": "0123-08-9902",
        "claimant_mynumber": "", "claimant_addr_jan1": "東浜県青波市南町二丁目４番５号",
        "claimant_job": "4", "claimant_employer": "", "claimant_pension": "6",
        "spouse_exists": "0", "spouse_name": "", "spouse_kana": "", "spouse_birth": "", "spouse_mynumber": "",
        "spouse_job": "", "spouse_address": "",
        "children": [
            {
                "child_name": "小比類巻　珠", "child_kana": "コヒルイマキ　タマ", "child_birth": "2019-05-01",
                "child_rel": "1", "child_live": "2",
                "child_address": "東浜県青波市北町１－２－３　学生寮２１２", "child_kango": "1", "child_seikei": "2",
                "child_mynumber": "990050001105",
            },
        ],
        "older_children": [],
        "payee_use_public_account": "0", "payee_bank_kind": "2",
        "payee_bank_name": "", "payee_bank_code": "", "payee_branch_name": "", "payee_branch_code": "",
        "payee_account_type": "", "payee_account_no": "",
        "payee_yucho_kigou": "10530", "payee_yucho_bangou": "17340921", "payee_holder_kana": "コヒルイマキ　マリー",
    },
    {
        "seiri_no": "02026110700202", "uketsuke_kubun": "9",
        "uketsuke_seikyubi_g": "5", "uketsuke_seikyubi_y": "8", "uketsuke_seikyubi_m": "11", "uketsuke_seikyubi_d": "7",
        "seikyusha_kana": "ｺﾋﾙｲﾏｷ ﾏﾘｰ", "seikyusha_shimei": "小比類巻　真理", "seikyusha_seibetsu": "2",
        "seikyusha_birth_g": "3", "seikyusha_birth_y": "64", "seikyusha_birth_m": "1", "seikyusha_birth_d": "7",
        "seikyusha_yubin_1": "000", "seikyusha_yubin_2": "0311", "seikyusha_jusho": "汐見原市十一番町２－２２－６",
        "seikyusha_katagaki": "サンライズ沖ノ﨑Ⅱ　６０４号室",
        "seikyusha_tel_1": "0123", "seikyusha_tel_2": "08", "seikyusha_tel_3": "9902",
        "seikyusha_jan1_jusho": "東浜県青波市南町二丁目４番５号",
        "seikyusha_shokugyo": "90", "seikyusha_nenkin": "09",
        "haigusha_umu": "2",
        "jido1_shimei": "小比類巻　珠", "jido1_kana": "コヒルイマキ　タマ",
        "jido1_birth_g": "5", "jido1_birth_y": "1", "jido1_birth_m": "5", "jido1_birth_d": "1",
        "jido1_zokugara": "01", "jido1_dokyo": "1", "jido1_jusho": "東浜県青波市北町１－２－３　学生寮２１２",
        "jido1_kango": "1", "jido1_seikei": "2", "jido1_kojin_no": "990050001105",
        "koza_kubun": "2", "koza_kigo": "10530", "koza_bango": "17340921", "koza_meigi": "ｺﾋﾙｲﾏｷ ﾏﾘ-",
    },
)

_PUBLIC_ACCOUNT = _case(
    "公金受取口座, name in Latin letters with a 通称, adopted child and grandchild",
    "2026-11-12T07:40:00",
    ("02026111200203", "0009500203"),
    {
        "claim_date": "2026-11-12",
        "claimant_name": "ＣＨＥＮ　ＷＥＩ（東田偉）", "claimant_kana": "チェン　ウェイ",
        "claimant_birth": "1972-10-10", "claimant_sex": "1",
        "claimant_postal": "0000111", "claimant_address": "汐見原市港町１１－２－９", "claimant_katagaki": "村上様方",
        "claimant_tel": "070-0034-5603", "claimant_mynumber": "990050001113", "claimant_addr_jan1": "",
        "claimant_job": "3", "claimant_employer": "", "claimant_pension": "2",
        "spouse_exists": "1", "spouse_name": "ＷＡＮＧ　ＬＩ（西川麗）", "spouse_kana": "ワン　リー",
        "spouse_birth": "1974-09-30", "spouse_mynumber": "", "spouse_job": "1",
        "spouse_address": "東浜県青波市南町二丁目４番５号",
        "children": [
            {
                "child_name": "東田　樹", "child_kana": "ヒガシダ　イツキ", "child_birth": "2009-06-01",
                "child_rel": "2", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "",
            },
            {
                "child_name": "東田　葵", "child_kana": "ヒガシダ　アオイ", "child_birth": "2020-02-29",
                "child_rel": "3", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "2",
                "child_mynumber": "990050001121",
            },
        ],
        "older_children": [
            {"older_child_name": "東田　琴音", "older_child_birth": "2006-07-15", "older_child_support": "1"},
        ],
        "payee_use_public_account": "1", "payee_bank_kind": "",
        "payee_bank_name": "", "payee_bank_code": "", "payee_branch_name": "", "payee_branch_code": "",
        "payee_account_type": "", "payee_account_no": "",
        "payee_yucho_kigou": "", "payee_yucho_bangou": "", "payee_holder_kana": "",
    },
    {
        "seiri_no": "02026111200203", "uketsuke_kubun": "9",
        "uketsuke_seikyubi_g": "5", "uketsuke_seikyubi_y": "8",
        "uketsuke_seikyubi_m": "11", "uketsuke_seikyubi_d": "12",
        "seikyusha_kana": "ﾁｪﾝ ｳｪｲ", "seikyusha_shimei": "ＣＨＥＮ　ＷＥＩ（東田偉）", "seikyusha_seibetsu": "1",
        "seikyusha_birth_g": "3", "seikyusha_birth_y": "47", "seikyusha_birth_m": "10", "seikyusha_birth_d": "10",
        "seikyusha_kojin_no": "990050001113", "seikyusha_yubin_1": "000", "seikyusha_yubin_2": "0111",
        "seikyusha_jusho": "汐見原市港町１１－２－９", "seikyusha_katagaki": "村上様方",
        "seikyusha_tel_1": "070", "seikyusha_tel_2": "0034", "seikyusha_tel_3": "5603",
        "seikyusha_shokugyo": "30", "seikyusha_nenkin": "01",
        "haigusha_umu": "1", "haigusha_kana": "ﾜﾝ ﾘｰ", "haigusha_shimei": "ＷＡＮＧ　ＬＩ（西川麗）",
        "haigusha_birth_g": "3", "haigusha_birth_y": "49", "haigusha_birth_m": "9", "haigusha_birth_d": "30",
        "haigusha_shokugyo": "10", "haigusha_jusho": "東浜県青波市南町二丁目４番５号",
        "jido1_shimei": "東田　樹", "jido1_kana": "ヒガシダ　イツキ",
        "jido1_birth_g": "4", "jido1_birth_y": "21", "jido1_birth_m": "6", "jido1_birth_d": "1",
        "jido1_zokugara": "02", "jido1_dokyo": "0", "jido1_kango": "1", "jido1_seikei": "1",
        "jido2_shimei": "東田　葵", "jido2_kana": "ヒガシダ　アオイ",
        "jido2_birth_g": "5", "jido2_birth_y": "2", "jido2_birth_m": "2", "jido2_birth_d": "29",
        "jido2_zokugara": "05", "jido2_dokyo": "0", "jido2_kango": "1", "jido2_seikei": "2",
        "jido2_kojin_no": "990050001121",
        "santei1_shimei": "東田　琴音", "santei1_futan": "1",
        "santei1_birth_g": "4", "santei1_birth_y": "18", "santei1_birth_m": "7", "santei1_birth_d": "15",
        "koza_kubun": "3",
    },
)

_FIVE_CHILDREN = _case(
    "as many children as the screen holds, every relation but 養子, 当座 account in another's name",
    "2026-11-19T17:16:30",
    ("02026111900204", "0009500204"),
    {
        "claim_date": "2026-11-19",
        "claimant_name": "嶋﨑　純子", "claimant_kana": "シマザキ　ジュンコ",
        "claimant_birth": "1981-04-25", "claimant_sex": "2",
        "claimant_postal": "0000204", "claimant_address": "汐見原市上之郷字邉野１００番地の２", "claimant_katagaki": "",
        "claimant_tel": "080-0065-4304", "claimant_mynumber": "990050001130", "claimant_addr_jan1": "",
        "claimant_job": "1", "claimant_employer": "汐見原運輸㈱", "claimant_pension": "5",
        "spouse_exists": "1", "spouse_name": "嶋﨑　竜一", "spouse_kana": "シマザキ　リュウイチ",
        "spouse_birth": "1980-01-01", "spouse_mynumber": "", "spouse_job": "3", "spouse_address": "",
        "children": [
            {
                "child_name": "嶋﨑　大和", "child_kana": "シマザキ　ヤマト", "child_birth": "2010-01-05",
                "child_rel": "1", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "",
            },
            {
                "child_name": "嶋﨑　律", "child_kana": "シマザキ　リツ", "child_birth": "2012-02-29",
                "child_rel": "4", "child_live": "1", "child_address": "", "child_kango": "0", "child_seikei": "1",
                "child_mynumber": "",
            },
            {
                "child_name": "嶋﨑　結菜", "child_kana": "シマザキ　ユイナ", "child_birth": "2014-08-08",
                "child_rel": "5", "child_live": "2", "child_address": "東浜県青波市南町二丁目４番５号",
                "child_kango": "1", "child_seikei": "2", "child_mynumber": "990050001148",
            },
            {
                "child_name": "嶋﨑　凛", "child_kana": "シマザキ　リン", "child_birth": "2016-12-31",
                "child_rel": "6", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "",
            },
            {
                "child_name": "嶋﨑　一颯", "child_kana": "シマザキ　イブキ", "child_birth": "2026-10-30",
                "child_rel": "1", "child_live": "1", "child_address": "", "child_kango": "1", "child_seikei": "1",
                "child_mynumber": "990050001156",
            },
        ],
        "older_children": [
            {"older_child_name": "嶋﨑　壮一", "older_child_birth": "2005-06-20", "older_child_support": "1"},
            {"older_child_name": "嶋﨑　亘", "older_child_birth": "2007-11-03", "older_child_support": "0"},
        ],
        "payee_use_public_account": "0", "payee_bank_kind": "1",
        "payee_bank_name": "みなも信用金庫", "payee_bank_code": "0982",
        "payee_branch_name": "髙台支店", "payee_branch_code": "017",
        "payee_account_type": "2", "payee_account_no": "0846213",
        "payee_yucho_kigou": "", "payee_yucho_bangou": "", "payee_holder_kana": "シマザキ　リュウイチ",
    },
    {
        "seiri_no": "02026111900204", "uketsuke_kubun": "9",
        "uketsuke_seikyubi_g": "5", "uketsuke_seikyubi_y": "8",
        "uketsuke_seikyubi_m": "11", "uketsuke_seikyubi_d": "19",
        "seikyusha_kana": "ｼﾏｻﾞｷ ｼﾞｭﾝｺ", "seikyusha_shimei": "嶋﨑　純子", "seikyusha_seibetsu": "2",
        "seikyusha_birth_g": "3", "seikyusha_birth_y": "56", "seikyusha_birth_m": "4", "seikyusha_birth_d": "25",
        "seikyusha_kojin_no": "990050001130", "seikyusha_yubin_1": "000", "seikyusha_yubin_2": "0204",
        "seikyusha_jusho": "汐見原市上之郷字邉野１００番地の２",
        "seikyusha_tel_1": "080", "seikyusha_tel_2": "0065", "seikyusha_tel_3": "4304",
        "seikyusha_shokugyo": "10", "seikyusha_nenkin": "05", "seikyusha_kinmusaki": "汐見原運輸㈱",
        "haigusha_umu": "1", "haigusha_kana": "ｼﾏｻﾞｷ ﾘｭｳｲﾁ", "haigusha_shimei": "嶋﨑　竜一",
        "haigusha_birth_g": "3", "haigusha_birth_y": "55", "haigusha_birth_m": "1", "haigusha_birth_d": "1",
        "haigusha_shokugyo": "30",
        "jido1_shimei": "嶋﨑　大和", "jido1_kana": "シマザキ　ヤマト",
        "jido1_birth_g": "4", "jido1_birth_y": "22", "jido1_birth_m": "1", "jido1_birth_d": "5",
        "jido1_zokugara": "01", "jido1_dokyo": "0", "jido1_kango": "1", "jido1_seikei": "1",
        "jido2_shimei": "嶋﨑　律", "jido2_kana": "シマザキ　リツ",
        "jido2_birth_g": "4", "jido2_birth_y": "24", "jido2_birth_m": "2", "jido2_birth_d": "29",
        "jido2_zokugara": "06", "jido2_dokyo": "0", "jido2_kango": "0", "jido2_seikei": "1",
        "jido3_shimei": "嶋﨑　結菜", "jido3_kana": "シマザキ　ユイナ",
        "jido3_birth_g": "4", "jido3_birth_y": "26", "jido3_birth_m": "8", "jido3_birth_d": "8",
        "jido3_zokugara": "07", "jido3_dokyo": "1", "jido3_jusho": "東浜県青波市南町二丁目４番５号",
        "jido3_kango": "1", "jido3_seikei": "2", "jido3_kojin_no": "990050001148",
        "jido4_shimei": "嶋﨑　凛", "jido4_kana": "シマザキ　リン",
        "jido4_birth_g": "4", "jido4_birth_y": "28", "jido4_birth_m": "12", "jido4_birth_d": "31",
        "jido4_zokugara": "99", "jido4_dokyo": "0", "jido4_kango": "1", "jido4_seikei": "1",
        "jido5_shimei": "嶋﨑　一颯", "jido5_kana": "シマザキ　イブキ",
        "jido5_birth_g": "5", "jido5_birth_y": "8", "jido5_birth_m": "10", "jido5_birth_d": "30",
        "jido5_zokugara": "01", "jido5_dokyo": "0", "jido5_kango": "1", "jido5_seikei": "1",
        "jido5_kojin_no": "990050001156",
        "santei1_shimei": "嶋﨑　壮一", "santei1_futan": "1",
        "santei1_birth_g": "4", "santei1_birth_y": "17", "santei1_birth_m": "6", "santei1_birth_d": "20",
        "santei2_shimei": "嶋﨑　亘", "santei2_futan": "2",
        "santei2_birth_g": "4", "santei2_birth_y": "19", "santei2_birth_m": "11", "santei2_birth_d": "3",
        "koza_kubun": "1", "koza_ginko_cd": "0982", "koza_ginko_nm": "みなも信用金庫",
        "koza_shiten_cd": "017", "koza_shiten_nm": "髙台支店", "koza_shumoku": "02", "koza_koza_no": "0846213",
        "koza_meigi": "ｼﾏｻﾞｷ ﾘﾕｳｲﾁ",
    },
)
# fmt: on

CASES = (_BANK, _POST_OFFICE, _PUBLIC_ACCOUNT, _FIVE_CHILDREN)
