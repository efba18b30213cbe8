"""The application's items as the recipe declares them: read by column, checked, with their rows counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bridge_agent.domain.application import Application
from bridge_agent.domain.clock import JST
from bridge_agent.domain.plan import FieldClass
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import GroupText, InputText, InputType, LoadedRecipe, Recipe
from bridge_agent.domain.recipe_words import Always, When
from bridge_agent.mapping.characters import Holding, bad_characters
from bridge_agent.mapping.item_checks import check_item
from bridge_agent.mapping.problems import Problems
from bridge_agent.mapping.transforms.text import MULTI_SEPARATOR
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.verification import items_named, verify
from bridge_agent.steps.binding import ROW

_SUBSTITUTED = frozenset({InputType.NAME, InputType.ADDRESS, InputType.TEXT, InputType.TEXTAREA})
"""Words and names; a number or a code is never typed with another character."""
_MULTI_LINE = frozenset({"textarea"})
_WRITTEN_DAYS = {
    "slashes": re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    "eight_digits": re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
}
_ALWAYS_CLASS = {
    Always.RECEIPT_NO: FieldClass.PLAIN,
    Always.ATENA_NO: FieldClass.PERSONAL,
    Always.APPLICATION_DATE: FieldClass.PLAIN,
    Always.ATTACHMENTS: FieldClass.PERSONAL,
}
_ALWAYS_LABEL = {
    Always.RECEIPT_NO: "受付番号",
    Always.ATENA_NO: "宛名番号",
    Always.APPLICATION_DATE: "申請日",
    Always.ATTACHMENTS: "添付ファイル",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item at its place; `text` as the source wrote it, several choices divided by `|`, a day as 2026-11-05."""

    text: str
    label: str
    """The source's column name, for the clerk."""
    declared: InputText | None
    """None for what every application has."""
    field_class: FieldClass
    origin: str = ""
    """Which of the values of `Always` it is, else ''."""

    @property
    def may_be_substituted(self) -> bool:
        return self.declared is not None and self.declared.type in _SUBSTITUTED


