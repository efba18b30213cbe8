"""The screens of the わかば子育て支援システム (WB-110, 120, 130, 340, 510): where each item of an application stands.

The 受付番号 stands in 備考 here, as it stands in 連携メモ on the vehicle screens; both are called seiri_no.
"""

from __future__ import annotations

from tests.e2e.inverse.days import clock, wakaba_day
from tests.e2e.inverse.places import (
    Place,
    Rows,
    Sheet,
    box,
    boxes,
    code,
    facility_name,
    kana,
    lines,
    name_if_there,
    phone,
    postal,
    text,
)

_BY_NET = {"uketsuke_keiro": "D"}  # 電子
_YES = {"ari": "1", "nasi": "0"}


def _person(prefix: str, at: str) -> tuple[Place, ...]:
    """The person of the 宛名番号, in the block that the later screens share."""
    return (
        text(f"{prefix}_name", f"{at}_shimei"),
        kana(f"{prefix}_kana", f"{at}_kana"),
        wakaba_day(f"{prefix}_birth", f"{at}_birth"),
        text(f"{prefix}_mynumber", f"{at}_kojin_no"),
        phone(f"{prefix}_tel", f"{at}_tel"),
        postal(f"{prefix}_postal", f"{at}_yubin"),
        text(f"{prefix}_address", f"{at}_jusho"),
        text(f"{prefix}_katagaki", f"{at}_katagaki"),
    )


PREGNANCY = Sheet(
    date_item="notify_date",
    # 面談待ち: the 母子健康手帳 is handed over at the counter, when mother and clerk have talked.
    chosen={**_BY_NET, "mendan_jotai": "10"},
    papers="uketsuke_tempu",
    places=(
        text("receipt_no", "seiri_no"),
        wakaba_day("notify_date", "uketsuke_todokebi"),
        text("mother_kana", "ninpu_kana"),  # full width on this screen alone
        text("mother_name", "ninpu_shimei"),
        wakaba_day("mother_birth", "ninpu_birth"),
        postal("mother_postal", "ninpu_yubin"),
        text("mother_address", "ninpu_jusho"),
        text("mother_katagaki", "ninpu_katagaki"),
        phone("mother_tel", "ninpu_tel"),
        text("mother_mynumber", "ninpu_kojin_no"),
        text("occupation", "ninpu_shokugyo"),
        text("household_head", "ninpu_setainushi"),
        text("partner_name", "ninpu_partner"),
        wakaba_day("due_date", "ninshin_yotei"),
        text("weeks", "ninshin_shu"),
        code("multiple", "ninshin_tanta", {"T0": "1", "T2": "2", "T3": "3"}),  # 単胎, 双胎, 三胎以上
        code("first_birth", "ninshin_keiken", {"N": "1", "Y": "2"}),  # 初めて, あり
        text("clinic", "ninshin_iryokikan"),
        text("doctor", "ninshin_ishi"),
        # 受診済, 未受診: what is 1 on the form is 2 here.
        code("std_check", "ninshin_seibyo", {"2": "1", "1": "2"}),
        code("tb_check", "ninshin_kekkaku", {"2": "1", "1": "2"}),
        wakaba_day("interview_date", "mendan_kibobi"),
        code("smoking", "mendan_kitsuen", {"0": "0", "1": "1"}),
    ),
)

_CHILD = (
    text("child_name", "jido_shimei"),
    kana("child_kana", "jido_kana"),
    code("child_sex", "jido_seibetsu", {"m": "1", "f": "2"}),
    wakaba_day("child_birth", "jido_birth"),
)
_CHILD_DETAILS = (
    text("child_mynumber", "jido_kojin_no"),
    code("child_disability", "jido_techo", _YES),
)

_WHY_CARE = {
    "R10": "1",  # 就労
    "R20": "2",  # 妊娠・出産
    "R30": "3",  # 疾病・障害
    "R40": "4",  # 介護・看護
    "R50": "5",  # 災害復旧
    "R60": "6",  # 求職活動
    "R70": "7",  # 就学
    "R80": "8",  # 虐待・DV
    "R85": "9",  # 育児休業中の継続利用
    "R99": "10",  # その他
}


def _parent(prefix: str, at: str) -> tuple[Place, ...]:
    return (
        # The form has no question for いる/いない: a parent who is named is there.
        name_if_there(f"{prefix}_name", f"{at}_shimei", f"{at}_umu"),
        code(f"{prefix}_reason", f"{at}_jiyu", _WHY_CARE),
        kana(f"{prefix}_kana", f"{at}_kana"),
        wakaba_day(f"{prefix}_birth", f"{at}_birth"),
        text(f"{prefix}_mynumber", f"{at}_kojin_no"),
        text(f"{prefix}_employer", f"{at}_kinmusaki"),
        text(f"{prefix}_work_days", f"{at}_nissu"),
        text(f"{prefix}_work_time", f"{at}_jikan"),
        phone(f"{prefix}_tel", f"{at}_tel"),
    )


_PARENTS = (*_parent("father", "chichi"), *_parent("mother", "haha"))

_RELATION = {
    "11": "1",  # 父
    "12": "2",  # 母
    "21": "3",  # 兄
    "22": "4",  # 姉
    "23": "5",  # 弟
    "24": "6",  # 妹
    "31": "7",  # 祖父
    "32": "8",  # 祖母
    "99": "9",  # その他
}


def _member(row: int) -> tuple[Place, ...]:
    at = f"setai{row}"
    return (
        text("member_name", f"{at}_shimei"),
        code("member_rel", f"{at}_zokugara", _RELATION),
        wakaba_day("member_birth", f"{at}_birth"),
        text("member_occupation", f"{at}_shokugyo"),
    )


