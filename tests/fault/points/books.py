"""What people do with a ledger as a whole, at a town's ledger: back up, restore, accept, purge; and what leads to it.

The commands' own wiring reads settings and a key store; here the same calls are made in the same order without them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger import restore as restoring
from bridge_agent.ledger.audit import Head
from bridge_agent.ledger.in_use import alone
from bridge_agent.ledger.keeping import append_head, write_witness
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.restore import Keys
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import moment_of
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.sealing import SiteSealer
from bridge_agent.wiring import SystemClock
from tests.fault.fast.nights import SITE_KEY, TownPlan, open_night, this_process
from tests.fault.points.towns import PointTown

SEALER = SiteSealer(SITE_KEY)
KEYS = Keys(SEALER, SEALER.check_value())
WHO = "sato"


def backup_of(plan: TownPlan) -> Path:
    return plan.folder / "backup.db"


def back_up(plan: TownPlan) -> None:
    restoring.back_up(plan.ledger, backup_of(plan), KEYS, datetime.now(UTC))


def restore(plan: TownPlan) -> None:
    with alone(plan.locks):
        head, _ = restoring.restore(
            backup_of(plan), plan.ledger, plan.witness, KEYS, SystemClock(), this_process(), WHO
        )
        _keep(plan, head)


def accept(plan: TownPlan) -> None:
    """The ledger was put back by hand: as `ledger verify --accept-restore`."""
    with alone(plan.locks), _past_the_witness(plan) as ledger:
        with ledger.engine.connect() as connection:
            last = connection.exec_driver_sql("SELECT at FROM event ORDER BY event_id DESC LIMIT 1").scalar_one()
        ledger.restored(restoring.next_epoch(ledger, plan.witness), moment_of(last), WHO)
        _keep(plan, ledger.head())
        ledger.keep_witness(plan.witness)


def purge(plan: TownPlan) -> None:
    with alone(plan.locks), _past_the_witness(plan) as ledger:
        ledger.check_witness(plan.witness)
        ledger.purge(timedelta(0))
        ledger.keep_witness(plan.witness)


def _keep(plan: TownPlan, head: Head) -> None:
    write_witness(plan.witness, head)
    append_head(plan.heads, head)


@contextmanager
def _past_the_witness(plan: TownPlan) -> Iterator[SqlLedger]:
    engine = open_ledger(plan.ledger, KEYS.check, SEALER)
    try:
        yield SqlLedger(engine, SystemClock(), SEALER, this_process())
    finally:
        engine.dispose()


# ---- what has happened before ----


def one_more_since(town: PointTown) -> None:
    """One is entered, a backup is made, one more is entered: the backup does not know of it. One is left."""
    town.start(options=RunOptions(limit=1)).wait(60)
    back_up(town.plan)
    town.start(options=RunOptions(limit=1)).wait(60)


def put_back_by_hand(town: PointTown) -> None:
    """The same with a bare copy of the file, and the copy is in the ledger's place: refused until a person accepts it."""
    town.start(options=RunOptions(limit=1)).wait(60)
    shutil.copy(town.plan.ledger, backup_of(town.plan))
    town.start(options=RunOptions(limit=1)).wait(60)
    town.plan.ledger.replace(town.plan.folder / "forgotten.db")  # for the oracle
    shutil.copy(backup_of(town.plan), town.plan.ledger)


def restored(town: PointTown) -> None:
    one_more_since(town)
    restore(town.plan)


def absent_held(town: PointTown) -> None:
    restored(town)
    town.start().wait(60)


def all_reported(town: PointTown) -> None:
    for _ in range(2):  # the second look-up of what the first night has entered
        town.start().wait(60)


def accept_if_refused(town: PointTown) -> None:
    """What the message of a refused start tells a person to do."""
    try:
        with open_night(town.plan):
            return
    except ConfigError:
        accept(town.plan)
