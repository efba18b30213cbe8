"""Binds the author's words to one application: finds values, converts them, measures them. Implements `Binding`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.charsets import TITLES
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import MarkText, TargetText
from bridge_agent.domain.plan import BoundField, Compared, Comparison, Control, FieldClass, Mark, Target
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import InputType
from bridge_agent.domain.recipe_words import Always, CompareText, FieldText, PartPlace, PlaceText, ShownText, ValueText
from bridge_agent.domain.substitution import Substituted
from bridge_agent.mapping.characters import BadCharacter, Holding, bad_characters
from bridge_agent.mapping.items import Item, Items, holding_of
from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from bridge_agent.mapping.transforms.text import MULTI_SEPARATOR
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.steps.binding import ROW, bound_mark, bound_target

_STRICTEST_FIRST = (FieldClass.MYNUMBER, FieldClass.ACCOUNT, FieldClass.PERSONAL, FieldClass.PLAIN)
_COMPARISONS = {
    InputType.NAME: Comparison.NAME,
    InputType.DATE: Comparison.DATE,
    InputType.POSTAL: Comparison.DIGITS,
    InputType.PHONE: Comparison.DIGITS,
}
TICKED, UNTICKED = "1", "0"


@dataclass(frozen=True, slots=True)
class _Value:
    """The items a value is made of, before conversion."""

    items: tuple[Item, ...]
    text: str
    label: str
    field_class: FieldClass

    @property
    def is_empty(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class Binder:
    items: Items
    variants: VariantTable
    entered: bool = True
    """False for what is only looked at or searched for: nothing is substituted there."""
    substituted: list[Substituted] = field(default_factory=list)
    """What was typed with another character so far, for all copies of this binder."""

    def only_looking(self) -> Binder:
        """The same for a step that enters nothing into the record."""
        return replace(self, entered=False)

    @property
    def attachments(self) -> Sequence[Attachment]:
        return self.items.application.attachments

    def fields(self, text: FieldText, group: str = "", row: int = 0) -> tuple[BoundField, ...]:
        if not self.items.holds(text.when, group, row):
            return ()
        value = self._value(text, group, row)
        if text.boxes:
            return self._boxes(text, value, group, row)
        if text.parts:
            return self._parts(text, value, group, row)
        converted = self._converted(value, text.as_, text.codes) if not value.is_empty else ""
        bound = self._bound(text, _key(text.name, group, row), text.place(), converted, value, row)
        if text.control is not Control.LIST:
            return bound
        return tuple(self._searched(text, field, group, row) for field in bound)

    def _searched(self, text: FieldText, field: BoundField, group: str, row: int) -> BoundField:
        """A list's field with what is typed to find its line; an empty one is only emptied."""
        if not field.value:
            return field
        typed = self._simple(text.typed, group, row) if text.typed else field.value
        kept = self._simple(text.kept, group, row) if text.kept else field.value
        return replace(field, typed=typed, kept=kept, more=bound_target(text.more, row) if text.more else None)

    def _simple(self, text: ValueText, group: str, row: int) -> str:
        value = self._value(text, group, row)
        return "" if value.is_empty else self._converted(value, text.as_, text.codes) or ""

    def cleared(self, text: FieldText, group: str, row: int) -> tuple[BoundField, ...]:
        nothing = _Value((), "", text.name, FieldClass.PLAIN)
        if text.boxes:
            return self._boxes(text, nothing, group, row)
        if text.parts:
            return self._parts(text, nothing, group, row)
        return self._bound(text, _key(text.name, group, row), text.place(), "", nothing, row)

    def shown(self, text: ShownText) -> tuple[BoundField, ...]:
        if not self.items.holds(text.when):
            return ()
        value = self._value(text)
        converted = self._converted(value, text.as_, text.codes) if not value.is_empty else ""
        if converted is None:
            return ()
        key = text.key or (text.from_[0] if text.from_ else "text")
        comparison = text.compare or _usual_comparison(value, text)
        target = bound_target(text.to)
        if self.entered:
            converted = self._as_typed(converted, value)
        shown = BoundField(key, target, Control.SHOWN, converted, value.field_class, comparison, title=value.label)
        return (shown,)

    def compared(self, text: CompareText, row: int = 0) -> Compared | None:
        """A line of the look-up; None when it does not apply."""
        if not self.items.holds(text.when, text.rows, row):
            return None
        value = self._value(text, text.rows, row)
        converted = self._converted(value, text.as_, text.codes) if not value.is_empty else ""
        if converted is None:
            return None
        label = text.label.replace(ROW, str(row))
        return Compared(
            label, self._as_typed(converted, value), text.compare or _usual_comparison(value, text), value.field_class
        )

    def value(self, text: ValueText) -> str:
        return self._simple(text, "", 0)

    def rows(self, group: str) -> range:
        return range(1, self.items.row_counts[group] + 1)

    def screen_rows(self, group: str) -> int:
        return self.items.recipe.groups[group].rows

    def target(self, text: TargetText, row: int = 0) -> Target:
        return bound_target(text, row)

    def mark(self, text: MarkText, name: str) -> Mark:
        return bound_mark(text, name)

    def refuse_doubles(self, fields: Sequence[BoundField]) -> None:
        """Two values for one field: conditions that should exclude each other both hold, so the data contradict."""
        for key, count in Counter(bound.key for bound in fields).items():
            if count > 1:
                titles = [bound.title for bound in fields if bound.key == key and bound.title]
                place = titles[0] if titles else key
                self.items.problems.add(Reason.VALUE_INVALID, place, "1 つの欄に 2 つの値があります")

    def _value(self, text: ValueText, group: str = "", row: int = 0) -> _Value:
        if text.text is not None:
            return _Value((), text.text, text.text and "決まった値", FieldClass.PLAIN)
        found = tuple(self.items.item(key, group, row) for key in text.from_)
        filled = [item.text for item in found if item.text]
        strictest = min((item.field_class for item in found), key=_STRICTEST_FIRST.index)
        return _Value(found, text.joint.join(filled), "と".join(item.label for item in found), strictest)

    def _converted(self, value: _Value, transforms: Sequence[str], table: str) -> str | None:
        """None when the value does not fit; the problem is then noted."""
        text = value.text
        try:
            for name in transforms:
                text = TRANSFORMS[name](text)
        except Unfit as unfit:
            self._note(unfit, value)
            return None
        return self._coded(text, table, value) if table and text else text

    def _coded(self, text: str, table: str, value: _Value) -> str | None:
        codes = self.items.recipe.codes.get(table) or self.items.loaded.core.codes[table]
        several = _type_of(value) is InputType.MULTI_CHOICE
        given = text.split(MULTI_SEPARATOR) if several else [text]
        every = value.text.split(MULTI_SEPARATOR) if several else given
        # One line of a list takes one choice; what no line takes must not vanish without a word.
        asked = every if set(given) <= set(every) else given
        if any(code not in codes for code in asked):
            self.items.problems.add(Reason.CODE_UNKNOWN, value.label)
            return None
        if not several:
            return codes[text]
        # The table's own order is the screen's order of the choices.
        return _JOINT.join(shown for code, shown in codes.items() if code in given)

    def _boxes(self, text: FieldText, value: _Value, group: str, row: int) -> tuple[BoundField, ...]:
        chosen = value.text.split(MULTI_SEPARATOR) if not value.is_empty else []
        if any(code not in text.boxes for code in chosen):
            self.items.problems.add(Reason.CODE_UNKNOWN, value.label)
        return tuple(
            BoundField(
                key=f"{_key(text.name, group, row)}.{code}",
                target=bound_target(place, row),
                control=Control.CHECK,
                value=TICKED if code in chosen else UNTICKED,
                field_class=value.field_class,
                by_keys=text.keys,
            )
            for code, place in text.boxes.items()
        )

    def _parts(self, text: FieldText, value: _Value, group: str, row: int) -> tuple[BoundField, ...]:
        split = SPLITS[text.split]
        divided: Sequence[str] = [""] * len(split.parts)
        if not value.is_empty:
            try:
                divided = split.divide(*self._origins(text, value))
            except Unfit as unfit:
                self._note(unfit, value)
                return ()
        fields: list[BoundField] = []
        for name, part in zip(split.parts, divided, strict=True):
            place: PartPlace = text.parts[name]
            whole = _Value(value.items, part, value.label, value.field_class)
            converted = self._converted(whole, place.as_, place.codes) if part else ""
            fields += self._bound(text, f"{_key(text.name, group, row)}.{name}", place, converted, whole, row)
        return tuple(fields)

    def _origins(self, text: FieldText, value: _Value) -> list[str]:
        if len(value.items) == 1:
            converted = self._converted(value, text.as_, text.codes)
            return [converted if converted is not None else value.text]
        return [item.text for item in value.items]

    def _bound(
        self, text: FieldText, key: str, place: PlaceText, converted: str | None, value: _Value, row: int
    ) -> tuple[BoundField, ...]:
        if converted is None or (value.is_empty and not place.clears):
            return ()
        typed = converted
        if place.control is Control.CHECK:
            typed = converted or UNTICKED
            if typed not in (TICKED, UNTICKED):
                self.items.problems.add(Reason.CODE_UNKNOWN, value.label)
        typed = self._substitute(typed, place, value)
        self._measure(typed, place, value)
        return (
            BoundField(
                key=key,
                target=bound_target(place.to, row),
                control=place.control,
                value=typed,
                field_class=value.field_class,
                comparison=text.compare,
                by_keys=place.keys,
                title=value.label if value.items else "",
            ),
        )

    def _substitute(self, typed: str, place: PlaceText, value: _Value) -> str:
        """Approved characters instead of those the field cannot hold; each one is kept for the clerk."""
        table = self.items.loaded.substitutions
        allowed = value.items and all(item.may_be_substituted for item in value.items)
        if not (table.pairs and allowed and self.entered and place.control is Control.TEXT):
            return typed
        made, index, labels = "", 0, tuple(item.label for item in value.items)
        while index < len(typed):
            was, now = table.at(typed, index) or (typed[index], typed[index])
            if was != now and self._misfit(was, place):
                found = Substituted(labels, index + 1, was, now)
                if found not in self.substituted:
                    self.substituted.append(found)
            else:
                was = now = typed[index]
            made += now
            index += len(was)
        return made

    def _as_typed(self, text: str, value: _Value) -> str:
        """What the record must show: with the characters that were typed for these items instead of others."""
        labels = {item.label for item in value.items}
        for found in self.substituted:
            if labels & set(found.labels):
                text = text.replace(found.was, found.now)
        return text

    def _misfit(self, typed: str, place: PlaceText) -> tuple[BadCharacter, str] | None:
        """The first character that the core or this field cannot hold, and why when it is the field's own limit."""
        core = holding_of(self.items.loaded)
        limits = [(core, "")]
        if place.charset is not None:
            limits.append((Holding(place.charset, core.private_use_allowed), f"この欄は{TITLES[place.charset]}だけ"))
        for holding, why in limits:
            for bad in bad_characters(typed, holding, lines=True):
                return bad, why
        return None

    def _measure(self, typed: str, place: PlaceText, value: _Value) -> None:
        """Never cut: too long is held, and so is what a conversion made of characters that the core lacks."""
        if misfit := self._misfit(typed, place):
            bad, why = misfit
            self.items.problems.add(bad.reason, f"{value.label} {bad.note}", why)
            return
        if not place.max:
            return
        in_bytes = place.max_unit == "bytes"
        length = len(typed.encode(self.items.loaded.core.charset.codec)) if in_bytes else len(typed)
        if length > place.max:
            unit = "バイト" if in_bytes else "文字"
            self.items.problems.add(Reason.TOO_LONG, value.label, f"{place.max}{unit}まで")

    def _note(self, unfit: Unfit, value: _Value) -> None:
        self.items.problems.add(unfit.reason, value.label, unfit.why)


_JOINT = "、"
"""Between the chosen ones of several, as screens list them."""


def _key(name: str, group: str, row: int) -> str:
    return f"{group}.{row}.{name}" if row else name


def _type_of(value: _Value) -> InputType | None:
    if len(value.items) != 1 or value.items[0].declared is None:
        return None
    return value.items[0].declared.type


def _usual_comparison(value: _Value, text: ValueText) -> Comparison:
    """By the item's type, as long as nothing converts the value into something else."""
    if text.as_ or text.codes or len(value.items) != 1:
        return Comparison.EXACT
    if value.items[0].origin == Always.APPLICATION_DATE:
        return Comparison.DATE
    kind = _type_of(value)
    if kind is InputType.NAME and isinstance(text, CompareText):
        # What was entered must come back letter for letter; variants are only between two sources of a name.
        return Comparison.EXACT
    return _COMPARISONS.get(kind, Comparison.EXACT) if kind else Comparison.EXACT
