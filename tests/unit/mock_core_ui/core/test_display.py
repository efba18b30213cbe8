"""Stored values as the confirm and detail screens show them."""

from __future__ import annotations

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.values import Values
from tests.unit.mock_core_ui.core.samples import valid_values


def _shown(procedure: str, **changes: str) -> dict[str, str]:
    screen = SCREENS[procedure]
    values: Values = {**valid_values(screen), **changes}
    return {line.key: line.text for block in blocks(screen, values) for line in block.lines}


def test_labels_for_codes_and_joined_parts() -> None:
    shown = _shown("disaster_victim_certificate")
    assert shown["uketsuke_shinseibi"] == "令和8年11月5日"
    assert shown["shinseisha_tel"] == "0123-00-1234"
    assert shown["shinseisha_yubin"] == "000-0101"
    assert shown["risai_shoyu"] == "持家"
    assert shown["shomei_mokuteki"] == "公的支援、保険請求"
    assert shown["risai_jiko_hantei"] == "有"
    assert shown["risai_jokyo"] == "一行目\n二行目"


def test_dialect_b_has_its_own_dates() -> None:
    shown = _shown("ltci_certification")
    assert shown["shinsei_shinseibi"] == "R08.11.05"
    assert shown["shinsei_jigyosho"] == "0070200115 ケアプランみなも"


def test_unused_rows_and_delete_boxes_are_left_out() -> None:
    shown = _shown("child_allowance_certification")
    assert shown["jido1_shimei"] == "試験の値"
    assert not [key for key in shown if key.startswith("jido2") or key.endswith("sakujo")]


def test_empty_field_is_shown_empty() -> None:
    assert _shown("ltci_burden_ratio_reissue", hihokensha_katagaki="")["hihokensha_katagaki"] == ""
