"""Proving the ledger to a third person: the event chain, what it says about every item, and heads kept elsewhere.

A problem is one Japanese sentence; no problem means that every row is as this program wrote it. Reads only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bridge_agent.domain.errors import BridgeError
from bridge_agent.domain.ports import Sealer
from bridge_agent.domain.work_item import MOVES, STARTS, State
from bridge_agent.ledger.row_seals import SEALED, broken_rows
from bridge_agent.ledger.shape import differences
from bridge_agent.ledger.writing import chain_key, event_hash

COUNTED = ("item", "attempt", "lookup", "outbox")
"""Tables that only grow; the end of every run notes their lengths in the chain."""
LISTED_AT_MOST = 20
"""Problems of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's end at one moment, kept where the ledger is not: it shows what was cut off or written anew."""

    ledger: str
    epoch: int
    event: int
    hash: str
    at: str

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


def head_from_line(line: str) -> Head:
    """Raises ValueError for anything that is no head."""
    content = json.loads(line)
    if not isinstance(content, dict) or set(content) != {"ledger", "epoch", "event", "hash", "at"}:
        raise ValueError("no head")
    return Head(str(content["ledger"]), int(content["epoch"]), int(content["event"]), content["hash"], content["at"])


def head_of(connection: Connection, at: str) -> Head:
    values = {row.key: row.value for row in connection.exec_driver_sql("SELECT key, value FROM meta")}
    last = connection.exec_driver_sql("SELECT event_id, hash FROM event ORDER BY event_id DESC LIMIT 1").one_or_none()
    event_id, end = (0, "") if last is None else (last[0], last[1])
    return Head(values.get("ledger_id", ""), int(values.get("epoch", "1")), event_id, end, at)


def counts_of(connection: Connection) -> dict[str, int]:
    return {t: int(connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one()) for t in COUNTED}


def problems(connection: Connection, sealer: Sealer, heads: Sequence[Head] = ()) -> list[str]:
    """Everything that is not as this program writes it; [] = all is well."""
    damage = list(connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars())
    if damage != ["ok"]:
        return ["台帳のファイルの構造が壊れています。控えから復元してください。"]
    found: list[str] = []
    for part in (
        _strangers(connection),
        _broken_keys(connection),
        _broken_seals(connection),
        _broken_chain(connection, sealer),
        _broken_stories(connection),
        _broken_counts(connection),
        _foreign_heads(connection, heads),
    ):
        few = _told(part)
        found += few[:LISTED_AT_MOST]
        if len(few) > LISTED_AT_MOST:
            found.append(f"同じ種類の問題がほかに {len(few) - LISTED_AT_MOST} 件あります。")
    return found


def _told(part: Iterator[str]) -> list[str]:
    """A row that cannot even be read is a problem as well, not the end of the audit."""
    found: list[str] = []
    try:
        found.extend(part)
    except (DBAPIError, BridgeError, ValueError, TypeError):
        found.append("読めない行があります。ファイルが壊れているか、書き換えられています。")
    return found


def alarms_at_opening(connection: Connection) -> list[str]:
    """What would let an altered row be acted on; costs one pass over the rows, not over the chain's hashes."""
    return [*_broken_seals(connection), *_other_states(connection)]


# ---- the rules of the database and its rows -------------------------------------------------------------------


def _strangers(connection: Connection) -> Iterator[str]:
    """Triggers and unique indexes are part of the promise: one that is gone or new means that a hand was here."""
    for name in differences(connection):
        yield f"台帳の表または規則（{name}）が変えられています。"


