"""Conversions of free text and of digits."""

from __future__ import annotations

from collections.abc import Callable

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import half_width

MULTI_SEPARATOR = "|"
"""Between the codes of a multi_choice, as the management system writes them."""
MOST_CHOICES = 5
"""Lines of the longest list that `choice_1` … can fill."""
_BETWEEN_DIGITS = str.maketrans(dict.fromkeys("- \u2010"))


def line_ends(text: str) -> str:
    """改行を LF にそろえる。

    >>> line_ends("一行目\\r\\n二行目")
    '一行目\\n二行目'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """改行と続く空白を半角空白 1 つにする。照会画面が改行を空白で示すときの突合にだけ使う。

    >>> one_line("一行目\\r\\n二行目")
    '一行目 二行目'
    """
    return " ".join(line.strip(" ") for line in line_ends(text).split("\n") if line.strip(" "))


def digits(text: str) -> str:
    """半角数字だけにする（ハイフンと空白を除く。先頭の 0 は残す）。数字のほかがあれば保留。

    >>> digits("００１－２３４５")
    '0012345'
    """
    bare = half_width(text).translate(_BETWEEN_DIGITS)
    if not (bare.isascii() and bare.isdigit()):
        raise Unfit(Reason.VALUE_INVALID, "数字でない文字があります")
    return bare


def two_digits(text: str) -> str:
    """1 桁の数を 2 桁にする（和暦の年・月・日を 08 のように入れる画面のため）。

    >>> two_digits("8")
    '08'
    """
    number = digits(text)
    if len(number) > 2:
        raise Unfit(Reason.VALUE_INVALID, "2 桁に収まりません")
    return number.rjust(2, "0")


def nth_choice(number: int) -> Callable[[str], str]:
    """The conversion that takes one code out of a multi_choice, for tables that have a line a choice.

    >>> nth_choice(2)("1|3")
    '3'
    """

    def choice(text: str) -> str:
        given = text.split(MULTI_SEPARATOR)
        if len(given) > MOST_CHOICES:
            raise Unfit(Reason.TOO_MANY_ROWS, f"選択が {MOST_CHOICES} つより多くあります")
        return given[number - 1] if number <= len(given) else ""

    choice.__doc__ = f"""`multi_choice` の、申請に書かれた順で {number} 番目のコード。足りなければ空。

    >>> nth_choice({number})("{MULTI_SEPARATOR.join("abcdefgh"[:number])}")
    '{"abcdefgh"[number - 1]}'
    """
    return choice
