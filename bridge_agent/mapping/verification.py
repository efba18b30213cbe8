"""What a recipe asks to be verified beyond an item's own shape, with `verify`: against other items and public lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import InputType, VerifyText
from bridge_agent.mapping.item_checks import facility_digit
from bridge_agent.mapping.known_banks import check_bank, check_branch
from bridge_agent.mapping.known_towns import check_town
from bridge_agent.mapping.transforms.unfit import Unfit

WORDS: dict[InputType, frozenset[str]] = {
    InputType.POSTAL: frozenset({"address"}),
    InputType.BANK_CODE: frozenset({"name"}),
    InputType.BRANCH_CODE: frozenset({"bank", "name"}),
    InputType.FACILITY_NO: frozenset({"check_digit"}),
}
"""Type -> the words that its `verify` must have, all of them; other types have none."""


def items_named(text: VerifyText) -> dict[str, str]:
    """Word -> key of another item."""
    words = {"address": text.address, "name": text.name, "bank": text.bank}
    return {word: key for word, key in words.items() if key}


def words_used(text: VerifyText) -> frozenset[str]:
    return frozenset({*items_named(text), *(["check_digit"] if text.check_digit else [])})


def verify(kind: InputType, text: str, others: Mapping[str, str]) -> None:
    """`others`: word -> the other item's text. Raises Unfit; says nothing of an empty value."""
    if text:
        _CHECKS[kind](text, others)


def _facility(text: str, _: Mapping[str, str]) -> None:
    if facility_digit(text[:9]) != text[9:]:
        raise Unfit(Reason.NUMBER_INVALID, "検査数字が合いません")


_CHECKS: dict[InputType, Callable[[str, Mapping[str, str]], None]] = {
    InputType.POSTAL: lambda text, others: check_town(text, others["address"]),
    InputType.BANK_CODE: lambda text, others: check_bank(text, others["name"]),
    InputType.BRANCH_CODE: lambda text, others: check_branch(others["bank"], text, others["name"]),
    InputType.FACILITY_NO: _facility,
}
