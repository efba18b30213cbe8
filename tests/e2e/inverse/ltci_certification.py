"""要介護認定 (介護認定システム, NK0210): where each item of the application stands. No 整理番号 on this screen.

The other 認定 screens of the core have these controls too, with the same numbers.
"""

from __future__ import annotations

from tests.e2e.inverse.days import nintei_day
from tests.e2e.inverse.places import Sheet, box, code, kana, phone_in, postal_in, text

INSURED = (
    text("insured_no", "TXT_0012"),
    text("insured_name", "TXT_0013"),
    kana("insured_kana", "TXT_0014"),
    nintei_day("insured_birth", ("SEL_0015", "TXT_0016", "TXT_0017", "TXT_0018")),
    code("insured_sex", "SEL_0019", {"1": "1", "2": "2"}),
    text("insured_mynumber", "TXT_0020"),
    postal_in("insured_postal", ("TXT_0021", "TXT_0022")),
    text("insured_address", "TXT_0023"),
    text("insured_katagaki", "TXT_0024"),
    phone_in("insured_tel", ("TXT_0025", "TXT_0026", "TXT_0027")),
)

APPLIED_ON = nintei_day("apply_date", ("SEL_0031", "TXT_0032", "TXT_0033", "TXT_0034"))

FILER = (
    # 本人, 家族, 後見人等, 代行
    code("applicant_kind", "SEL_0036", {"01": "1", "02": "2", "03": "3", "04": "4"}),
    text("applicant_name", "TXT_0037"),
    text("applicant_rel", "TXT_0038"),
    text("applicant_address", "TXT_0039"),
    phone_in("applicant_tel", ("TXT_0040", "TXT_0041", "TXT_0042")),
    # The screen counts 居宅介護支援 before 包括支援センター, the form the other way round.
    code("agent_kind", "SEL_0043", {"1": "2", "2": "1", "3": "3", "4": "4", "5": "5"}),
    text("agent_office_no", "TXT_0044"),
    text("agent_name", "TXT_0045"),
)

_DISEASE = {
    "01": "1",  # がん末期
    "02": "2",  # 関節リウマチ
    "03": "3",  # 筋萎縮性側索硬化症
    "04": "4",  # 後縦靱帯骨化症
    "05": "5",  # 骨折を伴う骨粗鬆症
    "06": "6",  # 初老期における認知症
    "07": "7",  # パーキンソン病関連疾患
    "08": "8",  # 脊髄小脳変性症
    "09": "9",  # 脊柱管狭窄症
    "10": "10",  # 早老症
    "11": "11",  # 多系統萎縮症
    "12": "12",  # 糖尿病の合併症
    "13": "13",  # 脳血管疾患
    "14": "14",  # 閉塞性動脈硬化症
    "15": "15",  # 慢性閉塞性肺疾患
    "16": "16",  # 変形性関節症
}

INSURANCE = (
    text("ins_no", "TXT_0062"),
    text("ins_name", "TXT_0063"),
    text("ins_symbol", "TXT_0064"),
    text("ins_number", "TXT_0065"),
    text("ins_branch", "TXT_0066"),
    code("disease", "SEL_0067", _DISEASE),
)

DOCTOR = (
    text("doc_clinic", "TXT_0051"),
    text("doc_name", "TXT_0052"),
    text("doc_dept", "TXT_0053"),
    text("doc_address", "TXT_0054"),
    phone_in("doc_tel", ("TXT_0055", "TXT_0056", "TXT_0057")),
    nintei_day("doc_last_visit", ("SEL_0058", "TXT_0059", "TXT_0060", "TXT_0061")),
)

VISIT = (
    # 自宅, 入院, 施設, 他
    code("stay", "RDO_0071", {"1": "1", "2": "2", "3": "3", "9": "4"}),
    text("stay_name", "TXT_0072"),
    nintei_day("stay_from", ("SEL_0073", "TXT_0074", "TXT_0075", "TXT_0076")),
    text("visit_contact", "TXT_0077"),
    phone_in("visit_tel", ("TXT_0078", "TXT_0079", "TXT_0080")),
    box("consent", "CHK_0081"),
)

SHEET = Sheet(
    date_item="apply_date",
    places=(
        *INSURED,
        APPLIED_ON,
        # 新規, 新規（要支援から）; an application for 更新 or 区分変更 has a form of its own.
        code("apply_kind", "SEL_0035", {"11": "1", "14": "2"}),
        *FILER,
        *INSURANCE,
        *DOCTOR,
        *VISIT,
    ),
)
