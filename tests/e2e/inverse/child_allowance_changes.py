"""児童手当 (総合行政システム) of people who receive it already: JT-1020, JT-1030, JT-1040, JT-1100."""

from __future__ import annotations

from tests.e2e.inverse.child_allowance import PENSION, child
from tests.e2e.inverse.days import sogo_day, western_month
from tests.e2e.inverse.places import Place, Rows, Sheet, box, boxes, code, kana, listed, phone, postal, text

_BY_NET = {"uketsuke_kubun": "9"}  # 電子申請

_RECIPIENT = (
    text("certificate_no", "jukyusha_nintei_no"),
    kana("claimant_kana", "jukyusha_kana"),
    text("claimant_name", "jukyusha_shimei"),
    sogo_day("claimant_birth", "jukyusha_birth"),
    text("claimant_mynumber", "jukyusha_kojin_no"),
    phone("claimant_tel", "jukyusha_tel"),
    postal("claimant_postal", "jukyusha_yubin"),
    text("claimant_address", "jukyusha_jusho"),
    text("claimant_katagaki", "jukyusha_katagaki"),
)

_AMOUNT_CAUSE = {
    "011": "1",  # 出生
    "012": "2",  # 縁組
    "013": "4",  # 監護開始
    "014": "3",  # 施設退所・委託解除
    "015": "5",  # 国外からの転入
    "021": "6",  # 死亡
    "022": "7",  # 監護終了
    "023": "8",  # 施設入所・里親委託
    "024": "9",  # 国外転出
    "025": "10",  # 離婚等による別世帯
    "099": "11",  # その他
}


def _changed_child(row: int) -> tuple[Place, ...]:
    at = f"jido{row}"
    return (
        code("child_change", f"{at}_ido", {"1": "1", "9": "2"}),  # 増, 減
        code("change_reason", f"{at}_ido_jiyu", _AMOUNT_CAUSE),
        sogo_day("change_date", f"{at}_ido_bi"),
        *child(row),
    )


AMOUNT_CHANGE = Sheet(
    date_item="claim_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("claim_date", "uketsuke_todokebi"),
        *_RECIPIENT,
        code("change_kind", "kaitei_kubun", {"Z": "1", "G": "2"}),  # 増額, 減額
        code("claimant_pension", "kaitei_nenkin", PENSION),
    ),
    rows=(Rows("children", 4, _changed_child),),
)


def _child_that_moved(row: int) -> tuple[Place, ...]:
    at = f"jido{row}"
    return (
        text("child_name", f"{at}_shimei"),
        code("child_live", f"{at}_kubun", {"D": "1", "B": "2"}),  # 同居, 別居監護
    )


NAME_ADDRESS_CHANGE = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("notify_date", "uketsuke_todokebi"),
        *_RECIPIENT,
        # 住所, 氏名, 加入年金, 職業, その他. The form counts 氏名 first.
        boxes("change_item", "ido_jiko", {"11": "2", "12": "1", "21": "3", "22": "4", "90": "5"}),
        # 受給者, 配偶者, 児童, one in each list
        listed("subject", tuple(f"ido_idosha_{number}" for number in (1, 2, 3)), {"J": "1", "H": "2", "K": "3"}),
        sogo_day("change_date", "ido_bi"),
        # 転居, 単身赴任, 結婚, 離婚, 縁組, その他. The form counts 婚姻 first.
        code("change_reason", "ido_riyu", {"1": "4", "2": "5", "4": "1", "5": "2", "6": "3", "9": "6"}),
        text("new_kana", "shin_kana"),  # full-width kana, unlike 氏名カナ of the 受給者
        text("new_name", "shin_shimei"),
        postal("new_postal", "shin_yubin"),
        text("new_address", "shin_jusho"),
        code("new_pension", "shin_nenkin", PENSION),
        text("old_name", "kyu_shimei"),
        text("old_address", "kyu_jusho"),
    ),
    rows=(Rows("children", 5, _child_that_moved),),
)

_END_CAUSE = {
    "01": "1",  # 市外転出
    "02": "2",  # 国外転出
    "03": "11",  # 受給者死亡
    "04": "3",  # 公務員となった
    "11": "4",  # 児童死亡
    "12": "5",  # 監護終了
    "13": "6",  # 生計関係終了
    "14": "7",  # 児童の施設入所・里親委託
    "15": "9",  # 児童と別居（離婚協議等）
    "16": "10",  # 児童の国外転出
    "21": "8",  # 後見人・父母指定者でなくなった
    "99": "12",  # その他
}


def _former_child(row: int) -> tuple[Place, ...]:
    return text("child_name", f"jido{row}_shimei"), sogo_day("child_birth", f"jido{row}_birth")


EXTINCTION = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("notify_date", "uketsuke_todokebi"),
        *_RECIPIENT,
        code("extinct_reason", "shometsu_jiyu", _END_CAUSE),
        text("extinct_reason_text", "shometsu_jiyu_text"),
        sogo_day("extinct_date", "shometsu_bi"),
        text("new_address", "shometsu_tenshutsu"),
        text("employer", "shometsu_kinmusaki"),
    ),
    rows=(Rows("children", 6, _former_child),),
)

_STATUS_JOB = {"10": "1", "20": "2", "30": "3"}
"""被用者, 公務員, 被用者等でない者. This form does not say whether somebody who is neither works at all, so nobody who
filled it in can have meant 無職・その他 (90)."""


def _reported_child(row: int) -> tuple[Place, ...]:
    return (*child(row), western_month("study_abroad_ym", f"jido{row}_shukkoku"))


STATUS = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("notify_date", "uketsuke_todokebi"),
        *_RECIPIENT,
        code("claimant_pension", "jokyo_nenkin", PENSION),
        code("claimant_job", "jokyo_shokugyo", _STATUS_JOB),
        text("claimant_addr_jan1", "jokyo_jan1_jusho"),
        box("capital_gain", "jokyo_joto"),
        code("spouse_exists", "haigusha_umu", {"1": "1", "2": "0"}),
        code("spouse_jan1_area", "haigusha_chiku", {"S": "1", "G": "2", "K": "3"}),  # 本市, 他市区町村, 国外
        text("spouse_name", "haigusha_shimei"),
        code("spouse_job", "haigusha_shokugyo", _STATUS_JOB),
    ),
    rows=(Rows("children", 5, _reported_child),),
)