def _broken_keys(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"表 {row[0]} の行 {row[1]} が指す {row[2]} の行がありません。"
    for (item_id,) in connection.exec_driver_sql(
        "SELECT item_id FROM attempt WHERE outcome IS NULL OR outcome = 'registered' GROUP BY item_id HAVING count(*) > 1"
    ):
        yield f"申請 {item_id} に、未決または登録済みの試行が2つ以上あります。"
    for (item_id,) in connection.exec_driver_sql(
        "SELECT item_id FROM item WHERE ever_registered <> EXISTS "
        "(SELECT 1 FROM attempt a WHERE a.item_id = item.item_id AND a.outcome = 'registered')"
    ):
        yield f"申請 {item_id} の登録済みの印と、試行の結果が合いません。"
    for (item_id,) in connection.exec_driver_sql(
        "SELECT item_id FROM item WHERE state = 'reported' AND NOT EXISTS "
        "(SELECT 1 FROM outbox o WHERE o.item_id = item.item_id AND o.done_at IS NOT NULL)"
    ):
        yield f"申請 {item_id} は報告済ですが、報告の記録がありません。"
    for (item_id,) in connection.exec_driver_sql(
        "SELECT item_id FROM item WHERE fence > (SELECT CAST(value AS INTEGER) FROM control WHERE key = 'fence')"
    ):
        yield f"申請 {item_id} の世代番号が、台帳の世代番号より進んでいます。"


def _broken_seals(connection: Connection) -> Iterator[str]:
    for table in SEALED:
        for key in broken_rows(connection, table):
            yield f"表 {table} の行 {key} が、このプログラムの外で書き換えられています。"


# ---- the chain ------------------------------------------------------------------------------------------------


def _broken_chain(connection: Connection, sealer: Sealer) -> Iterator[str]:
    key = chain_key(connection, sealer)
    rows = connection.exec_driver_sql("SELECT event_id, at, kind, item_id, body, previous, hash FROM event ORDER BY 1")
    previous, expected_id = "", 1
    for row in rows:
        if key is None:
            yield "記録の鎖の鍵がありません。"
            return
        if row.event_id != expected_id:
            yield f"記録 {expected_id} から {row.event_id - 1} までが抜けています。"
        elif row.previous != previous:
            yield f"記録 {row.event_id} が、前の記録につながっていません。"
        if row.hash != event_hash(key, row.previous, row.at, row.kind, row.item_id, row.body):
            yield f"記録 {row.event_id} が書き換えられています。"
        previous, expected_id = row.hash, row.event_id + 1


def _moves(connection: Connection) -> Iterator[tuple[int, int, str, str]]:
    query = "SELECT event_id, item_id, kind FROM event WHERE instr(kind, '->') > 0 ORDER BY event_id"
    for row in connection.exec_driver_sql(query):
        start, _, end = row.kind.partition("->")
        yield row.event_id, row.item_id, start, end


def _broken_stories(connection: Connection) -> Iterator[str]:
    """Each item's moves, replayed: they must be allowed, follow one another and end in the state the item has."""
    states: dict[int, str] = {}
    armed: Counter[int] = Counter()
    for event_id, item_id, start, end in _moves(connection):
        if states.get(item_id, "") != start or not _may_be(start, end):
            yield f"記録 {event_id}: 申請 {item_id} の「{start}→{end}」は、それまでの記録と合いません。"
        states[item_id] = end
        armed[item_id] += end == State.ARMED
    rows = connection.exec_driver_sql("SELECT item_id, state FROM item").all()
    for row in rows:
        if states.get(row.item_id) != row.state:
            yield f"申請 {row.item_id} の状態（{row.state}）が、記録（{states.get(row.item_id, 'なし')}）と合いません。"
    for gone in sorted(states.keys() - {row.item_id for row in rows}, key=str):
        yield f"申請 {gone} の行がありません（記録はあります）。"
    tried: Counter[int] = Counter(
        connection.exec_driver_sql("SELECT item_id FROM attempt WHERE number > 0").scalars().all()
    )
    for item_id in sorted(armed.keys() | tried.keys(), key=str):
        if armed[item_id] != tried[item_id]:
            yield f"申請 {item_id} の試行は {tried[item_id]} 件ですが、記録では {armed[item_id]} 件です。"


def _may_be(start: str, end: str) -> bool:
    try:
        return State(end) in STARTS if not start else (State(start), State(end)) in MOVES
    except ValueError:
        return False


def _other_states(connection: Connection) -> Iterator[str]:
    """Items whose state is not the end of their last move, and moves of items that are not there."""
    query = (
        "SELECT i.item_id FROM item i LEFT JOIN (SELECT item_id, max(event_id) AS last FROM event "
        "WHERE instr(kind, '->') > 0 GROUP BY item_id) m ON m.item_id = i.item_id "
        "LEFT JOIN event e ON e.event_id = m.last "
        "WHERE e.kind IS NULL OR substr(e.kind, instr(e.kind, '->') + 2) <> i.state "
        "UNION SELECT DISTINCT item_id FROM event WHERE item_id IS NOT NULL AND item_id NOT IN (SELECT item_id FROM item)"
    )
    for item_id in connection.exec_driver_sql(query).scalars():
        yield f"申請 {item_id} の状態が、記録と合いません。"


def _broken_counts(connection: Connection) -> Iterator[str]:
    noted: Mapping[str, int] = {}
    for body in connection.exec_driver_sql(
        "SELECT body FROM event WHERE kind = 'run_ended' ORDER BY event_id"
    ).scalars():
        noted = _rows_in(body) or noted
    for table, now in counts_of(connection).items():
        if now < noted.get(table, 0):
            yield f"表 {table} の行が {noted[table] - now} 件なくなっています。"


def _rows_in(body: str) -> Mapping[str, int]:
    try:
        content: Any = json.loads(body)
        return {str(k): int(v) for k, v in content.get("rows", {}).items()}
    except (ValueError, AttributeError):
        return {}  # the chain's own check tells of it


def _foreign_heads(connection: Connection, heads: Iterable[Head]) -> Iterator[str]:
    """A head of this ledger that the chain no longer holds: cut off, or the whole chain was written anew."""
    now = head_of(connection, "")
    chain = {row.event_id: row.hash for row in connection.exec_driver_sql("SELECT event_id, hash FROM event")}
    left_behind = _left_behind(connection)
    for head in heads:
        if head.ledger != now.ledger:
            yield f"控えの行（{head.at}）は別の台帳のものです。"
        elif head.epoch > now.epoch:
            yield f"控えの行（{head.at}）は、この台帳より新しい世代のものです。古い台帳に戻されています。"
        elif head.event > left_behind.get(head.epoch, head.event):
            continue  # after the backup that was restored: that branch was given up, and the chain says so
        elif head.event and chain.get(head.event) != head.hash:
            yield f"控えの行（{head.at}、記録 {head.event}）が、記録の鎖と合いません。記録が切り取られたか、作り直されています。"


def _left_behind(connection: Connection) -> dict[int, int]:
    """Epoch -> its last event that a restore kept."""
    kept: dict[int, int] = {}
    for body in connection.exec_driver_sql(
        "SELECT body FROM event WHERE kind = 'restored' ORDER BY event_id"
    ).scalars():
        try:
            content = json.loads(body)
            new, last = int(content["epoch"]), int(content["kept_until"])
        except (ValueError, KeyError, TypeError):
            continue
        for epoch in range(1, new):
            kept[epoch] = min(kept.get(epoch, last), last)
    return kept