_MEMBERS = Rows("members", 6, _member)

CHILDCARE = Sheet(
    date_item="apply_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        wakaba_day("apply_date", "uketsuke_uketsukebi"),
        code("apply_kind", "uketsuke_kubun", {"1N": "1", "2H": "2", "3S": "3"}),  # 新規, 変更, 再交付
        *_person("guardian", "hogosha"),
        *_CHILD,
        *_CHILD_DETAILS,
        code("hoiku_wish", "nintei_hoiku", _YES),
        code("cert_class", "nintei_kubun", {"N3": "3", "N2": "2", "N1": "1"}),
        code("need_hours", "nintei_jikan", {"STD": "1", "SHT": "2"}),
        wakaba_day("use_from", "nintei_kara"),
        wakaba_day("use_to", "nintei_made"),
        *_PARENTS,
        code("welfare", "zei_seiho", _YES),
        text("tax_addr_jan1", "zei_jan1_jusho"),
        box("consent_tax", "zei_doi"),
    ),
    rows=(_MEMBERS,),
)


def _wish(row: int) -> tuple[Place, ...]:
    at = f"shisetsu{row}"
    return (
        text("wish_order", f"{at}_juni"),
        text("wish_facility_code", f"{at}_en_cd"),
        facility_name("wish_facility", f"{at}_en_nm"),
        text("wish_reason", f"{at}_riyu"),
    )


NURSERY = Sheet(
    date_item="apply_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        wakaba_day("apply_date", "uketsuke_uketsukebi"),
        *_person("guardian", "hogosha"),
        *_CHILD,
        *_CHILD_DETAILS,
        wakaba_day("use_from", "kibo_kaishi"),
        wakaba_day("use_to", "kibo_shuryo"),
        boxes("use_days", "kibo_yobi", {"w1": "1", "w2": "2", "w3": "3", "w4": "4", "w5": "5", "w6": "6"}),
        clock("use_time_from", "kibo_kara"),
        clock("use_time_to", "kibo_made"),
        *_PARENTS,
        # 家庭, 祖父母等, 認可外, 一時預かり, 勤務先に同伴, その他
        code("current_care", "jokyo_hoiku", {"K1": "1", "K2": "2", "K3": "3", "K4": "4", "K5": "5", "K9": "6"}),
        code("sibling_apply", "jokyo_kyodai", _YES),
        code("sibling_policy", "jokyo_kyodai_joken", {"S1": "1", "S2": "2", "S3": "3"}),
        lines("allergy", "jokyo_kenko"),
        box("consent", "jokyo_doi"),
    ),
    rows=(Rows("wishes", 5, _wish), _MEMBERS),
)

NURSERY_STATUS = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        wakaba_day("notify_date", "uketsuke_uketsukebi"),
        text("cert_no", "uketsuke_nintei_no"),
        *_person("guardian", "hogosha"),
        *_CHILD,
        text("facility", "zaien_en"),
        code("continue_wish", "zaien_keizoku", {"C": "1", "E": "0"}),
        code("change_flag", "zaien_henko", _YES),
        lines("change_detail", "zaien_naiyo"),
        *_PARENTS,
    ),
    rows=(_MEMBERS,),
)

_ENTITLING = {
    "01": "1",  # 離婚
    "02": "2",  # 死亡
    "03": "3",  # 障害
    "04": "4",  # 生死不明
    "05": "5",  # 遺棄
    "06": "6",  # 保護命令
    "07": "7",  # 拘禁
    "08": "8",  # 未婚
    "99": "9",  # その他
}


def _child(row: int) -> tuple[Place, ...]:
    at = f"jido{row}"
    return (
        text("child_name", f"{at}_shimei"),
        wakaba_day("child_birth", f"{at}_birth"),
        # 実子, 養子, 孫, おい・めい, 弟妹, その他
        code("child_rel", f"{at}_zokugara", {"C1": "1", "C2": "2", "C3": "3", "C4": "4", "C5": "5", "C9": "6"}),
        code("child_live", f"{at}_dokyo", {"D": "1", "B": "2"}),
        code("child_reason", f"{at}_jiyu", _ENTITLING),
    )


def _supporter(row: int) -> tuple[Place, ...]:
    at = f"fuyo{row}"
    return (
        text("supporter_name", f"{at}_shimei"),
        text("supporter_rel", f"{at}_zokugara"),
        text("supporter_mynumber", f"{at}_kojin_no"),
    )


REARING_STATUS = Sheet(
    date_item="notify_date",
    # 受付・面談待ち: what comes by net is sent ahead, the report itself is made at the counter.
    chosen={**_BY_NET, "shinsa_jotai": "11"},
    places=(
        text("receipt_no", "seiri_no"),
        wakaba_day("notify_date", "uketsuke_uketsukebi"),
        text("certificate_no", "uketsuke_shosho_no"),
        *_person("claimant", "jukyusha"),
        # 自己所有, 民間賃貸, 公営住宅, 親族宅, その他
        code("house", "seikatsu_jukyo", {"H1": "1", "H2": "2", "H3": "3", "H4": "4", "H9": "5"}),
        text("occupation", "seikatsu_shokugyo"),
        code("pension", "seikatsu_nenkin", {"P0": "1", "P1": "2", "P2": "3"}),  # なし, あり, 請求中
        text("pension_kind", "seikatsu_nenkin_shurui"),
        text("income", "shotoku_gaku"),
        text("dependents", "shotoku_fuyo"),
        text("support_claimant", "shotoku_yoikuhi_hon"),
        text("support_child", "shotoku_yoikuhi_ji"),
    ),
    rows=(Rows("children", 5, _child), Rows("supporters", 3, _supporter)),
)
