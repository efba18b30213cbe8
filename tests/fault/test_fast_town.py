"""The fast driver does what Chromium does: same values in the core, same ends, same doubles, same survival of kills."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import psutil
import pytest

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.errors import BusinessError, LoginRefused, SystemDown, TransientError
from bridge_agent.drivers.sender import kill_sender, started_at
from bridge_agent.pipeline.night import RunOptions
from tests.e2e.agent_town import AgentTown
from tests.fault.fast.nights import NightProcess
from tests.fault.fast.serving import ServerProcess
from tests.fault.fast.session import FastCoreSession, FastOptions
from tests.fault.fast.source import ListSource
from tests.fault.fast.town import PASSWORD, FastTown, Sums
from tests.ledger_rows import standing

BURDEN = ("ltci_burden_ratio_reissue",)
CERTIFICATION = ("ltci_certification",)
SLOW_START_S = 5.0
"""A process that starts later than this on a loaded machine has something wrong with its preloading."""


def town_of(
    folder: Path,
    applications: int,
    procedures: tuple[str, ...] | None = BURDEN,
    *,
    separate: bool = False,
    fuse: bool = True,
    resend: bool = False,
    sender_process: bool = False,
) -> FastTown:
    return FastTown(
        folder,
        applications=applications,
        procedures=procedures,
        plain=True,
        separate=separate,
        fuse=fuse,
        resend=resend,
        sender_process=sender_process,
    )


# ---- a night ----


def test_sixty_plain_applications_are_registered_and_reported_once(tmp_path: Path) -> None:
    with town_of(tmp_path, 60, None, separate=True) as town:
        began, used = time.perf_counter(), time.process_time()
        report = town.run()
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        print(f"\nfast night: {1000 * wall / 60:.1f} ms an entry, {1000 * cpu / 60:.1f} ms of them in the agent")
        assert (report.exit_code, report.entered, report.stops) == (0, 60, [])
        assert town.sums() == Sums(commits=60)
        assert set(town.reports().values()) == {1}
        assert {commit.procedure for commit in town.commits()} == {
            "child_allowance_certification",
            "disaster_victim_certificate",
            "ltci_burden_ratio_reissue",
            "ltci_certification",
        }
        again = town.run()
        assert (again.exit_code, again.entered) == (0, 0)
        assert town.sums() == Sums(commits=60)


def test_troubled_applications_end_as_the_town_expects(tmp_path: Path) -> None:
    with FastTown(tmp_path, seed=3, applications=60) as town:
        report = town.run()
        found = {number: standing(*state) for number, state in town.states().items()}
        assert found == town.expected()
        assert report.exit_code == 1
        sums = town.sums()
        assert (sums.duplicates, sums.missing, sums.lost, sums.unfinished) == (0, 0, 0, 0)


@pytest.mark.browser
@pytest.mark.slow
def test_the_core_holds_the_same_values_as_after_chromium(tmp_path: Path, browser_path: Path) -> None:
    slow = AgentTown(tmp_path / "slow", seed=5, applications=8, plain=True, browser=browser_path)
    try:
        assert slow.run().code == 0
        wanted = {(c.procedure, c.atena_no, c.reference, c.application_date): c.values for c in slow.commits()}
    finally:
        slow.close()
    with FastTown(tmp_path / "fast", seed=5, applications=8, plain=True) as town:
        assert town.run().exit_code == 0
        found = {(c.procedure, c.atena_no, c.reference, c.application_date): c.values for c in town.commits()}
    assert len(wanted) == 8
    assert found == wanted


# ---- the fuse and what it is for ----


@pytest.mark.parametrize("procedures", [BURDEN, CERTIFICATION])
def test_without_the_fuse_a_dropped_answer_is_sent_again_and_doubles(
    tmp_path: Path, procedures: tuple[str, ...]
) -> None:
    with town_of(tmp_path, 6, procedures, fuse=False, resend=True) as town:
        core = next(iter(town.plan.origins))
        town.faults(core, {"fault": "M4", "when": {"nth": [3]}, "limit": 1})
        report = town.run()
        assert town.fired(core) == [1]
        assert town.sums().duplicates == 1
        assert report.exit_code == 4


@pytest.mark.parametrize("sender_process", [False, True])
@pytest.mark.parametrize("procedures", [BURDEN, CERTIFICATION])
def test_with_the_fuse_the_same_night_has_no_double(
    tmp_path: Path, procedures: tuple[str, ...], sender_process: bool
) -> None:
    with town_of(tmp_path, 6, procedures, resend=True, sender_process=sender_process) as town:
        core = next(iter(town.plan.origins))
        town.faults(core, {"fault": "M4", "when": {"nth": [3]}, "limit": 1})
        report = town.run()
        assert town.fired(core) == [1]
        assert (report.exit_code, town.sums()) == (0, Sums(commits=6))


# ---- what pages do of themselves ----


def test_an_unknown_dialog_before_registering_holds_the_application(tmp_path: Path) -> None:
    with town_of(tmp_path, 3) as town:
        town.faults("sogo", {"fault": "M16", "limit": 1})
        town.run(RunOptions(limit=1))
        assert ("held", "dialog_unknown") in town.states().values()


def test_an_unknown_dialog_while_registering_is_noted_and_goes_to_a_person(tmp_path: Path) -> None:
    with town_of(tmp_path, 3) as town:
        town.faults("sogo", {"fault": "M16b", "limit": 1})
        report = town.run()
        assert town.fired("sogo") == [1]
        assert (report.exit_code, town.sums()) == (1, Sums(commits=3))
        assert sorted(state for state, _ in town.states().values()) == ["held", "reported", "reported"]


@pytest.mark.parametrize(
    ("fault", "state", "commits"),
    [
        ("M1", ("reported", ""), 4),
        ("M1b", ("held", "absent"), 3),
        ("M3", ("reported", ""), 4),
        ("M4b", ("held", "absent"), 3),
        ("M5", ("reported", ""), 4),
        ("M9", ("reported", ""), 4),
        ("M12", ("held", "absent"), 3),
        ("M13", ("reported", ""), 4),
    ],
)
def test_faults_end_as_with_chromium(tmp_path: Path, fault: str, state: tuple[str, str], commits: int) -> None:
    """The ends are those of the reviewed table for real Chromium."""
    with town_of(tmp_path, 4) as town:
        town.faults("sogo", {"fault": fault, "when": {"nth": [2]}, "limit": 1})
        town.run()
        assert town.fired("sogo") == [1]
        states = list(town.states().values())
        assert state in states
        assert town.sums() == Sums(commits=commits)


# ---- the sender ----


def session_of(town: FastTown, password: str = PASSWORD, *, sender_process: bool = True) -> FastCoreSession:
    profile = town.access("sogo").profile
    return FastCoreSession(
        profile, town.plan.origins["sogo"], "bridge01", password, FastOptions(sender_process=sender_process)
    )


def test_a_stopped_sender_is_dead_and_a_new_one_takes_its_place(tmp_path: Path) -> None:
    with town_of(tmp_path, 1) as town:
        session = session_of(town)
        session.start()
        former = session.sender
        assert former is not None
        assert former.pid != os.getpid()
        assert abs((started_at(former.pid) or 0) - former.started) < 1
        session.stop_sender()
        assert not psutil.pid_exists(former.pid)
        with pytest.raises(TransientError):
            session.screen.open("/menu")
        session.start()
        assert session.sender is not None
        assert session.sender.pid != former.pid
        session.screen.open("/menu")
        session.close()


def test_a_sender_killed_by_another_is_a_transient_error(tmp_path: Path) -> None:
    with town_of(tmp_path, 1) as town:
        session = session_of(town)
        session.start()
        assert session.sender is not None
        assert kill_sender(session.sender)  # as a taker does
        with pytest.raises(TransientError):
            session.screen.open("/menu")
        session.renew()
        session.screen.open("/menu")
        session.close()


def test_a_killed_night_leaves_no_sender_behind(tmp_path: Path) -> None:
    with town_of(tmp_path, 30, separate=True, sender_process=True) as town:
        process = town.run_process()
        while len(town.commits()) < 2 and process.alive:
            time.sleep(0.01)
        (sender,) = psutil.Process(process.pid).children()
        process.kill()
        gone, alive = psutil.wait_procs([sender], timeout=10)
        assert (len(gone), alive) == (1, [])


def test_a_wrong_password_is_tried_once_and_a_dead_core_twice(tmp_path: Path) -> None:
    with town_of(tmp_path, 1) as town:
        refused = session_of(town, "wrong", sender_process=False)
        with pytest.raises(LoginRefused):
            refused.start()
        assert refused.log_ins == 1
        later = session_of(town, sender_process=False)
    with pytest.raises(SystemDown):
        later.start()


# ---- processes that are killed ----


def killed_after(process: NightProcess, seconds: float) -> None:
    end = time.monotonic() + seconds
    while process.alive and time.monotonic() < end:
        process.process.join(0.005)
    process.kill()


def settled(town: FastTown) -> Sums:
    """Nights without a kill, until nothing is open any more."""
    for _ in range(3):
        found = town.run_process().wait(120)
        assert found is not None
        if town.sums().unfinished == 0:
            break
    return town.sums()


@pytest.mark.parametrize("sender_process", [False, True])
def test_killed_nights_leave_no_double_and_lose_nothing(tmp_path: Path, sender_process: bool) -> None:
    chance = random.Random(f"kill {sender_process}")
    with town_of(tmp_path, 40, None, separate=True, sender_process=sender_process) as town:
        for _ in range(4):
            killed_after(town.run_process(), chance.uniform(0.2, 2.0))
        sums = settled(town)
        reported = [number for number, (state, _) in town.states().items() if state == "reported"]
        assert sums == Sums(commits=len(reported))
        held = {reason for state, reason in town.states().values() if state == "held"}
        assert held <= {"absent"}  # killed between the armed write and the request
        assert all(town.reports()[number] >= 1 for number in reported)


def test_a_killed_core_is_met_again_on_its_own_address(tmp_path: Path) -> None:
    with town_of(tmp_path, 20, separate=True) as town:
        assert isinstance(town.servers, ServerProcess)
        first = town.run_process()
        while len(town.commits()) < 3 and first.alive:
            time.sleep(0.01)
        town.servers.kill()
        assert first.wait(60) is not None
        assert town.sums().unfinished > 0
        town.servers.start()
        sums = settled(town)
        assert (sums.duplicates, sums.missing, sums.lost, sums.unfinished) == (0, 0, 0, 0)
        assert sums.commits >= 18


def test_a_night_process_starts_quickly(tmp_path: Path) -> None:
    with town_of(tmp_path, 6) as town:
        found = [town.run_process(RunOptions(limit=1)).wait(60) for _ in range(6)]
        starts = sorted(one["start_s"] + one["open_s"] for one in found if one is not None)
        print(f"\nnight process: {1000 * starts[0]:.0f}-{1000 * starts[-1]:.0f} ms until its night is open")
        assert len(starts) == 6
        assert starts[0] < SLOW_START_S
        assert town.sums() == Sums(commits=6)


# ---- the source ----


def test_reports_are_counted_and_change_nothing_twice(tmp_path: Path) -> None:
    with town_of(tmp_path, 2) as town:
        first, second = town.expected()
        source, other = ListSource(tmp_path), ListSource(tmp_path)
        assert len(source.approved()) == 2
        source.report_linked(first, "K-1")
        other.report_linked(first, "K-1")
        assert town.reports() == {first: 2, second: 0}
        assert other.standing(first).core_receipt == "K-1"
        with pytest.raises(BusinessError):
            source.report_linked(first, "K-2")
        other.put(second, SourceState.WITHDRAWN)
        assert source.approved() == []
        with pytest.raises(BusinessError):
            source.report_linked(second, "K-3")
        source.close()
        other.close()
