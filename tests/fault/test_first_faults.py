"""What each fault of the core must end as, with real Chromium: the reviewed table, one night a dialect.

Every register request with a fault is followed by a clean one, so that the lane's own stop after two open doubts in a
row does not come in between. Commits are counted in the core's log.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.agent_town import AgentTown
from tests.ledger_rows import read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROCEDURE = {"sogo": "ltci_burden_ratio_reissue", "nintei": "ltci_certification"}


@dataclass(frozen=True)
class Row:
    """A register request (counted from 1), the fault that strikes it, and what must come of its application."""

    fault: str
    state: str
    reason: str
    commits: int
    parameters: tuple[tuple[str, float], ...] = ()


CLEAN = Row("", "reported", "", 1)
# Faults after the commit come first: a rule counts commits there, and register requests for those before the commit.
AT_REGISTER = (
    Row("M4", "reported", "", 1),  # commits, connection dropped: found by look-up
    Row("M1", "reported", "", 1),  # commits, then 500: found
    Row("M5", "reported", "", 1),  # commits, TCP reset: found
    Row("M13", "reported", "", 1),  # log-in page after the commit: found
    Row("M3", "reported", "", 1, (("seconds", 30.0),)),  # commits, never answers: time-out, found
    Row("M37", "reported", "", 1, (("seconds", 1.5),)),  # visible late, but within settle: found
    Row("M1b", "held", "absent", 0),  # 500 before the commit: absent twice, to a person
    Row("M4b", "held", "absent", 0),  # dropped before the commit
    Row("M12", "held", "absent", 0),  # log-in page instead of the registration
    Row("M2", "reported", "", 1, (("seconds", 4.5),)),  # hangs past the time-out, commits within settle: found
)
LIMITS = {"submit_s": 4, "settle_s": 2, "visibility_max_s": 0.5}


def night(tmp_path: Path, browser_path: Path, core: str, applications: int) -> AgentTown:
    return AgentTown(
        tmp_path,
        applications=applications,
        procedures=(PROCEDURE[core],),
        plain=True,
        browser=browser_path,
        limits=LIMITS,
    )


@pytest.mark.parametrize("core", ["sogo", "nintei"])
def test_every_fault_at_the_register_request_ends_as_the_table_says(
    tmp_path: Path, browser_path: Path, core: str
) -> None:
    rows = [row for fault in AT_REGISTER for row in (fault, CLEAN)]
    town = night(tmp_path, browser_path, core, len(rows))
    try:
        rules = [
            {"fault": row.fault, "when": {"nth": [number]}, **dict(row.parameters)}
            for number, row in enumerate(rows, start=1)
            if row.fault
        ]
        town.faults(core, *rules)
        finished = town.run()
        # the order of entry is the order of arrival, which the receipt numbers follow
        states = [state for _, state in sorted(town.states().items())]
        commits = commits_by_application(town)
        got = [(row.fault, *state, count) for row, state, count in zip(rows, states, commits, strict=True)]
        assert got == [(row.fault, row.state, row.reason, row.commits) for row in rows]
        assert town.fired(core) == [1] * len(rules)
        assert finished.code == 1
        assert town.doubles() == 0
    finally:
        town.close()


def commits_by_application(town: AgentTown) -> list[int]:
    """Commits of each application, by receipt number: by reference, or by the person where there is none."""
    people = {
        row["receipt_no"]: row["atena_no"]
        for row in read(Path(town.report["management_database"]), "SELECT receipt_no, atena_no FROM application")
    }
    made = town.commits()
    return [
        sum(c.reference == number or (not c.reference and c.atena_no == people[number]) for c in made)
        for number in sorted(people)
    ]


def test_an_unexpected_alert_before_arming_holds_and_stops_the_procedure(tmp_path: Path, browser_path: Path) -> None:
    town = night(tmp_path, browser_path, "sogo", 2)
    try:
        town.faults("sogo", {"fault": "M16", "when": {"nth": [1]}})
        town.run()
        assert sorted(town.states().values()) == [("held", "dialog_unknown"), ("pending", "")]
        assert town.commits() == []
    finally:
        town.close()


def test_an_unexpected_alert_after_the_commit_goes_to_a_person_even_though_it_is_found(
    tmp_path: Path, browser_path: Path
) -> None:
    town = night(tmp_path, browser_path, "sogo", 2)
    try:
        town.faults("sogo", {"fault": "M16b", "when": {"nth": [1]}})
        town.run()
        assert sorted(town.states().values()) == [("held", "odd_answer"), ("reported", "")]
        assert len(town.commits()) == 2
    finally:
        town.close()


def test_a_duplicate_warning_is_held_and_never_overridden(tmp_path: Path, browser_path: Path) -> None:
    town = night(tmp_path, browser_path, "sogo", 2)
    try:
        town.faults("sogo", {"fault": "M22", "when": {"nth": [1]}})
        town.run()
        assert sorted(town.states().values()) == [("held", "duplicate_warning"), ("reported", "")]
    finally:
        town.close()


def test_a_look_up_that_fails_before_entry_sends_nothing(tmp_path: Path, browser_path: Path) -> None:
    town = night(tmp_path, browser_path, "nintei", 1)
    try:
        town.faults("nintei", {"fault": "M38", "when": {"every": 1}})
        finished = town.run()
        assert town.commits() == []
        assert finished.code == 3
        town.faults("nintei")
        assert town.run().code == 0
        assert len(town.commits()) == 1
    finally:
        town.close()
