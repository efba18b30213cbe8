"""負担割合証再交付 (総合行政システム, KG-2310): where each item of the application stands."""

from __future__ import annotations

from tests.e2e.inverse.days import sogo_day
from tests.e2e.inverse.places import Sheet, code, kana, phone, postal, text

SHEET = Sheet(
    date_item="apply_date",
    chosen={"uketsuke_kubun": "9"},  # 電子申請
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("apply_date", "uketsuke_shinseibi"),
        text("insured_no", "hihokensha_hiho_no"),
        text("insured_name", "hihokensha_shimei"),
        kana("insured_kana", "hihokensha_kana"),
        sogo_day("insured_birth", "hihokensha_birth"),
        code("insured_sex", "hihokensha_seibetsu", {"1": "1", "2": "2"}),
        postal("insured_postal", "hihokensha_yubin"),
        text("insured_address", "hihokensha_jusho"),
        text("insured_katagaki", "hihokensha_katagaki"),
        phone("insured_tel", "hihokensha_tel"),
        text("insured_mynumber", "hihokensha_kojin_no"),
        # 本人, 家族・親族, 成年後見人等, 代行
        code("applicant_kind", "todokede_kubun", {"01": "1", "02": "2", "03": "3", "09": "4"}),
        text("applicant_name", "todokede_shimei"),
        text("applicant_rel", "todokede_kankei"),
        text("applicant_address", "todokede_jusho"),
        phone("applicant_tel", "todokede_tel"),
        # The screen counts 破損・汚損 first, the form 紛失・焼失.
        code("reason", "saikofu_riyu", {"01": "2", "02": "1", "09": "3"}),
        text("reason_text", "saikofu_riyu_text"),
        # The screen: 窓口, 住民票住所へ郵送, 登録送付先へ郵送. The form: 住民票住所, 送付先登録, 窓口.
        code("delivery", "saikofu_kofu", {"1": "3", "2": "1", "3": "2"}),
    ),
)
