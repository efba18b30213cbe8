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


def test_months_times_and_facilities() -> None:
    shown = _shown("vehicle_env_tax", shogen_shodo_g="94", shogen_shodo_y="31", shogen_shodo_m="4")
    assert shown["shogen_shodo"] == "平成31年4月"
    assert shown["shutoku_bi"] == "R08.11.05"
    nursery = _shown("nursery_application", kibo_kara_h="07", kibo_kara_m="05", kibo_yobi="")
    assert nursery["kibo_kara"] == "07:05"
    assert nursery["kibo_yobi"] == ""
    assert nursery["shisetsu1_en"] == "0070200115 ケアプランみなも"


def test_papers_stand_beside_each_other() -> None:
    screen = SCREENS["pregnancy_notification"]
    values: Values = {**valid_values(screen), "uketsuke_tempu": ["一.pdf（1バイト）", "二.jpg（2バイト）"]}
    lines = [line for block in blocks(screen, values) for line in block.lines]
    assert next(line.text for line in lines if line.key == "uketsuke_tempu") == "一.pdf（1バイト）、二.jpg（2バイト）"
