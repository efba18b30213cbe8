"""Dialect C: the list of what was registered, and one record of it."""

from __future__ import annotations

from mock_core_ui.core.display import blocks
from tests.unit.mock_core_ui.core.samples import HANA, TARO
from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import ask, told


def test_list_and_record_show_everything(either: WizardWalk) -> None:
    either.register()
    [commit] = either.commits()
    rows = told(either.listing())["rows"]
    assert rows == [
        [
            commit.receipt,
            HANA.atena_no,
            HANA.name,
            either.screen.title,
            "令和8年11月5日",
            "2026/11/23 12:04:05",
            "bridge01",
            "R-0001",
        ]
    ]
    record = told(either.detail(commit.receipt))
    assert record["row"] == rows[0]
    assert record["groups"] == [
        [block.title, [[line.label, line.text] for line in block.lines]]
        for block in blocks(either.screen, commit.values)
    ]
    assert "該当するデータがありません" in told(either.detail("NT-2026-999999"), 404)["message"]


def test_list_is_by_person_and_procedure_fifteen_a_page(jidosha: WizardWalk) -> None:
    for _ in range(16):
        jidosha.register()
    first, second = told(jidosha.listing()), told(jidosha.listing(page=2))
    assert (first["total"], first["pages"], len(first["rows"]), len(second["rows"])) == (16, 2, 15, 1)
    assert told(jidosha.listing(atena_no=TARO.atena_no))["total"] == 0
    assert ask(jidosha, f"records?atena={HANA.atena_no}&procedure=vehicle_env_tax")["total"] == 0
    assert ask(jidosha, f"records?atena={HANA.atena_no}&procedure={jidosha.procedure}")["total"] == 16
