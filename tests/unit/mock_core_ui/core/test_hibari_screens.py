"""The screens of the desktop core: pages a keyboard gets through, boxes its client has, codes of its own."""

from __future__ import annotations

import pytest

from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.catalogue.screen import PARTS, Field, Group, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.describe import describe
from mock_core_ui.management.choices import CHOICES

EVERY = pytest.mark.parametrize("screen", screens_of("hibari"), ids=lambda screen: screen.number)
BOXES = {
    Kind.TEXT,
    Kind.KANA,
    Kind.HALF_KANA,
    Kind.DIGITS,
    Kind.SELECT,
    Kind.DATE,
    Kind.PHONE,
    Kind.POSTAL,
    Kind.PICKER,
}


def _stops(field: Field) -> int:
    """How often Tab stops at a field; the office's name is shown beside its number and is no stop."""
    return 1 if field.kind is Kind.PICKER else len(PARTS.get(field.kind, ("",)))


def _group(procedure: str, key: str) -> Group:
    return next(group for group in SCREENS[procedure].groups if group.key == key)


def test_the_vendor_has_three_screens() -> None:
    assert [(screen.number, screen.procedure, screen.title) for screen in screens_of("hibari")] == [
        ("HB0210", "ltci_renewal", "更新認定申請入力"),
        ("HB0220", "ltci_care_plan_request", "居宅サービス計画作成依頼届入力"),
        ("HB0230", "ltci_insured_card_reissue", "被保険者証再交付入力"),
    ]
    assert {(screen.prefix, screen.reference) for screen in screens_of("hibari")} == {("HB", True)}


@EVERY
def test_a_page_has_sixteen_stops_at_most(screen: Screen) -> None:
    for group in screen.groups:
        assert sum(_stops(field) for field in group.fields) * len(group.row_numbers) <= 16, group.legend
    assert len(screen.groups) <= 9  # Ctrl+1 to Ctrl+9


@EVERY
def test_a_screen_has_twenty_to_forty_fields_of_kinds_that_the_client_has(screen: Screen) -> None:
    placed = list(placed_fields(screen))
    assert 20 <= len(placed) <= 40
    assert {one.field.kind for one in placed} <= BOXES


@EVERY
def test_labels_of_a_page_are_told_apart(screen: Screen) -> None:
    for group in screen.groups:
        labels = [field.label for field in group.fields]
        assert len(set(labels)) == len(labels)


def test_certificates_are_five_lines_of_two_cells() -> None:
    group = _group("ltci_insured_card_reissue", "shomei")
    assert (group.rows, group.grid, group.first_rows_required) == (5, True, 1)
    assert [(field.label, field.kind) for field in group.fields] == [("証明書", Kind.SELECT), ("枚数", Kind.DIGITS)]
    assert len(group.fields[0].choices) == group.rows


def test_names_and_addresses_become_full_width_and_numbers_do_not() -> None:
    fields = {field.key: field for field in _group("ltci_renewal", "hiho").fields}
    assert {key for key, field in fields.items() if field.widen} == {"shimei", "jusho", "katagaki"}
    assert all(placed.field.kind is Kind.TEXT for placed in _all_placed() if placed.field.widen)
    assert "全角に変換" in describe(SCREENS["ltci_renewal"])


def _all_placed() -> list[Placed]:
    return [placed for screen in screens_of("hibari") for placed in placed_fields(screen)]


def test_kana_is_half_width_on_two_screens_and_full_width_on_one() -> None:
    kinds = [next(f.kind for f in _group(s.procedure, "hiho").fields if f.key == "kana") for s in screens_of("hibari")]
    assert kinds == [Kind.HALF_KANA, Kind.KANA, Kind.HALF_KANA]


@pytest.mark.parametrize(
    ("procedure", "control", "item"),
    [
        ("ltci_renewal", "hiho_seibetsu", "insured_sex"),
        ("ltci_renewal", "shinsei_moshide", "applicant_kind"),
        ("ltci_renewal", "shinsei_daiko_kubun", "agent_kind"),
        ("ltci_renewal", "zenkai_kubun", "prev_class"),
        ("ltci_renewal", "chosa_kyosho", "stay"),
        ("ltci_renewal", "chosa_doi", "consent"),
        ("ltci_care_plan_request", "tekiyo_kubun", "kind"),
        ("ltci_care_plan_request", "todoke_shubetsu", "plan_kind"),
        ("ltci_care_plan_request", "tekiyo_riyo", "same_month_use"),
        ("ltci_insured_card_reissue", "saikofu_riyu", "reason"),
        ("ltci_insured_card_reissue", "saikofu_kofu", "delivery"),
    ],
)
def test_codes_are_not_those_of_the_application(procedure: str, control: str, item: str) -> None:
    [field] = [placed.field for placed in placed_fields(SCREENS[procedure]) if placed.names == (control,)]
    codes = {choice.code for choice in field.choices}
    assert len(codes) >= 2
    assert not codes & set(CHOICES[item])
