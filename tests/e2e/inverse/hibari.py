"""The three screens of the ひばり介護保険システム (HB0210, HB0220, HB0230): where each item of an application stands."""

from __future__ import annotations

from tests.e2e.inverse.days import hibari_day
from tests.e2e.inverse.places import Place, Sheet, code, kana, listed, phone, postal, text, wide

_FILERS = {"H": "1", "K": "2", "S": "3", "D": "4"}
"""本人, 家族・親族, 成年後見人等, 提出代行者."""


def _insured(name_in_kana: Place) -> tuple[Place, ...]:
    return (
        text("insured_no", "hiho_hiho_no"),
        name_in_kana,
        text("insured_name", "hiho_shimei"),
        hibari_day("insured_birth", "hiho_birth"),
        code("insured_sex", "hiho_seibetsu", {"M": "1", "F": "2"}),
        text("insured_mynumber", "hiho_kojin_no"),
        postal("insured_postal", "hiho_yubin"),
        wide("insured_address", "hiho_jusho"),
        wide("insured_katagaki", "hiho_katagaki"),
        phone("insured_tel", "hiho_tel"),
    )


_FILER = (
    code("applicant_kind", "shinsei_moshide", _FILERS),
    text("applicant_name", "shinsei_moshide_nm"),
    text("applicant_rel", "shinsei_kankei"),
    wide("applicant_address", "shinsei_moshide_jusho"),
    phone("applicant_tel", "shinsei_moshide_tel"),
)

CARD_REISSUE = Sheet(
    date_item="apply_date",
    # 電子; how many of each certificate is not asked in the application.
    chosen={"shinsei_hoho": "90", **{f"shomei{row}_maisu": "" for row in range(1, 6)}},
    places=(
        text("receipt_no", "seiri_no"),
        hibari_day("apply_date", "shinsei_shinseibi"),
        *_FILER,
        *_insured(kana("insured_kana", "hiho_kana")),
        # A line for each certificate: 被保険者証, 資格者証, 受給資格証明書, 負担割合証, 負担限度額認定証
        listed(
            "cards",
            tuple(f"shomei{row}_shubetsu" for row in range(1, 6)),
            {"21": "1", "22": "2", "25": "3", "31": "4", "41": "5"},
        ),
        # 紛失・焼失, 汚損・破損, その他
        code("reason", "saikofu_riyu", {"A1": "1", "A2": "2", "Z9": "3"}),
        wide("reason_text", "saikofu_riyu_text"),
        wide("ins_name", "saikofu_hokensha_nm"),
        code("delivery", "saikofu_kofu", {"P": "1", "W": "2"}),
    ),
)

CARE_PLAN = Sheet(
    date_item="notify_date",
    chosen={"todoke_hoho": "90"},
    places=(
        text("receipt_no", "seiri_no"),
        hibari_day("notify_date", "todoke_todokebi"),
        code("plan_kind", "todoke_shubetsu", {"K10": "1", "Y10": "2", "Y20": "3", "S10": "4", "S20": "5"}),
        *_insured(text("insured_kana", "hiho_kana")),
        text("office_no", "jigyosho_jigyosho_cd"),
        text("office_name", "jigyosho_jigyosho_nm"),
        postal("office_postal", "jigyosho_yubin"),
        wide("office_address", "jigyosho_jusho"),
        phone("office_tel", "jigyosho_tel"),
        text("care_manager", "jigyosho_senmonin"),
        code("kind", "tekiyo_kubun", {"N": "1", "H": "2"}),
        hibari_day("start_date", "tekiyo_kaishibi"),
        hibari_day("change_date", "tekiyo_henkobi"),
        wide("change_reason", "tekiyo_jiyu"),
        code("same_month_use", "tekiyo_riyo", {"Y": "1", "N": "0"}),
        wide("same_month_service", "tekiyo_service"),
        code("consent", "tekiyo_doi", {"Y": "1", "N": "0"}),
    ),
)

RENEWAL = Sheet(
    date_item="apply_date",
    chosen={"shinsei_hoho": "90"},
    places=(
        text("receipt_no", "seiri_no"),
        hibari_day("apply_date", "shinsei_shinseibi"),
        *_FILER,
        # The form counts 地域包括支援センター first, the screen 居宅介護支援事業者.
        code("agent_kind", "shinsei_daiko_kubun", {"12": "1", "11": "2", "21": "3", "22": "4", "23": "5"}),
        text("agent_office_no", "shinsei_daiko_cd"),
        text("agent_name", "shinsei_daiko_nm"),
        *_insured(kana("insured_kana", "hiho_kana")),
        code(
            "prev_class",
            "zenkai_kubun",
            {"S1": "11", "S2": "12", "K1": "21", "K2": "22", "K3": "23", "K4": "24", "K5": "25"},
        ),
        hibari_day("prev_from", "zenkai_kaishi"),
        hibari_day("prev_to", "zenkai_shuryo"),
        text("ins_no", "iryo_hokensha_no"),
        wide("ins_name", "iryo_hokensha_nm"),
        text("ins_symbol", "iryo_kigo"),
        text("ins_number", "iryo_bango"),
        text("ins_branch", "iryo_edaban"),
        code("disease", "iryo_shippei", {f"T{number:02}": str(number) for number in range(1, 17)}),
        wide("doc_clinic", "shujii_iryo_nm"),
        wide("doc_dept", "shujii_ka"),
        wide("doc_name", "shujii_ishi_nm"),
        wide("doc_address", "shujii_iryo_jusho"),
        phone("doc_tel", "shujii_iryo_tel"),
        hibari_day("doc_last_visit", "shujii_jushinbi"),
        code("stay", "chosa_kyosho", {"A": "1", "B": "2", "C": "3", "Z": "4"}),
        wide("stay_name", "chosa_shisetsu_nm"),
        hibari_day("stay_from", "chosa_nyushobi"),
        text("visit_contact", "chosa_renraku_nm"),
        phone("visit_tel", "chosa_renraku_tel"),
        code("consent", "chosa_doi", {"Y": "1", "N": "0"}),
    ),
)
