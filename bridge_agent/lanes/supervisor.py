"""The supervisor of a run with several lanes: one process a lane, restarted when it dies, killed when it stands still.

It never touches a screen itself while lanes run. Its own death stops the lanes after the entry in hand.
"""

from __future__ import annotations

import queue
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from loguru import logger

from bridge_agent.domain.errors import sentence_of
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import started_at
from bridge_agent.lanes.stopping import STOP_WORD
from bridge_agent.lanes.worker_lines import heard, lane_night_from
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.reconcile import Reconciled, since_last_time
from bridge_agent.wiring import reconcile_alone

STARTS = 3
"""How often a lane's process is started before its lane is given up for this run."""
LOOK_EVERY_S = 0.5

Command = Callable[[CoreAccess, int], list[str]]
"""(lane, limit of entries) -> the command of its process."""


@dataclass(slots=True)
class LaneProcess:
    access: CoreAccess
    process: subprocess.Popen[str]
    started: float
    """As the operating system tells it, to be compared with the owner that the ledger knows."""
    silent: bool = False
    """Its output has ended: it said all it had to say."""
    told: LaneNight | None = None
    steps: int = 0
    """Applications it told of: at least as many as it entered, but for the one it died with."""

    def say_stop(self) -> None:
        if self.process.stdin is not None and not self.process.stdin.closed:
            with suppress(OSError):
                self.process.stdin.write(STOP_WORD + "\n")
                self.process.stdin.flush()

    def end(self) -> None:
        """Wait for a process that has said its last, and close its pipes."""
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


@dataclass(slots=True)
class Supervisor:
    """Callable as a run's WorkLanes: works the lanes, at most `most` at a time, then reconciles each core once."""

    command: Command
    passphrase: str | None
    """First line on a lane's standard input; None when the key store asks for none."""
    most: int
    _lines: queue.Queue[tuple[LaneProcess, str | None]] = field(default_factory=queue.Queue)
    _starts: dict[str, int] = field(default_factory=dict)
    _spent: dict[str, int] = field(default_factory=dict)
    """Of each lane's limit, what its processes that died may have entered."""

    def __call__(self, night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]:
        cores = sorted({access.profile.core for access in lanes})
        pending = sum(night.ledger.count_pending(core, night.options.procedure) for core in cores)
        night.progress.stage(f"{min(self.most, len(lanes))}レーンで入力", pending)
        ended = self._work(night, lanes)
        night.progress.done()
        if not night.options.rehearse:
            ended += [reconciled(night, core, sums) for core in cores]
        return ended

    def _work(self, night: Night, lanes: Sequence[CoreAccess]) -> list[LaneNight]:
        waiting = [one for one in lanes if not night.options.limit or limit_of(night, one, lanes)]
        ended: list[LaneNight] = []
        running: dict[str, LaneProcess] = {}
        try:
            while running or (waiting and not night.stopping()):
                while (access := self._next(waiting, running)) is not None and not night.stopping():
                    waiting.remove(access)
                    running[access.lane] = self._start(night, access, lanes)
                self._hear(night)
                self._look_after(night, running)
                for lane in [lane for lane, one in running.items() if one.silent]:
                    one = running.pop(lane)
                    one.end()
                    if self._may_start_again(night, one, lanes):
                        logger.warning("レーン {} の処理が途中で終わったため、もう一度始めます。", lane)
                        waiting.insert(0, one.access)
                    else:
                        ended.append(one.told or LaneNight(stopped=broken_off(lane)))
        finally:
            for one in running.values():  # only when something unexpected is on its way out of here
                night.kill_sender(one_as_sender(one))
        return ended

    def _next(self, waiting: Sequence[CoreAccess], running: Mapping[str, LaneProcess]) -> CoreAccess | None:
        """The first lane that may start beside these: the terminal's one keyboard serves one client program at a time."""
        if len(running) >= self.most:
            return None
        at_desk = any(one.access.profile.driver == "desktop" for one in running.values())
        return next((one for one in waiting if not (at_desk and one.profile.driver == "desktop")), None)

    def _start(self, night: Night, access: CoreAccess, lanes: Sequence[CoreAccess]) -> LaneProcess:
        process = subprocess.Popen(
            self.command(access, limit_of(night, access, lanes) - self._spent.get(access.lane, 0)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        one = LaneProcess(access, process, started_at(process.pid) or 0.0)
        if self.passphrase is not None and process.stdin is not None:
            with suppress(OSError):
                process.stdin.write(self.passphrase + "\n")
                process.stdin.flush()
        self._starts[access.lane] = self._starts.get(access.lane, 0) + 1
        threading.Thread(target=self._read, args=(one,), daemon=True).start()
        return one

    def _read(self, one: LaneProcess) -> None:
        assert one.process.stdout is not None
        for line in one.process.stdout:
            self._lines.put((one, line))
        self._lines.put((one, None))

    def _hear(self, night: Night) -> None:
        """Everything said so far; waits a moment for the first line."""
        wait = True
        while True:
            try:
                one, line = self._lines.get(timeout=LOOK_EVERY_S) if wait else self._lines.get_nowait()
            except queue.Empty:
                return
            wait = False
            if line is None:
                one.silent = True
                continue
            said = heard(line)
            if "advance" in said:
                one.steps += 1
                night.progress.advance(*said["advance"])
            elif "ended" in said:
                one.told = lane_night_from(said["ended"])

    def _look_after(self, night: Night, running: dict[str, LaneProcess]) -> None:
        for lane, one in running.items():
            if night.stopping():
                one.say_stop()
            owner = night.ledger.lane_owner(lane)
            if owner is not None and owner.lease_over and owner.process.pid == one.process.pid:
                logger.error("レーン {} の処理が動いていないため、終了させます。", lane)
                night.kill_sender(one_as_sender(one))

    def _may_start_again(self, night: Night, one: LaneProcess, lanes: Sequence[CoreAccess]) -> bool:
        """A process that died without its last word; never past the limit, so the one it died with counts as entered."""
        lane = one.access.lane
        if one.told is not None or night.stopping() or self._starts[lane] >= STARTS:
            return False
        if not night.options.limit:
            return True
        self._spent[lane] = self._spent.get(lane, 0) + one.steps + 1
        return self._spent[lane] < limit_of(night, one.access, lanes)


def broken_off(lane: str) -> str:
    return f"レーン {lane} の処理が途中で終わりました。もう一度 run を実行すると続きから再開します。"


def one_as_sender(one: LaneProcess) -> Sender:
    return Sender(one.process.pid, one.started, socket.gethostname())


def limit_of(night: Night, access: CoreAccess, lanes: Sequence[CoreAccess]) -> int:
    """0 = no limit, or nothing at all when the run has one: such a lane is not started."""
    siblings = [one.lane for one in lanes if one.profile.core == access.profile.core]
    return share(night.options.limit, len(siblings), siblings.index(access.lane))


def share(limit: int, lanes: int, at: int) -> int:
    """This lane's part of the core's limit of entries."""
    return limit // lanes + (at < limit % lanes)


def reconciled(night: Night, core: str, sums: Reconciled) -> LaneNight:
    """When all lanes of a core have ended, one of its accounts looks everything up again."""
    access = night.lanes_of(core)[0]
    try:
        since = since_last_time(night, access, night.started)
        if night.ledger.registered_since(core, since) or night.ledger.held_since(core, since):
            reconcile_alone(night, access, since, sums)
    except Exception as error:  # the other cores go on, and the books are made all the same
        return LaneNight(stopped=sentence_of(error))
    return LaneNight()
