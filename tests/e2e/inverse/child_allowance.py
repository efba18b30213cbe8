"""児童手当認定請求 (総合行政システム, JT-1010): where each item of the application stands."""

from __future__ import annotations

from tests.e2e.inverse.days import sogo_day
from tests.e2e.inverse.places import Place, Rows, Sheet, code, holder, kana, phone, postal, text

_JOB = {"10": "1", "20": "2", "30": "3", "90": "4"}  # 被用者, 公務員, 自営業等, 無職・その他

PENSION = {"01": "2", "02": "1", "03": "3", "04": "4", "05": "5", "08": "7", "09": "6"}
"""国民年金, 厚生年金, 国家公務員, 地方公務員, 私学, その他, 未加入; the form counts 厚生年金 first and その他 last."""

RELATION = {"01": "1", "02": "2", "05": "3", "06": "4", "07": "5", "99": "6"}
"""子, 養子, 孫, 甥・姪, 兄弟姉妹, その他."""

_CLAIMANT = (
    text("claimant_name", "seikyusha_shimei"),
    kana("claimant_kana", "seikyusha_kana"),
    sogo_day("claimant_birth", "seikyusha_birth"),
    code("claimant_sex", "seikyusha_seibetsu", {"1": "1", "2": "2"}),
    postal("claimant_postal", "seikyusha_yubin"),
    text("claimant_address", "seikyusha_jusho"),
    text("claimant_katagaki", "seikyusha_katagaki"),
    phone("claimant_tel", "seikyusha_tel"),
    text("claimant_mynumber", "seikyusha_kojin_no"),
    text("claimant_addr_jan1", "seikyusha_jan1_jusho"),
    code("claimant_job", "seikyusha_shokugyo", _JOB),
    text("claimant_employer", "seikyusha_kinmusaki"),
    code("claimant_pension", "seikyusha_nenkin", PENSION),
)

_SPOUSE = (
    code("spouse_exists", "haigusha_umu", {"1": "1", "2": "0"}),
    text("spouse_name", "haigusha_shimei"),
    kana("spouse_kana", "haigusha_kana"),
    sogo_day("spouse_birth", "haigusha_birth"),
    text("spouse_mynumber", "haigusha_kojin_no"),
    code("spouse_job", "haigusha_shokugyo", _JOB),
    text("spouse_address", "haigusha_jusho"),
)

_PUBLIC_OR_OWN = (
    # One choice on the screen (金融機関, ゆうちょ銀行, 公金受取口座) answers two questions of the form.
    code("payee_use_public_account", "koza_kubun", {"1": "0", "2": "0", "3": "1"}),
    code("payee_bank_kind", "koza_kubun", {"1": "1", "2": "2", "3": ""}),
)

ACCOUNT = (
    text("payee_bank_name", "koza_ginko_nm"),
    text("payee_bank_code", "koza_ginko_cd"),
    text("payee_branch_name", "koza_shiten_nm"),
    text("payee_branch_code", "koza_shiten_cd"),
    code("payee_account_type", "koza_shumoku", {"01": "1", "02": "2", "09": "3"}),
    text("payee_account_no", "koza_koza_no"),
    # The screen takes 記号 and 番号 as they are, so nothing has to be led back from 店番 and 口座番号.
    text("payee_yucho_kigou", "koza_kigo"),
    text("payee_yucho_bangou", "koza_bango"),
    holder("payee_holder_kana", "koza_meigi"),
)


def child(row: int) -> tuple[Place, ...]:
    """One child, on every screen of this vendor that has a box for each."""
    at = f"jido{row}"
    return (
        text("child_name", f"{at}_shimei"),
        text("child_kana", f"{at}_kana"),  # full-width kana on this screen too
        sogo_day("child_birth", f"{at}_birth"),
        code("child_rel", f"{at}_zokugara", RELATION),
        code("child_live", f"{at}_dokyo", {"0": "1", "1": "2"}),
        text("child_address", f"{at}_jusho"),
        code("child_kango", f"{at}_kango", {"1": "1", "0": "0"}),
        code("child_seikei", f"{at}_seikei", {"1": "1", "2": "2"}),
        text("child_mynumber", f"{at}_kojin_no"),
    )


def _older_child(row: int) -> tuple[Place, ...]:
    at = f"santei{row}"
    return (
        text("older_child_name", f"{at}_shimei"),
        sogo_day("older_child_birth", f"{at}_birth"),
        code("older_child_support", f"{at}_futan", {"1": "1", "2": "0"}),
    )


SHEET = Sheet(
    date_item="claim_date",
    chosen={"uketsuke_kubun": "9"},  # 電子申請
    places=(
        text("receipt_no", "seiri_no"),
        sogo_day("claim_date", "uketsuke_seikyubi"),
        *_CLAIMANT,
        *_SPOUSE,
        *_PUBLIC_OR_OWN,
        *ACCOUNT,
    ),
    rows=(Rows("children", 5, child), Rows("older_children", 3, _older_child)),
)
