"""Each stage once for all of the contract."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.display import Display
from tests.contract.stage import Stage
from tests.contract.web_stage import WebStage
from tests.desktop.x11 import missing


@pytest.fixture(scope="session")
def own_display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A display that this process itself works on: its driver's libraries connect to one only, when they are imported."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    with Display(tmp_path_factory.mktemp("contract")) as display:
        before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = display.name
        _import_libraries()
        yield display.name
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before


def _import_libraries() -> None:
    """Their sources warn of themselves when they are compiled for the first time, which a test would take for an error."""
    from bridge_agent.drivers.desktop.opening import open_desk

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        open_desk().close()


def _web(request: pytest.FixtureRequest) -> Stage:
    path: Path = request.getfixturevalue("browser_path")
    return WebStage(path)


def _desktop(request: pytest.FixtureRequest) -> Stage:
    request.getfixturevalue("own_display")
    from tests.contract.desktop_stage import DesktopStage

    return DesktopStage()


STAGES: dict[str, Callable[[pytest.FixtureRequest], Stage]] = {"web": _web, "desktop": _desktop}


@pytest.fixture(scope="module", params=sorted(STAGES))
def _stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made = STAGES[request.param](request)
    yield made
    made.close()


@pytest.fixture
def stage(_stage: Stage) -> Stage:
    """An empty form, and no dialog is known."""
    _stage.screen.begin(())
    _stage.bring_form()
    return _stage
