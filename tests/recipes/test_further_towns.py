"""Towns of the further procedures: what residents write has every column, and nothing of it has to be held."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.application import Application, ApplicationKey, Attachment
from bridge_agent.mapping.planner import choose, plan
from bridge_agent.mapping.recipe_files import load_recipes, load_variants
from mock_core_ui.management.vendor_columns import TABLES
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application as Written
from mock_core_ui.people.procedures import FURTHER_ROUND

RECIPES = Path(__file__).parents[2] / "recipes"
EVERY_PROCEDURE = pytest.mark.parametrize("procedure", FURTHER_ROUND)


def of_town(procedure: str) -> tuple[Written, ...]:
    return build_world(31, 60, [procedure], plain=True).applications


def rows_of(written: Written, group: str) -> list[dict[str, str]]:
    rows = written.values[group]
    assert isinstance(rows, list)
    return rows


def downloaded(written: Written) -> Application:
    """As its folder in the package says it."""
    table = TABLES[written.procedure_code]
    columns = {column: str(written.values[item]) for item, column in table.columns.items()}
    for key, group in table.groups.items():
        rows = rows_of(written, key)
        for number in range(1, group.rows + 1):
            answers = rows[number - 1] if number <= len(rows) else {}
            columns |= {group.column(number, item): answers.get(item, "") for item in group.columns}
    return Application(
        key=ApplicationKey("minamo", "shiomihara", written.receipt_no),
        procedure_code=written.procedure_code,
        procedure_name=written.procedure_name,
        form_version=written.form_version,
        revision="0",
        received_at=written.received_at,
        atena_no=written.atena_no,
        signature_result=written.signature_result,
        columns=columns,
        attachments=tuple(Attachment(name, "", 0) for name in written.attachments),
    )


@EVERY_PROCEDURE
def test_nothing_that_residents_write_is_held(procedure: str) -> None:
    recipes, variants = load_recipes(RECIPES), load_variants(RECIPES)
    for written in of_town(procedure):
        application = downloaded(written)
        made = plan(application, choose(recipes, application), variants)  # raises when it must be held
        assert (made.procedure, made.receipt_no) == (procedure, written.receipt_no)


@EVERY_PROCEDURE
def test_every_item_has_a_column_and_every_column_an_item(procedure: str) -> None:
    for written in of_town(procedure):
        table = TABLES[written.procedure_code]
        assert set(written.values) == {*table.columns, *table.groups}
        for key, group in table.groups.items():
            assert all(set(row) == set(group.columns) for row in rows_of(written, key))


NOBODYS = {"disease", "label_no"}
"""特定疾病 is asked of insured people between 40 and 64, of whom the towns have none; 保管場所標章 are given out no more. The
recipes' samples have both."""


@EVERY_PROCEDURE
def test_every_item_is_written_by_somebody(procedure: str) -> None:
    towns = of_town(procedure)
    for item in set(TABLES[towns[0].procedure_code].columns) - NOBODYS:
        assert any(written.values[item] for written in towns), item
    for key, group in TABLES[towns[0].procedure_code].groups.items():
        rows = [row for written in towns for row in rows_of(written, key)]
        for item in group.columns:
            assert any(row[item] for row in rows), item