@dataclass(slots=True)
class Items:
    """Reads items of one application. What is wrong goes to `problems`."""

    application: Application
    loaded: LoadedRecipe
    problems: Problems
    row_counts: dict[str, int] = field(default_factory=dict)
    """Group -> number of its last row that holds anything."""
    _used: dict[str, list[int]] = field(default_factory=dict)

    @property
    def recipe(self) -> Recipe:
        return self.loaded.recipe

    def item(self, key: str, group: str = "", row: int = 0) -> Item:
        if key in set(Always):
            return self._always(Always(key))
        repeated = self.recipe.groups.get(group)
        if row and repeated and key in repeated.inputs:
            return self._declared(repeated.inputs[key], row)
        return self._declared(self.recipe.inputs[key], 0)

    def holds(self, when: When | None, group: str = "", row: int = 0) -> bool:
        return when is None or when.holds(self.item(when.field, group, row).text)

    def check(self) -> None:
        """Everything that can be told without knowing the screen."""
        self._count_rows()
        for item, group, row in self._everything():
            self._check_characters(item)
            if not item.text and self._is_required(item, group, row):
                self.problems.add(Reason.REQUIRED_MISSING, item.label)
            self._check_type(item, group, row)
        self._check_application_date()

    def _always(self, which: Always) -> Item:
        texts = {
            Always.RECEIPT_NO: self.application.key.receipt_no,
            Always.ATENA_NO: self.application.atena_no,
            Always.APPLICATION_DATE: self.application.received_at.astimezone(JST).date().isoformat(),
            Always.ATTACHMENTS: "、".join(attachment.name for attachment in self.application.attachments),
        }
        return Item(texts[which], _ALWAYS_LABEL[which], None, _ALWAYS_CLASS[which], which.value)

    def _declared(self, text: InputText, row: int) -> Item:
        column = text.column.replace(ROW, str(row))
        value = self.application.columns.get(column)
        if value is None:
            self.problems.add(Reason.PACKAGE_COLUMN, f"列「{column}」がありません")
        found = self._divided(value or "", column, text.divided_by)
        return Item(self._day(found, column, text.written), column, text, text.field_class)

    def _day(self, value: str, column: str, written: str) -> str:
        """As if the source wrote 2026-11-05; a day written otherwise than declared is no day."""
        if written == "iso" or not value:
            return value
        found = _WRITTEN_DAYS[written].fullmatch(value)
        if found is None:
            self.problems.add(Reason.DATE_INVALID, column)
            return value
        return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"

    def _divided(self, value: str, column: str, divided_by: str) -> str:
        """As if the source wrote the usual mark; one that stands there beside the source's own is no code."""
        if divided_by == MULTI_SEPARATOR:
            return value
        if MULTI_SEPARATOR in value:
            self.problems.add(Reason.CODE_UNKNOWN, column)
        return value.replace(divided_by, MULTI_SEPARATOR)

    def _everything(self) -> Iterator[tuple[Item, str, int]]:
        for which in (Always.RECEIPT_NO, Always.ATENA_NO):
            yield self._always(which), "", 0
        for key in self.recipe.inputs:
            yield self.item(key), "", 0
        for group, text in self.recipe.groups.items():
            for row in self._used[group]:
                for key in text.inputs:
                    yield self.item(key, group, row), group, row

    def _is_required(self, item: Item, group: str, row: int) -> bool:
        if item.declared is None:
            return False
        when = item.declared.required_when
        return item.declared.required or (when is not None and self.holds(when, group, row))

    def _check_characters(self, item: Item) -> None:
        lines = item.declared is not None and item.declared.type.value in _MULTI_LINE
        # Characters with an approved substitution are judged where they are typed.
        later = self.loaded.substitutions.places(item.text) if item.may_be_substituted else frozenset()
        for bad in bad_characters(item.text, holding_of(self.loaded), lines=lines):
            if bad.place in later:
                continue
            self.problems.add(bad.reason, f"{item.label} {bad.note}")

    def _check_type(self, item: Item, group: str, row: int) -> None:
        if item.declared is None:
            return
        try:
            check_item(item.declared.type, item.text)
            if item.declared.verify is not None:
                named = items_named(item.declared.verify)
                verify(
                    item.declared.type,
                    item.text,
                    {word: self.item(key, group, row).text for word, key in named.items()},
                )
        except Unfit as unfit:
            self.problems.add(unfit.reason, item.label, unfit.why)

    def _check_application_date(self) -> None:
        """The form's own date must be the day of arrival; the day of the run is never a date of application."""
        if not self.recipe.application_date:
            return
        item = self.item(self.recipe.application_date)
        if item.text and item.text != self._always(Always.APPLICATION_DATE).text:
            self.problems.add(Reason.VALUE_INVALID, item.label, "到達日と違います")

    def _count_rows(self) -> None:
        for group, text in self.recipe.groups.items():
            used = self._used[group] = [row for row in range(1, text.max + 1) if self._is_used(text, row)]
            count = used[-1] if used else 0
            self.row_counts[group] = count
            for row in set(range(1, count)) - set(used):
                self.problems.add(Reason.VALUE_INVALID, f"{text.name} {row} 行目が空です")
            if count < text.min:
                self.problems.add(Reason.REQUIRED_MISSING, text.name)
            beyond = self._is_used(text, text.max + 1, missing_is_empty=True)
            if count > text.rows or beyond:
                told = f"{text.max} 行より多く" if beyond else f"{count} 行"
                self.problems.add(Reason.TOO_MANY_ROWS, f"{text.name}：{told}", f"画面は {text.rows} 行")

    def _is_used(self, group: GroupText, row: int, *, missing_is_empty: bool = False) -> bool:
        if missing_is_empty:
            columns = (item.column.replace(ROW, str(row)) for item in group.inputs.values())
            return any(self.application.columns.get(column) for column in columns)
        return any(self._declared(item, row).text for item in group.inputs.values())


def holding_of(loaded: LoadedRecipe) -> Holding:
    return Holding(loaded.core.charset, loaded.core.private_use_allowed)
