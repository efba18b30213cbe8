"""The 給付 screens of the 介護認定システム (NK0410, NK0430, NK0450, NK0460), with numbers and codes of their own."""

from __future__ import annotations

from mock_core_ui.core.offices import OFFICES
from tests.e2e.inverse.days import nintei_day, western_month
from tests.e2e.inverse.places import (
    Place,
    Rows,
    Sheet,
    box,
    boxes,
    code,
    facility_of,
    holder,
    kana,
    lines,
    phone_in,
    postal_in,
    text,
)

_SEX = {"M": "1", "F": "2"}

_RECIPIENT = (
    text("insured_no", "TXT_0201"),
    text("insured_kana", "TXT_0202"),  # full width on these screens
    text("insured_name", "TXT_0203"),
    code("insured_sex", "RDO_0204", _SEX),
    nintei_day("insured_birth", ("SEL_0205", "TXT_0206", "TXT_0207", "TXT_0208")),
    phone_in("insured_tel", ("TXT_0209", "TXT_0210", "TXT_0211")),
    postal_in("insured_postal", ("TXT_0212", "TXT_0213")),
    text("insured_address", "TXT_0214"),
    text("insured_katagaki", "TXT_0215"),
    text("insured_mynumber", "TXT_0216"),
)

_FILING = (
    nintei_day("apply_date", ("SEL_0221", "TXT_0222", "TXT_0223", "TXT_0224")),
    # 本人, 親族, 後見人, 事業者
    code("applicant_kind", "RDO_0225", {"1": "1", "3": "2", "5": "3", "9": "4"}),
    text("applicant_name", "TXT_0226"),
    text("applicant_rel", "TXT_0227"),
    text("applicant_address", "TXT_0228"),
    phone_in("applicant_tel", ("TXT_0229", "TXT_0230", "TXT_0231")),
)

_ACCOUNT = (
    # One choice on the screen (銀行等, 郵便局, 公金受取口座) answers two questions of the form.
    code("payee_use_public_account", "SEL_0241", {"01": "0", "02": "0", "09": "1"}),
    code("payee_bank_kind", "SEL_0241", {"01": "1", "02": "2", "09": ""}),
    text("payee_bank_code", "TXT_0242"),
    text("payee_branch_code", "TXT_0243"),
    text("payee_bank_name", "TXT_0244"),
    text("payee_branch_name", "TXT_0245"),
    code("payee_account_type", "SEL_0246", {"1": "1", "2": "2", "9": "3"}),
    text("payee_account_no", "TXT_0247"),
    text("payee_yucho_kigou", "TXT_0248"),
    text("payee_yucho_bangou", "TXT_0249"),
    holder("payee_holder_kana", "TXT_0250"),
)

_PAY_METHOD = {"1": "2", "2": "1"}
"""受領委任, 償還. The form counts 償還払い first."""


def _member(row: int) -> tuple[Place, ...]:
    at = 301 + 10 * row
    return (
        text("member_name", f"TXT_{at:04}"),
        nintei_day("member_birth", (f"SEL_{at + 1:04}", f"TXT_{at + 2:04}", f"TXT_{at + 3:04}", f"TXT_{at + 4:04}")),
        code("member_sex", f"SEL_{at + 5:04}", _SEX),
        text("member_insured_no", f"TXT_{at + 6:04}"),
    )


HIGH_COST = Sheet(
    date_item="apply_date",
    places=(
        *_FILING,
        code("heir_kind", "SEL_0232", {"20": "2", "10": "1", "90": "3"}),  # 成年後見人, 相続人, 他
        *_RECIPIENT,
        western_month("service_ym", "TXT_0261"),
        box("consent_tax", "CHK_0271"),
        *_ACCOUNT,
    ),
    rows=(Rows("members", 4, _member),),
)

_FACILITY_KIND = {
    "01": "1",  # 特養
    "02": "4",  # 地域密着特養
    "03": "2",  # 老健
    "04": "3",  # 医療院
    "21": "5",  # 短期生活
    "22": "6",  # 短期療養
}

