"""M56-M58 with real Chromium: the browser, its page's process or the driver process dies after claim or after arming."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bridge_agent.domain import crash_points
from tests.fault.fast.town import FastTown
from tests.fault.row_nights import BROWSER_LIMITS, Playing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLAIMED, ARMED = "after write claim", "before action register"


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    crash_points.install(None)


def victims(kind: str) -> list[psutil.Process]:
    """Processes of this very test's browser."""
    family = psutil.Process().children(recursive=True)
    lines = {one: " ".join(one.cmdline()) for one in family if one.is_running()}
    chosen = {
        "browser": [one for one, line in lines.items() if "--remote-debugging" in line and "--type=" not in line],
        "renderer": [one for one, line in lines.items() if "--type=renderer" in line],
        "driver": [one for one, line in lines.items() if "run-driver" in line],
    }
    return chosen[kind]


@pytest.mark.parametrize("point", [CLAIMED, ARMED])
@pytest.mark.parametrize("kind", ["browser", "renderer", "driver"])
def test_a_browser_that_dies_doubles_nothing(tmp_path: Path, browser_path: Path, kind: str, point: str) -> None:
    with FastTown(
        tmp_path, applications=2, procedures=("ltci_burden_ratio_reissue",), plain=True, limits=BROWSER_LIMITS
    ) as town:
        killed: list[int] = []

        def hook(name: str) -> None:
            if name == point and not killed:
                for one in victims(kind):
                    one.kill()
                    killed.append(one.pid)

        crash_points.install(hook)
        it = Playing(town, "sogo", 0, browser_path)
        it.run()
        crash_points.install(None)
        it.run()
        assert killed
        first, second = it.numbers
        states, commits = town.states(), it.commits()
        assert (states[second], commits[second]) == (("reported", ""), 1)
        if point == CLAIMED:
            assert (states[first], commits[first]) == (("reported", ""), 1)
        else:
            assert (states[first], commits[first]) in ((("held", "absent"), 0), (("reported", ""), 1))
