"""Bank transfers: 全銀 kana and the conversion of ゆうちょ symbols and numbers."""

from __future__ import annotations

import re

import jaconv

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import full_width

_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HYPHEN_LIKE = str.maketrans(dict.fromkeys("\u30fc\uff70\u2010\u2212\uff0d", "-"))
# ヲ is a zengin character that some banks refuse; which ones do is not known, so the common set is used.
_ZENGIN = re.compile("[ ()\\-./0-9A-Z\uff66\uff71-\uff9f]*")


def zengin_kana(text: str) -> str:
    """口座名義を全銀の文字にする（半角の大文字カナ、長音はハイフン）。全銀に無い文字があれば保留。

    >>> zengin_kana("ワタナベ　ショウコ")
    'ﾜﾀﾅﾍﾞ ｼﾖｳｺ'
    >>> zengin_kana("スズキ　ケーキ")
    'ｽｽﾞｷ ｹ-ｷ'
    """
    large = full_width(text.translate(_HYPHEN_LIKE)).translate(_LARGE).translate(_HYPHEN_LIKE)
    narrow = str(jaconv.z2h(large, kana=True, ascii=True, digit=True)).upper()
    if not _ZENGIN.fullmatch(narrow):
        raise Unfit(Reason.VALUE_INVALID, "口座名義に使えない文字があります")
    return narrow


def yucho_parts(kigou: str, bangou: str) -> tuple[str, ...]:
    """ゆうちょの記号と番号を、振込用の店番・預金種目（普通か当座）・口座番号にする。

    >>> yucho_parts("10530", "12345671")
    ('058', '普通', '1234567')
    """
    sound = kigou.isascii() and kigou.isdigit() and bangou.isascii() and bangou.isdigit()
    if not sound or len(kigou) != 5 or len(bangou) > 8:
        raise Unfit(Reason.NUMBER_INVALID, "ゆうちょの記号は 5 桁、番号は 8 桁以内です")
    if kigou[0] == "1" and len(bangou) >= 2:
        return kigou[1:3] + "8", "普通", bangou[:-1].rjust(7, "0")
    if kigou[0] == "0" and len(bangou) <= 7:
        return kigou[1:3] + "9", "当座", bangou.rjust(7, "0")
    raise Unfit(Reason.NUMBER_INVALID, "ゆうちょの記号・番号から店番を決められません")
