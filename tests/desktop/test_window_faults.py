"""Faults D1-D8 of the client's windows: one application meets each, and ends as the promise says; the next one is entered.

What is expected follows from the protocol: nothing odd before the register key leaves a record, nothing odd after it
leaves two. Where the moment decides which of two right ends comes, both are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.display import Display
from tests.desktop.x11 import missing
from tests.e2e.agent_town import AgentTown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing())]

PROCEDURE = "ltci_insured_card_reissue"
NAME_FIELD, NUMBER_FIELD = "hiho_shimei", "hiho_hiho_no"
REPORTED = ("reported", "")
ODD = ("held", "odd_answer")
ABSENT = ("held", "absent")
"""Between arming and the key: nothing was sent, but only the look-up can say so."""
CHANGED = ("held", "screen_changed")
UNKNOWN = ("held", "dialog_unknown")
DIFFERS = ("held", "readback_differs")
FAULTS: dict[str, tuple[str, Mapping[str, object], dict[tuple[str, str], int]]] = {
    "a message in the midst of typing": ("D1", {}, {UNKNOWN: 0, ABSENT: 0, ODD: 1}),
    "a message over the completion": ("D1b", {"after_s": 0.1}, {REPORTED: 1, ODD: 1}),
    "the window moves": ("D2", {"after_s": 0.2}, {REPORTED: 1}),
    "everything is slow": ("D3", {"seconds": 0.05}, {REPORTED: 1}),
    "the window stands still before the register key": ("D4", {"seconds": 4}, {REPORTED: 1}),
    "the window stands still after the register key": ("D4b", {"seconds": 4}, {REPORTED: 1}),
    "a second window of the same title": ("D5", {}, {CHANGED: 0}),
    "a notice of the client takes the focus": ("D6", {}, {CHANGED: 0, ABSENT: 0, REPORTED: 1}),
    "a notice takes the focus at the confirmation": ("D6b", {"after_s": 0.1}, {CHANGED: 0, ABSENT: 0, REPORTED: 1}),
    "a pasted name is swallowed": ("D7", {"field": NAME_FIELD}, {DIFFERS: 0}),
    "a pasted name loses a character": ("D8", {"field": NAME_FIELD}, {DIFFERS: 0}),
    "a pasted number loses a digit": ("D8", {"field": NUMBER_FIELD}, {REPORTED: 1}),
}
"""What happens -> fault, parameters, and (state, reason) -> records at the core.

A client with many keys waiting answers them before its clock: what should strike while typing may come after arming, and on a
machine that stood still even after the register key.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[AgentTown]:
    folder = tmp_path_factory.mktemp("night")
    with Display(folder) as display:
        made = AgentTown(
            folder,
            seed=8,
            applications=2 * len(FAULTS) + 2,
            plain=True,
            procedures=(PROCEDURE,),
            browser=browser_path,
            display=display.name,
        )
        yield made
        made.close()


def ended(town: AgentTown) -> dict[str, tuple[str, str]]:
    return {number: how for number, how in town.states().items() if how[0] not in ("pending", "closed")}


@pytest.mark.parametrize("what", FAULTS)
def test_a_window_that_misbehaves_costs_at_most_its_own_application(town: AgentTown, what: str) -> None:
    fault, given, right = FAULTS[what]
    before = ended(town) if town.ledger.exists() else {}
    when: Mapping[str, object] = {"every": 1} if fault == "D3" else {"nth": [1]}
    town.faults("hibari", {"fault": fault, "when": when, **given})
    finished = town.run("--limit", "1")
    [fired] = town.fired("hibari")
    town.faults("hibari")
    assert fired, "the fault never struck"
    new = {number: how for number, how in sorted(ended(town).items()) if number not in before}
    struck, *others = new  # the order of arrival is that of entry
    assert new[struck] in right, finished.err[-2000:]
    assert [new[number] for number in others] == [REPORTED] * len(others)
    commits = Counter(commit.reference for commit in town.commits())
    assert commits[struck] == right[new[struck]]
    assert (town.doubles(), town.missing()) == (0, 0)


def test_the_night_after_all_of_them_goes_well(town: AgentTown) -> None:
    """Comes last in this file."""
    before = ended(town)
    finished = town.run()
    assert finished.code in (0, 1)
    assert [how for number, how in ended(town).items() if number not in before] == [REPORTED] * (
        len(town.expected()) - len(before)
    )
    assert (town.doubles(), town.missing(), town.lost()) == (0, 0, [])
