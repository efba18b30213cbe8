"""What people do while the agent works: at the hold desk, and after the ledger was put back from its copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bridge_agent.domain.errors import BridgeError
from bridge_agent.domain.reasons import Reason
from tests.fault.simulation.processes import Process


def put_back(process: Process) -> None:
    """The copy becomes the ledger: a new epoch, and everything open is in doubt."""
    process.ledger.restored(2, process.sim.backed_up_at, "職員")


def release_absent(process: Process) -> None:
    """Two persons have looked into the core for each of them, and no browser of before is left that may still send it."""
    world = process.world
    under_way = {request.receipt_no for request in world.in_flight}
    waiting = process.ledger.absent_after_restore()
    absent = [n for n in waiting if n not in under_way and not world.of(n, ours=False)]
    process.ledger.release_absent(absent, "職員一", "職員二")


def desk_work(what: str) -> Callable[[Process], None]:
    """A person at the hold desk, through the ledger's own methods."""

    def work(process: Process) -> None:
        database = process.sim.database
        if what == "stop":
            process.ledger.request_stop("職員")
            return
        if what == "purge":
            process.ledger.purge(timedelta(0))
            return
        if what == "restart":
            for opened in process.ledger.breakers():
                process.ledger.close_breaker(opened.lane, "職員")
            return
        for receipt_no, _reason in database.read("SELECT receipt_no, reason FROM item WHERE state = 'held'"):
            try:
                if what == "release":
                    process.ledger.release(receipt_no, "職員")
                elif what == "look_again":
                    process.ledger.ask_again(receipt_no, "職員")
                else:
                    process.ledger.close_held(receipt_no, Reason.DISMISSED, "職員")
            except BridgeError:
                continue

    return work
