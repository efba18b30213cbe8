"""The controls of a screen's fields: which boxes a field has, what each takes, and the values that are sent."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass, field

from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import PARTS, Field, Kind, Placed, Screen
from mock_core_ui.desktop import widths
from mock_core_ui.desktop.combos import Combo
from mock_core_ui.desktop.entries import Rules, TextBox

Control = TextBox | Combo

FULL_WIDTH_UNITS = 1.8
"""How much wider than a digit a Japanese character is."""
WIDEST_UNITS = 82
_DIGIT_RULES = {size: Rules(size, widths.is_digits, widths.narrow_digits) for size in (2, 3, 4, 5)}


@dataclass(slots=True)
class Picker:
    """A field with a code that may be typed and a name that only the server knows."""

    placed: Placed
    code: TextBox
    shown: tk.StringVar
    checked: str = ""
    """The code whose name is shown."""

    def choose(self, number: str, name: str) -> None:
        """Takes an office."""
        self.code.put(number)
        self.show(name)

    def show(self, name: str) -> None:
        """Shows the name of the code that is in the box."""
        self.checked = self.code.get()
        self.shown.set(name)


@dataclass(slots=True)
class Form:
    """All controls of an entry window by their names."""

    screen: Screen
    controls: dict[str, Control] = field(default_factory=dict)
    pickers: list[Picker] = field(default_factory=list)
    fields: dict[str, Placed] = field(default_factory=dict)
    """Control name -> the field it belongs to."""

    def values(self) -> dict[str, str]:
        """What is entered, by control name; codes where a list shows labels."""
        found = {
            name: control.code if isinstance(control, Combo) else control.get()
            for name, control in self.controls.items()
        }
        for picker in self.pickers:
            found[picker.placed.names[1]] = picker.shown.get()
        return found

    def picker_of(self, stop: tk.Misc | None) -> Picker | None:
        """The picker whose code box a stop is."""
        return next((picker for picker in self.pickers if picker.code is stop), None)

    def placed_of(self, stop: tk.Misc) -> Placed | None:
        """The field that a stop belongs to."""
        return next((self.fields.get(name) for name, control in self.controls.items() if control is stop), None)

    def boxes_of(self, wanted: str) -> list[TextBox]:
        """The text boxes of a control's or a field's name."""
        return [
            control
            for name, control in self.controls.items()
            if isinstance(control, TextBox) and (name == wanted or name.startswith(f"{wanted}_"))
        ]

    def make(self, parent: tk.Misc, placed: Placed) -> list[Control]:
        """The controls of one field, in the order of its stops. The caller lays them out."""
        kind = placed.field.kind
        made: list[Control]
        if kind is Kind.DATE:
            eras = Combo(parent, ERAS[self.screen.core], 5, can_be_empty=placed.field.required is not True)
            made = [eras, *(TextBox(parent, 3, _DIGIT_RULES[2]) for _ in range(3))]
        elif kind in (Kind.PHONE, Kind.POSTAL):
            made = [TextBox(parent, size + 1, _DIGIT_RULES[size]) for _, _, size in PARTS[kind]]
        elif kind is Kind.SELECT:
            made = [_combo(parent, placed.field)]
        elif kind is Kind.PICKER:
            box = TextBox(parent, 12, Rules(PARTS[kind][0][2], widths.is_digits, widths.narrow_digits))
            self.pickers.append(Picker(placed, box, tk.StringVar(parent)))
            made = [box]
        else:
            made = [TextBox(parent, units_of(placed.field), _rules(placed.field))]
        for name, control in zip(placed.names, made, strict=False):  # a picker's name is no control
            self.controls[name] = control
            self.fields[name] = placed
        return made


def units_of(field: Field) -> int:
    """The width of a text box, in digits."""
    half = field.kind in (Kind.DIGITS, Kind.HALF_KANA)
    return min(WIDEST_UNITS, round(field.maximum * (1 if half else FULL_WIDTH_UNITS)) + 1)


def _rules(field: Field) -> Rules:
    match field.kind:
        case Kind.TEXT:
            return Rules(field.maximum, None, widths.widened if field.widen else None)
        case Kind.KANA:
            return Rules(field.maximum, widths.is_kana)
        case Kind.HALF_KANA:
            return Rules(field.maximum, None, widths.halved)
        case Kind.DIGITS:
            return Rules(field.maximum, widths.is_digits, widths.narrow_digits)
        case _:
            raise ValueError(f"this client has no control for {field.kind}")


def _combo(parent: tk.Misc, field: Field) -> Combo:
    longest = max(len(choice.label) for choice in field.choices)
    units = max(6, round(longest * FULL_WIDTH_UNITS) + 1)
    return Combo(parent, field.choices, units, can_be_empty=field.required is not True)
