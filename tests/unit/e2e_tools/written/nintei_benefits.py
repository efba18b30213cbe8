"""The 給付 screens of the 介護認定システム: applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, from_number, written

_PERSON = """
    SEL_0221 TXT_0222 TXT_0223 TXT_0224 RDO_0225 TXT_0226 TXT_0227 TXT_0228 TXT_0229 TXT_0230 TXT_0231
    TXT_0201 TXT_0202 TXT_0203 RDO_0204 SEL_0205 TXT_0206 TXT_0207 TXT_0208 TXT_0209 TXT_0210 TXT_0211
    TXT_0212 TXT_0213 TXT_0214 TXT_0215 TXT_0216
"""
_ACCOUNT = """
    SEL_0241 TXT_0242 TXT_0243 TXT_0244 TXT_0245 SEL_0246 TXT_0247 TXT_0248 TXT_0249 TXT_0250
"""
_HIGH_COST = blank(_PERSON + _ACCOUNT) | blank("""
    SEL_0232 TXT_0261 CHK_0271
    TXT_0311 SEL_0312 TXT_0313 TXT_0314 TXT_0315 SEL_0316 TXT_0317
    TXT_0321 SEL_0322 TXT_0323 TXT_0324 TXT_0325 SEL_0326 TXT_0327
    TXT_0331 SEL_0332 TXT_0333 TXT_0334 TXT_0335 SEL_0336 TXT_0337
    TXT_0341 SEL_0342 TXT_0343 TXT_0344 TXT_0345 SEL_0346 TXT_0347
""")
_BURDEN_LIMIT = (
    blank(_PERSON)
    | blank("""
    SEL_0401 TXT_0402 TXT_0403 TXT_0404 TXT_0405 TXT_0406 TXT_0407 SEL_0408 TXT_0409 TXT_0410 TXT_0411
    RDO_0421 TXT_0422 TXT_0423 SEL_0424 TXT_0425 TXT_0426 TXT_0427 TXT_0428 TXT_0429 TXT_0430 SEL_0431
    SEL_0441 TXT_0451 TXT_0452 TXT_0453 CHK_0454 CHK_0455
""")
    | {"CHK_0442": [], "CHK_0443": []}
)
_EQUIPMENT = blank(_PERSON + _ACCOUNT) | blank("""
    SEL_0611 TXT_0612 TXT_0613 TXT_0614 TXT_0615 SEL_0616 TXT_0617 TXT_0618 TXT_0619
    SEL_0621 TXT_0622 TXT_0623 TXT_0624 TXT_0625 SEL_0626 TXT_0627 TXT_0628 TXT_0629
    SEL_0631 TXT_0632 TXT_0633 TXT_0634 TXT_0635 SEL_0636 TXT_0637 TXT_0638 TXT_0639
    SEL_0641 TXT_0642 TXT_0643 TXT_0644 TXT_0645 SEL_0646 TXT_0647 TXT_0648 TXT_0649
    RDO_0501 SEL_0502 RDO_0503 SEL_0504 TXT_0505 TXT_0506 TXT_0507
""")
_RENOVATION = blank(_PERSON + _ACCOUNT) | blank("""
    RDO_0800 TXT_0801 SEL_0802 TXT_0803 TXT_0804 TXT_0805 SEL_0806 TXT_0807 TXT_0808 TXT_0809
    SEL_0711 SEL_0712 TXT_0713 SEL_0721 SEL_0722 TXT_0723 SEL_0731 SEL_0732 TXT_0733
    SEL_0741 SEL_0742 TXT_0743 SEL_0751 SEL_0752 TXT_0753 SEL_0761 SEL_0762 TXT_0763
    TXT_0701 TXT_0702 TXT_0703 TXT_0811 TXT_0812 RDO_0813
