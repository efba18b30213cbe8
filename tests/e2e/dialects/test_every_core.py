"""The driver against the screens of every mock core that is a web page: what is alike, log-in and looking up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import LoginRefused
from bridge_agent.domain.ports import Search
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.serving import MockTown
from tests.e2e.core_session import Core

pytestmark = pytest.mark.browser

EVERY_CORE = pytest.mark.parametrize("name", ["sogo", "nintei", "wakaba", "jidosha"])
NUMBER = {"sogo": "基幹受付番号", "nintei": "受付番号", "wakaba": "管理番号", "jidosha": "管理番号"}
"""What each vendor calls the number that it gives a record."""


@EVERY_CORE
def test_a_wrong_password_is_refused_once(town: MockTown, browser_path: Path, name: str) -> None:
    with pytest.raises(LoginRefused):
        Core(town, name, browser_path, password="wrong").session.start()


@EVERY_CORE
def test_a_record_from_before_is_found_with_its_detail(name: str, request: pytest.FixtureRequest) -> None:
    core: Core = request.getfixturevalue(name)
    known = core.known()
    procedure = SCREENS["ltci_certification"].number if name == "nintei" else known["procedure"]
    search = Search(procedure, known["reference"], known["atena_no"])
    found = [r for r in core.session.look_up.search(search) if r.record_id == known["core_receipt_no"]]
    assert [r.atena_no for r in found] == [known["atena_no"]]
    assert found[0].registered_at is not None
    detail = core.session.look_up.detail(known["core_receipt_no"])
    assert detail.lines[NUMBER[name]] == known["core_receipt_no"]
    assert len(detail.lines) > 10
    assert core.session.look_up.search(Search(procedure, "", core.stranger())) == ()