BURDEN_LIMIT = Sheet(
    date_item="apply_date",
    places=(
        *_FILING,
        *_RECIPIENT,
        code("facility_kind", "SEL_0401", _FACILITY_KIND),
        facility_of("facility_name", "TXT_0403", "TXT_0402", {office.number: office.name for office in OFFICES}),
        text("facility_address", "TXT_0404"),
        phone_in("facility_tel", ("TXT_0405", "TXT_0406", "TXT_0407")),
        nintei_day("admit_date", ("SEL_0408", "TXT_0409", "TXT_0410", "TXT_0411")),
        code("spouse_exists", "RDO_0421", {"2": "0", "1": "1"}),
        kana("spouse_kana", "TXT_0422"),  # half width, on a screen that has the insured person's in full width
        text("spouse_name", "TXT_0423"),
        nintei_day("spouse_birth", ("SEL_0424", "TXT_0425", "TXT_0426", "TXT_0427")),
        text("spouse_mynumber", "TXT_0428"),
        text("spouse_address", "TXT_0429"),
        text("spouse_addr_jan1", "TXT_0430"),
        code("spouse_tax", "SEL_0431", {"0": "2", "1": "1"}),  # 非課税, 課税
        code("income_class", "SEL_0441", {"A": "1", "B": "2", "C": "3", "D": "4"}),
        boxes("nontax_pension", "CHK_0442", {"S": "2", "I": "1"}),  # 障害, 遺族
        # 年金機構, 国共済, 地共済, 私学. The form counts 地方公務員共済 before 国家公務員共済.
        boxes("pension_payer", "CHK_0443", {"01": "1", "11": "3", "12": "2", "13": "4"}),
        text("asset_deposit", "TXT_0451"),
        text("asset_securities", "TXT_0452"),
        text("asset_other", "TXT_0453"),
        box("asset_under_limit", "CHK_0454"),
        box("consent", "CHK_0455"),
    ),
)

_EQUIPMENT_KIND = {
    "01": "1",  # 腰掛便座
    "02": "2",  # 排泄処理装置部品
    "03": "4",  # 入浴補助
    "04": "5",  # 簡易浴槽
    "05": "6",  # リフトつり具
    "09": "3",  # 排泄予測
    "21": "7",  # 固定スロープ
    "22": "8",  # 歩行器
    "23": "9",  # 歩行補助つえ
}


def _piece(row: int) -> tuple[Place, ...]:
    at = 601 + 10 * row
    return (
        code("item_kind", f"SEL_{at:04}", _EQUIPMENT_KIND),
        text("item_name", f"TXT_{at + 1:04}"),
        text("item_maker", f"TXT_{at + 2:04}"),
        text("item_seller", f"TXT_{at + 3:04}"),
        text("item_price", f"TXT_{at + 4:04}"),
        nintei_day("item_date", (f"SEL_{at + 5:04}", f"TXT_{at + 6:04}", f"TXT_{at + 7:04}", f"TXT_{at + 8:04}")),
    )


EQUIPMENT = Sheet(
    date_item="apply_date",
    places=(
        *_FILING,
        *_RECIPIENT,
        code("pay_method", "RDO_0501", _PAY_METHOD),
        code("at_home", "SEL_0502", {"0": "1", "1": "2"}),  # 在宅, 入院入所
        code("past_purchase", "RDO_0503", {"1": "0", "2": "1"}),  # 無, 有
        code("repurchase_reason", "SEL_0504", {"J": "2", "H": "1", "Z": "3"}),  # 状態変化, 破損, 他
        text("seller_office_no", "TXT_0505"),
        text("total_price", "TXT_0506"),
        lines("need_reason", "TXT_0507"),
        *_ACCOUNT,
    ),
    rows=(Rows("items", 4, _piece),),
)

_WORK_KIND = {"A": "1", "B": "2", "C": "3", "D": "4", "E": "5", "Z": "6"}
"""手すり, 段差, 床材, 扉, 便器, 付帯工事."""
_WORK_PLACE = {"1": "2", "2": "5", "3": "1", "4": "3", "5": "4", "9": "6"}
"""玄関, 廊下, 便所, 浴室, 居室, 他. The form begins with トイレ."""


def _work(row: int) -> tuple[Place, ...]:
    at = 701 + 10 * row
    return (
        code("work_kind", f"SEL_{at:04}", _WORK_KIND),
        code("work_place", f"SEL_{at + 1:04}", _WORK_PLACE),
        text("work_scale", f"TXT_{at + 2:04}"),
    )


HOME_RENOVATION = Sheet(
    date_item="apply_date",
    places=(
        *_FILING,
        *_RECIPIENT,
        code("stage", "RDO_0800", {"1": "2", "2": "1"}),  # 完了, 事前
        text("contractor", "TXT_0801"),
        nintei_day("start_date", ("SEL_0802", "TXT_0803", "TXT_0804", "TXT_0805")),
        nintei_day("end_date", ("SEL_0806", "TXT_0807", "TXT_0808", "TXT_0809")),
        text("owner_name", "TXT_0701"),
        text("owner_rel", "TXT_0702"),
        text("owner_address", "TXT_0703"),
        text("total_cost", "TXT_0811"),
        text("target_cost", "TXT_0812"),
        code("pay_method", "RDO_0813", _PAY_METHOD),
        *_ACCOUNT,
    ),
    rows=(Rows("works", 6, _work),),
)