""")

# fmt: off
_SOMEBODY: Stored = {
    "TXT_0201": "0001234007", "TXT_0202": "サイトウ　ジョージ", "TXT_0203": "齋藤　譲二", "RDO_0204": "M",
    **from_number(205, "T 15 12 24", "SEL"), **from_number(209, "0123 00 6031"), **from_number(212, "000 0415"),
    "TXT_0214": "汐見原市沖ノ﨑２－６－７", "TXT_0215": "サンライズ沖ノ﨑Ⅱ　１０１号室", "TXT_0216": "990060000069",
}
_SOMEBODY_SAYS = {
    "insured_no": "0001234007", "insured_name": "齋藤　譲二", "insured_kana": "サイトウ　ジョージ",
    "insured_birth": "1926-12-24", "insured_sex": "1", "insured_postal": "0000415",
    "insured_address": "汐見原市沖ノ﨑２－６－７", "insured_katagaki": "サンライズ沖ノ﨑Ⅱ　１０１号室",
    "insured_tel": "0123-00-6031", "insured_mynumber": "990060000069",
}
_ALONE = {"applicant_kind": "1", "applicant_name": "", "applicant_rel": "", "applicant_address": "", "applicant_tel": ""}
_DAUGHTER = {
    "applicant_kind": "2", "applicant_name": "齋藤　祥子", "applicant_rel": "長女",
    "applicant_address": "汐見原市中央二丁目５番１号", "applicant_tel": "090-0021-6032",
}
_DAUGHTER_FILES: Stored = {
    "RDO_0225": "3", "TXT_0226": "齋藤　祥子", "TXT_0227": "長女", "TXT_0228": "汐見原市中央二丁目５番１号",
    **from_number(229, "090 0021 6032"),
}
_NO_ACCOUNT = {
    "payee_bank_kind": "", "payee_bank_name": "", "payee_bank_code": "", "payee_branch_name": "",
    "payee_branch_code": "", "payee_account_type": "", "payee_account_no": "", "payee_yucho_kigou": "",
    "payee_yucho_bangou": "", "payee_holder_kana": "",
}
_AT_BANK = _NO_ACCOUNT | {
    "payee_use_public_account": "0", "payee_bank_kind": "1", "payee_bank_name": "みなも信用金庫",
    "payee_bank_code": "0982", "payee_branch_name": "髙台支店", "payee_branch_code": "017", "payee_account_type": "2",
    "payee_account_no": "0846213", "payee_holder_kana": "サイトウ　ジョージ",
}

HIGH_COST = written(
    "ltci_high_cost", "husband's wife and daughter in the table, the wife insured; bank account with 長音",
    "2026-11-16T09:30:00", ("02026111600331", "0009500331"), ("insured", "1"),
    {
        "apply_date": "2026-11-16", **_SOMEBODY_SAYS, **_DAUGHTER, "service_ym": "2025-12",
        "members": [
            {"member_name": "齋藤　トメ", "member_birth": "1930-02-28", "member_sex": "2", "member_insured_no": "0001234008"},
            {"member_name": "齋藤　祥子", "member_birth": "1989-01-08", "member_sex": "2", "member_insured_no": ""},
        ],
        "consent_tax": "1", "heir_kind": "3", **_AT_BANK,
    },
    {
        **_HIGH_COST, **_SOMEBODY, **from_number(221, "R 8 11 16", "SEL"), **_DAUGHTER_FILES, "SEL_0232": "90",
        "TXT_0261": "202512", "CHK_0271": "1",
        "TXT_0311": "齋藤　トメ", **from_number(312, "S 5 2 28", "SEL"), "SEL_0316": "F", "TXT_0317": "0001234008",
        "TXT_0321": "齋藤　祥子", **from_number(322, "H 1 1 8", "SEL"), "SEL_0326": "F",
        "SEL_0241": "01", "TXT_0242": "0982", "TXT_0243": "017", "TXT_0244": "みなも信用金庫", "TXT_0245": "髙台支店",
        "SEL_0246": "2", "TXT_0247": "0846213", "TXT_0250": "ｻｲﾄｳ ｼﾞﾖ-ｼﾞ",
    },
)

BURDEN_LIMIT = written(
    "ltci_burden_limit", "in a home named with a full-width space, married, 遺族 pension of both 共済, no other means",
    "2026-11-16T22:10:00", ("02026111600332", "0009500332"), ("insured", "1"),
    {
        "apply_date": "2026-11-16", **_SOMEBODY_SAYS, "facility_kind": "1",
        "facility_name": "特別養護老人ホーム　汐見の里", "facility_address": "汐見原市緑ケ丘９－１－２",
        "facility_tel": "0123-00-9201", "admit_date": "2019-04-30", "spouse_exists": "1", "spouse_name": "齋藤　トメ",
        "spouse_kana": "サイトウ　トメ", "spouse_birth": "1930-02-28", "spouse_mynumber": "990060000077",
        "spouse_address": "汐見原市沖ノ﨑２－６－７", "spouse_addr_jan1": "東浜県青波市北町１－２－３", "spouse_tax": "2",
        "income_class": "3", "nontax_pension": "1", "pension_payer": "3|2", "asset_deposit": "1234567",
        "asset_securities": "0", "asset_other": "", "asset_under_limit": "1", "consent": "1", **_DAUGHTER,
    },
    {
        **_BURDEN_LIMIT, **_SOMEBODY, **from_number(221, "R 8 11 16", "SEL"), **_DAUGHTER_FILES, "SEL_0401": "01",
        "TXT_0402": "0070300014", "TXT_0403": "特別養護老人ホーム 汐見の里", "TXT_0404": "汐見原市緑ケ丘９－１－２",
        **from_number(405, "0123 00 9201"), **from_number(408, "H 31 4 30", "SEL"), "RDO_0421": "1",
        "TXT_0422": "ｻｲﾄｳ ﾄﾒ", "TXT_0423": "齋藤　トメ", **from_number(424, "S 5 2 28", "SEL"), "TXT_0428": "990060000077",
        "TXT_0429": "汐見原市沖ノ﨑２－６－７", "TXT_0430": "東浜県青波市北町１－２－３", "SEL_0431": "0", "SEL_0441": "C",
        "CHK_0442": ["I"], "CHK_0443": ["11", "12"], "TXT_0451": "1234567", "TXT_0452": "0", "CHK_0454": "1",
        "CHK_0455": "1",
    },
    reads_as={"facility_name": "特別養護老人ホーム 汐見の里", "pension_payer": "2|3"},
)

SHORT_STAY = written(
    "ltci_burden_limit", "short stays in no home of one's own, alone",
    "2026-11-17T08:10:00", ("02026111700333", "0009500333"), ("insured", "1"),
    {
        "apply_date": "2026-11-17", **_SOMEBODY_SAYS, "facility_kind": "6", "facility_name": "", "facility_address": "",
        "facility_tel": "", "admit_date": "", "spouse_exists": "0", "spouse_name": "", "spouse_kana": "",
        "spouse_birth": "", "spouse_mynumber": "", "spouse_address": "", "spouse_addr_jan1": "", "spouse_tax": "",
        "income_class": "2", "nontax_pension": "", "pension_payer": "", "asset_deposit": "48500",
        "asset_securities": "120000", "asset_other": "30000", "asset_under_limit": "1", "consent": "1", **_ALONE,
    },
    {
        **_BURDEN_LIMIT, **_SOMEBODY, **from_number(221, "R 8 11 17", "SEL"), "RDO_0225": "1", "SEL_0401": "22",
        "RDO_0421": "2", "SEL_0441": "B", "TXT_0451": "48500", "TXT_0452": "120000", "TXT_0453": "30000",
        "CHK_0454": "1", "CHK_0455": "1",
    },
)

_NEED = "浴槽をまたぐときに転倒のおそれがある。\n家族の介助だけでは支えきれない。"

EQUIPMENT = written(
    "ltci_equipment", "three things that the form and the screen count differently, bought again; 受領委任; ゆうちょ",
    "2026-11-18T13:00:00", ("02026111800334", "0009500334"), ("insured", "1"),
    {
        "apply_date": "2026-11-18", **_SOMEBODY_SAYS,
        "items": [
            {
                "item_kind": "3", "item_name": "排泄予測センサー　ナミ", "item_maker": "みなもメディカル㈱",
                "item_seller": "㈱みなもケアショップ 髙台店", "item_price": "48000", "item_date": "2026-10-01",
            },
            {
                "item_kind": "4", "item_name": "浴槽用手すり－Ｓ", "item_maker": "有限会社なぎさ工房",
                "item_seller": "㈱みなもケアショップ 髙台店", "item_price": "12100", "item_date": "2026-10-02",
            },
            {
                "item_kind": "9", "item_name": "四点杖", "item_maker": "潮風ホームケア㈱",
                "item_seller": "㈱みなもケアショップ 髙台店", "item_price": "6380", "item_date": "2026-10-02",
            },
        ],
        "seller_office_no": "0070600025", "need_reason": _NEED, "past_purchase": "1", "repurchase_reason": "2",
        "at_home": "1", "pay_method": "2", "total_price": "66480", **_ALONE, **_NO_ACCOUNT,
        "payee_use_public_account": "0", "payee_bank_kind": "2", "payee_yucho_kigou": "10530",
        "payee_yucho_bangou": "17340921", "payee_holder_kana": "サイトウ　ジョージ",
    },
    {
        **_EQUIPMENT, **_SOMEBODY, **from_number(221, "R 8 11 18", "SEL"), "RDO_0225": "1",
        "SEL_0611": "09", "TXT_0612": "排泄予測センサー　ナミ", "TXT_0613": "みなもメディカル㈱",
        "TXT_0614": "㈱みなもケアショップ 髙台店", "TXT_0615": "48000", **from_number(616, "R 8 10 1", "SEL"),
        "SEL_0621": "03", "TXT_0622": "浴槽用手すり－Ｓ", "TXT_0623": "有限会社なぎさ工房",
        "TXT_0624": "㈱みなもケアショップ 髙台店", "TXT_0625": "12100", **from_number(626, "R 8 10 2", "SEL"),
        "SEL_0631": "23", "TXT_0632": "四点杖", "TXT_0633": "潮風ホームケア㈱",
        "TXT_0634": "㈱みなもケアショップ 髙台店", "TXT_0635": "6380", **from_number(636, "R 8 10 2", "SEL"),
        "RDO_0501": "1", "SEL_0502": "0", "RDO_0503": "2", "SEL_0504": "J", "TXT_0505": "0070600025", "TXT_0506": "66480",
        "TXT_0507": _NEED, "SEL_0241": "02", "TXT_0248": "10530", "TXT_0249": "17340921", "TXT_0250": "ｻｲﾄｳ ｼﾞﾖ-ｼﾞ",
    },
)

RENOVATION = written(
    "ltci_home_renovation", "before the works: no end yet, another owner, all places but one, 公金受取口座, 償還",
    "2026-11-19T23:59:00", ("02026111900335", "0009500335"), ("insured", "1"),
    {
        "apply_date": "2026-11-19", "stage": "1", **_SOMEBODY_SAYS, "owner_name": "汐見　正", "owner_rel": "家主",
        "owner_address": "東浜県青波市南町二丁目４番５号",
        "works": [
            {"work_kind": "1", "work_place": "1", "work_scale": "Ｌ型　６００×６００㎜　１本"},
            {"work_kind": "2", "work_place": "2", "work_scale": "式台（高さ１５㎝）１か所"},
            {"work_kind": "2", "work_place": "3", "work_scale": "洗い場のかさ上げ　約１．２㎡"},
            {"work_kind": "3", "work_place": "5", "work_scale": "滑りにくい床材　４．５㎡"},
            {"work_kind": "6", "work_place": "6", "work_scale": "下地の補強　一式"},
        ],
        "contractor": "有限会社 汐見工務店", "start_date": "2027-01-12", "end_date": "", "total_cost": "1234500",
        "target_cost": "200000", "pay_method": "1", **_DAUGHTER, "payee_use_public_account": "1", **_NO_ACCOUNT,
    },
    {
        **_RENOVATION, **_SOMEBODY, **from_number(221, "R 8 11 19", "SEL"), **_DAUGHTER_FILES, "RDO_0800": "2",
        "TXT_0801": "有限会社 汐見工務店", **from_number(802, "R 9 1 12", "SEL"),
        "SEL_0711": "A", "SEL_0712": "3", "TXT_0713": "Ｌ型　６００×６００㎜　１本",
        "SEL_0721": "B", "SEL_0722": "1", "TXT_0723": "式台（高さ１５㎝）１か所",
        "SEL_0731": "B", "SEL_0732": "4", "TXT_0733": "洗い場のかさ上げ　約１．２㎡",
        "SEL_0741": "C", "SEL_0742": "2", "TXT_0743": "滑りにくい床材　４．５㎡",
        "SEL_0751": "Z", "SEL_0752": "9", "TXT_0753": "下地の補強　一式",
        "TXT_0701": "汐見　正", "TXT_0702": "家主", "TXT_0703": "東浜県青波市南町二丁目４番５号", "TXT_0811": "1234500",
        "TXT_0812": "200000", "RDO_0813": "2", "SEL_0241": "09",
    },
)
# fmt: on

CASES = (HIGH_COST, BURDEN_LIMIT, SHORT_STAY, EQUIPMENT, RENOVATION)
