"""児童手当 (総合行政システム), what is done with the money: JT-1050 未支払, JT-1060/1070 寄附, JT-1080/1090 学校給食費等."""

from __future__ import annotations

from tests.e2e.inverse.child_allowance import ACCOUNT, RELATION
from tests.e2e.inverse.days import sogo_day, western_month
from tests.e2e.inverse.places import (
    Place,
    Rows,
    Sheet,
    amount,
    boxes,
    code,
    kana,
    lines,
    phone,
    postal,
    text,
    wide_only,
)

_BY_NET = {"uketsuke_kubun": "9"}  # 電子申請

UNPAID = Sheet(
    date_item="claim_date",
    chosen=_BY_NET,
    empty={"shibosha_atena": "no item tells the 宛名番号 of the dead: a clerk would look it up in the 受給台帳"},
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("claim_date", "uketsuke_seikyubi"),
        # 請求者 is the child. Two persons on one screen, each with a name, a birth and an address.
        kana("claimant_kana", "seikyusha_kana"),
        text("claimant_name", "seikyusha_shimei"),
        sogo_day("claimant_birth", "seikyusha_birth"),
        code("claimant_rel", "seikyusha_zokugara", RELATION),
        text("claimant_mynumber", "seikyusha_kojin_no"),
        postal("claimant_postal", "seikyusha_yubin"),
        text("claimant_address", "seikyusha_jusho"),
        text("claimant_katagaki", "seikyusha_katagaki"),
        phone("claimant_tel", "seikyusha_tel"),
        text("guardian_name", "hotei_shimei"),
        phone("guardian_tel", "hotei_tel"),
        sogo_day("death_date", "shibosha_shibobi"),
        text("deceased_name", "shibosha_shimei"),
        text("deceased_kana", "shibosha_kana"),  # full width, unlike the child's
        sogo_day("deceased_birth", "shibosha_birth"),
        text("deceased_address", "shibosha_jusho"),
        text("deceased_katagaki", "shibosha_katagaki"),
        postal("deceased_postal", "shibosha_yubin"),
        western_month("unpaid_from", "mishiharai_kaishi"),
        western_month("unpaid_to", "mishiharai_shuryo"),
        # 金融機関, ゆうちょ銀行. The form does not offer the 公金受取口座 (3).
        code("payee_bank_kind", "koza_kubun", {"1": "1", "2": "2"}),
        *ACCOUNT,
    ),
)

_ENTITLED = (
    text("claimant_name", "shikakusha_shimei"),
    text("claimant_kana", "shikakusha_furigana"),  # full width on these screens
    sogo_day("claimant_birth", "shikakusha_birth"),
    text("certificate_no", "shikakusha_nintei_no"),
    postal("claimant_postal", "shikakusha_yubin"),
    text("claimant_address", "shikakusha_jusho"),
    text("claimant_katagaki", "shikakusha_katagaki"),
    phone("claimant_tel", "shikakusha_tel"),
)
_OFFERED = (text("receipt_no", "seiri_no"), sogo_day("notify_date", "uketsuke_moshidebi"), *_ENTITLED)

_ALL_OR_PART = {"A": "1", "P": "2"}  # 全額, 一部

DONATION = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        *_OFFERED,
        western_month("start_ym", "kifu_kaishi"),
        western_month("end_ym", "kifu_shuryo"),
        # The screen has the month's own number, the form counts the six payments.
        boxes("pay_month", "kifu_kigetsu", {"02": "1", "04": "2", "06": "3", "08": "4", "10": "5", "12": "6"}),
        code("donation_scope", "kifu_kubun", _ALL_OR_PART),
        text("donation_amount", "kifu_gaku"),
        lines("purpose_note", "kifu_shito"),
    ),
)

DONATION_CHANGE = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        *_OFFERED,
        sogo_day("original_date", "moto_moshidebi"),
        amount("old_amount", "moto_gaku"),
        # 額変更, 支払月変更, 撤回. The form counts 撤回 second.
        code("change_kind", "henko_kubun", {"10": "1", "20": "3", "90": "2"}),
        western_month("from_ym", "henko_kaishi"),
        code("new_scope", "henko_hani", _ALL_OR_PART),
        amount("new_amount", "henko_gaku"),
    ),
)

_FEE = {
    "K1": "1",  # 学校給食費
    "H1": "2",  # 保育料
    "H2": "5",  # 幼稚園・認定こども園利用料
    "H3": "3",  # 学童クラブ利用料
    "G1": "4",  # 学用品費
    "G9": "6",  # その他
}


def _fee(row: int) -> tuple[Place, ...]:
    at = f"himoku{row}"
    return (
        text("school", f"{at}_gakko"),
        wide_only("grade", f"{at}_gakunen"),
        text("child_name", f"{at}_shimei"),
        sogo_day("child_birth", f"{at}_birth"),
        code("fee_kind", f"{at}_shu", _FEE),
        code("fee_scope", f"{at}_hani", {"0": "1", "1": "2"}),  # 全額, 上限額まで
        text("fee_limit", f"{at}_jogen"),
    )


SCHOOL_FEE = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(*_OFFERED, western_month("start_ym", "choshu_kaishi")),
    rows=(Rows("children", 4, _fee),),
)

SCHOOL_FEE_CHANGE = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        *_OFFERED,
        code("change_kind", "henko_kubun", {"T": "2", "H": "1"}),  # 撤回, 内容変更
        western_month("from_ym", "henko_kaishi"),
    ),
    rows=(Rows("children", 4, _fee),),
)
