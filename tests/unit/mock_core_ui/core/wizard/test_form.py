"""Dialect C: the form that the page draws, and what the page itself insists on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.unit.mock_core_ui.core.samples import HANA
from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import JIDOSHA, NURSERY, WAKABA, ask

EDGE = {"0000000090": "0000299", "0000000091": "0000300"}
"""宛名番号 -> postal code on either side of the line from which on a field is a list."""


def fields(walk: WizardWalk, procedure: str) -> dict[str, dict[str, Any]]:
    """All fields of a form by the name of their first control."""
    form = ask(walk, f"form?procedure={procedure}")
    listed = [field for page in form["pages"] for group in page["groups"] for row in group["fields"] for field in row]
    return {field["names"][0]: field for field in listed}


def test_form_comes_page_by_page(wakaba: WizardWalk) -> None:
    form = ask(wakaba, f"form?procedure={NURSERY}")
    assert [page["title"] for page in form["pages"]] == [
        "受付・保護者",
        "児童・利用希望",
        "父母の状況",
        "世帯の状況",
    ]
    groups = {group["key"]: group for page in form["pages"] for group in page["groups"]}
    assert {key: (group["adding"], group["rows"]) for key, group in groups.items() if group["rows"]} == {
        "shisetsu": ("add", 5),
        "setai": ("editor", 6),
    }
    assert form["reference"] == ["備考", "seiri_no", 20]
    assert form["eras"][0] == ["reiwa", "令和"]


def test_what_the_page_itself_insists_on(wakaba: WizardWalk) -> None:
    found = fields(wakaba, NURSERY)
    assert found["hogosha_shimei"]["required"]
    assert not found["hogosha_katagaki"]["required"]
    assert not found["chichi_shimei"]["required"]  # only where there is a father: the server's business
    assert [found[f"shisetsu{row}_juni"]["required"] for row in range(1, 6)] == [True, False, False, False, False]
    assert all(found[f"setai{row}_shimei"]["required"] for row in range(1, 7))  # an editor's row is a used one


def test_another_vendors_screen_is_not_there(either: WizardWalk) -> None:
    for procedure in ("ltci_renewal", "nothing", {WAKABA: "vehicle_env_tax", JIDOSHA: NURSERY}[either.screen.core]):
        assert "指定された画面はありません" in ask(either, f"form?procedure={procedure}", 404)["message"]


def test_a_field_that_is_a_list_for_people_of_some_districts(wakaba: WizardWalk) -> None:
    store = wakaba.core.store
    store.add_residents([replace(HANA, atena_no=number, postal=postal) for number, postal in EDGE.items()])
    assert {number: wakaba.person(number).get_json()["resident"]["listed"] for number in EDGE} == {
        "0000000090": False,
        "0000000091": True,
    }
    found = fields(wakaba, "nursery_status")
    assert [name for name, one in found.items() if one["either"]] == ["zaien_en"]
    assert ["港町保育所", "港町保育所"] in found["zaien_en"]["choices"]
