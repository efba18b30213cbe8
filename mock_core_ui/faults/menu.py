"""The core fault menu M1-M45 and the window faults of the desktop core, D1 and on, as one table and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mock_core_ui.faults.menu_commit import AFTERWARDS, LOOKUP_AND_CLOCK, STORED
from mock_core_ui.faults.menu_pages import FORM, SAID, WINDOWS
from mock_core_ui.faults.menu_windows import DESKTOP
from mock_core_ui.faults.menu_wire import LOGIN, NETWORK
from mock_core_ui.faults.model import Fault


def _number(fault: Fault) -> tuple[bool, int, str]:
    return fault.code.startswith("D"), int(fault.line[1:]), fault.code


_ALL = (*NETWORK, *LOGIN, *WINDOWS, *SAID, *FORM, *STORED, *AFTERWARDS, *LOOKUP_AND_CLOCK, *DESKTOP)

MENU: dict[str, Fault] = {fault.code: fault for fault in sorted(_ALL, key=_number)}
"""Code -> fault, in the order of the menu."""

_NAMES = {fault.name: fault for fault in _ALL}


def fault_named(code_or_name: str) -> Fault | None:
    """A fault by its code or its name."""
    return MENU.get(code_or_name) or _NAMES.get(code_or_name)


def menu_report() -> Sequence[Mapping[str, object]]:
    """The menu as plain data."""
    return [
        {
            "code": fault.code,
            "name": fault.name,
            "title": fault.title,
            "phase": fault.phase.value,
            "effect": fault.effect.value,
            "origin": fault.origin,
            "page": fault.page,
            "parameters": dict(fault.parameters),
            "choices": {key: list(values) for key, values in fault.choices.items()},
            "cores": list(fault.cores),
            "needs_tls": fault.needs_tls,
        }
        for fault in MENU.values()
    ]
