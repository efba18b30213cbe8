"""罹災証明書交付申請 (総合行政システム, SG-4100): where each item of the application stands."""

from __future__ import annotations

from tests.e2e.inverse.days import sogo_day
from tests.e2e.inverse.places import Place, Rows, Sheet, box, boxes, code, kana, lines, phone, postal, text

_APPLICANT = (
    text("applicant_name", "shinseisha_shimei"),
    kana("applicant_kana", "shinseisha_kana"),
    sogo_day("applicant_birth", "shinseisha_birth"),
    postal("applicant_postal", "shinseisha_yubin"),
    text("applicant_address", "shinseisha_jusho"),
    text("applicant_katagaki", "shinseisha_katagaki"),
    phone("applicant_tel", "shinseisha_tel"),
    text("applicant_mynumber", "shinseisha_kojin_no"),
    # 本人, 世帯員, 法人, 代理人
    code("applicant_rel", "shinseisha_kankei", {"1": "1", "2": "2", "4": "4", "8": "3"}),
    text("contact_address", "shinseisha_renrakusaki"),
    text("head_name", "setai_setainushi"),
)

_CAUSE = {
    "11": "1",  # 地震
    "12": "2",  # 津波
    "21": "3",  # 暴風・竜巻
    "22": "4",  # 豪雨・洪水
    "23": "7",  # 高潮
    "31": "5",  # 土砂災害
    "41": "6",  # 雪害
    "99": "8",  # その他
}

_DAMAGE = (
    text("disaster_name", "risai_saigai_nm"),
    code("disaster_cause", "risai_shubetsu", _CAUSE),
    sogo_day("disaster_date", "risai_risaibi"),
    text("damage_address", "risai_basho"),
    text("building_name", "risai_tatemono"),
    code("ownership", "risai_shoyu", {"A": "1", "B": "2", "C": "3", "Z": "4"}),
    code("building_use", "risai_yoto", {"1": "1", "2": "2"}),
    text("owner_name", "risai_shoyusha"),
    lines("damage_detail", "risai_jokyo"),
    # なし, 床下, 床上
    code("flood", "risai_shinsui", {"0": "1", "1": "2", "2": "3"}),
    box("self_judge", "risai_jiko_hantei"),
)

_CERTIFICATE = (
    # The screen: 公的支援, 保険請求, 税減免, 融資, 勤務先提出, その他. The form counts 保険金請求 first.
    boxes("purpose", "shomei_mokuteki", {"01": "2", "02": "1", "03": "3", "04": "4", "05": "5", "99": "6"}),
    text("copies", "shomei_maisu"),
    phone("survey_contact", "shomei_tachiai_tel"),
)


def _member(row: int) -> tuple[Place, ...]:
    at = f"setaiin{row}"
    return (
        text("member_name", f"{at}_shimei"),
        text("member_rel", f"{at}_zokugara"),
        sogo_day("member_birth", f"{at}_birth"),
        text("member_age", f"{at}_nenrei"),
    )


SHEET = Sheet(
    date_item="apply_date",
    chosen={"uketsuke_kubun": "9"},  # 電子申請
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("apply_date", "uketsuke_shinseibi"),
        *_APPLICANT,
        *_DAMAGE,
        *_CERTIFICATE,
    ),
    rows=(Rows("members", 6, _member),),
)
