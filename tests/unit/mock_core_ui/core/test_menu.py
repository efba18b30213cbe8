"""The fault menu: every line of the specification is there, and every effect stands where a server carries it out."""

from __future__ import annotations

import pytest

from mock_core_ui.core.training import PHASES
from mock_core_ui.faults import MENU, Fault, Phase, menu_report
from mock_core_ui.faults.model import EFFECTS_OF


def test_every_line_from_m1_to_m45_is_there_on_all_web_cores_and_d1_to_d8_on_the_desktop_core() -> None:
    lines = [f"M{number}" for number in range(1, 46)]
    windows = [f"D{number}" for number in range(1, 9)]
    assert list(dict.fromkeys(fault.line for fault in MENU.values())) == [*lines, *windows]
    for core in ("sogo", "nintei"):
        assert {fault.line for fault in MENU.values() if core in fault.cores} == set(lines)
    for core in ("wakaba", "jidosha"):  # no file can come in the place of a page that a script draws
        assert {fault.line for fault in MENU.values() if core in fault.cores} == set(lines) - {"M20"}
    for fault in MENU.values():
        assert (fault.phase is Phase.ON_WINDOW) == (fault.cores == ("hibari",)) == fault.code.startswith("D")


def test_desktop_core_has_no_fault_of_pages_and_browsers() -> None:
    lines = {fault.line for fault in MENU.values() if "hibari" not in fault.cores}
    browser = {7, 8, *range(16, 22), 30, 32, 33, 35}
    """Redirects, certificates, dialogs and windows of a browser, scripts and forms of a page."""
    assert lines == {f"M{number}" for number in browser | {12, 13, 27, 31, 45}}
    shared = ("M12", "M13", "M27", "M31", "M45")
    without = {fault.code for fault in MENU.values() if fault.line in shared and "hibari" not in fault.cores}
    assert without == {"M12b", "M12c", "M13b", "M27", "M31", "M31b", "M45c"}


BOTH_SIDES = {
    "M1": 2, "M3": 2, "M4": 2, "M5": 2, "M6": 2, "M7": 2, "M8": 2, "M9": 2, "M10": 2, "M11": 2, "M12": 3,
    "M13": 2, "M14": 2, "M16": 2,
    "M17": 2, "M18": 2, "M19": 2, "M20": 2, "M21": 2, "M22": 2, "M24": 2, "M26": 2, "M27": 2, "M28": 2, "M31": 4,
    "M32": 2, "M33": 2, "M34": 3, "M35": 2, "M39": 2, "M40": 2, "M42": 2, "M43": 2, "M45": 3,
    "D1": 2, "D4": 2, "D6": 2,
}  # fmt: skip
"""Lines that have variants, most of them one before and one after the commit."""


def test_lines_have_their_variants() -> None:
    counts: dict[str, int] = {}
    for fault in MENU.values():
        counts[fault.line] = counts.get(fault.line, 0) + 1
    assert {line: count for line, count in counts.items() if count > 1} == BOTH_SIDES


@pytest.mark.parametrize("fault", MENU.values(), ids=lambda fault: fault.code)
def test_effects_stand_where_they_are_carried_out(fault: Fault) -> None:
    assert isinstance(fault.effect, EFFECTS_OF[fault.phase])
    assert fault.title
    assert set(fault.choices) <= set(fault.parameters)
    assert fault.page == "" or fault.phase in (Phase.ON_PAGE, Phase.ON_LOOKUP, Phase.ON_WINDOW)
    assert all(fault.parameters[key] in values for key, values in fault.choices.items())


def test_names_and_codes_are_unique() -> None:
    assert len({fault.name for fault in MENU.values()}) == len(MENU)


def test_dns_is_honestly_called_imitated() -> None:
    origins = {line["code"]: line["origin"] for line in menu_report()}
    assert (origins["M7"], origins["M36"], origins["M6"]) == ("imitated", "imitated", "real")


def test_report_tells_parameters_and_cores() -> None:
    line = next(line for line in menu_report() if line["code"] == "M40")
    assert line["parameters"] == {"at": 100, "keep": "oldest"}
    assert line["choices"] == {"keep": ["oldest", "newest"]}
    assert line["cores"] == ["sogo", "nintei", "wakaba", "jidosha", "hibari"]
    assert (line["phase"], line["page"]) == ("on_lookup", "list")


def test_every_phase_has_a_name_for_trainers() -> None:
    assert set(PHASES) == set(Phase)
