"""Conversions of amounts and decimals. No digit is ever rounded, cut or lost: what would need that is held."""

from __future__ import annotations

import re
from collections.abc import Callable

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import half_width

_PLAIN = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+")
_DECIMAL = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:\.([0-9]+))?")


def no_commas(text: str) -> str:
    """金額からカンマを除き、半角にする（符号は残す）。カンマの位置がおかしい、先頭に余分な 0 があるものは保留。

    >>> no_commas("１，２３４，５６７")
    '1234567'
    """
    plain = half_width(text)
    if _GROUPED.fullmatch(plain):
        return plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        raise Unfit(Reason.VALUE_INVALID, "金額として読めません")
    return plain


def commas(text: str) -> str:
    """金額に 3 桁ごとのカンマを付ける（符号は残す）。

    >>> commas("1234567")
    '1,234,567'
    >>> commas("-1200")
    '-1,200'
    """
    return f"{int(no_commas(text)):,}"


def decimals(count: int) -> Callable[[str], str]:
    """The conversion that fills a number up to `count` decimal places; one with more of them is held.

    >>> decimals(2)("1.5")
    '1.50'
    """

    def filled(text: str) -> str:
        whole, fraction = decimal_parts(text)
        if len(fraction) > count:
            raise Unfit(Reason.TOO_LONG, f"小数点より下は {count} 桁までです")
        return f"{whole}.{fraction.ljust(count, '0')}"

    filled.__doc__ = f"""小数点より下を {count} 桁にする（足りない桁は 0）。{count} 桁より多ければ保留し、丸めも切捨てもしない。

    >>> decimals({count})("12")
    '12.{"0" * count}'
    """
    return filled


def decimal_parts(text: str) -> tuple[str, ...]:
    """小数を、小数点より上と下に分ける（符号は上に付く。小数点が無ければ下は空）。

    >>> decimal_parts("12.50")
    ('12', '50')
    """
    found = _DECIMAL.fullmatch(half_width(text))
    if not found:
        raise Unfit(Reason.VALUE_INVALID, "小数として読めません")
    return found[1], found[2] or ""
