"""What a ledger of this version looks like from inside: tables with their columns, indexes and triggers.

The unique indexes and the triggers are part of the promise, so a ledger that lacks one is not worked with.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, create_engine

from bridge_agent.ledger.tables import metadata

Shape = frozenset[tuple[str, str]]


def shape_of(connection: Connection) -> Shape:
    """Pairs of a name and what it stands for: a column's type, an index's or trigger's statement."""
    found: set[tuple[str, str]] = set()
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").all()
    for row in rows:
        if row.type != "table":
            found.add((f"{row.type} {row.name}", str(row.sql)))
            continue
        for column in connection.exec_driver_sql(f'PRAGMA table_info("{row.name}")').all():
            found.add((f"{row.name}.{column.name}", f"{column.type} {column.notnull} {column.dflt_value} {column.pk}"))
    return frozenset(found)


@cache
def expected_shape() -> Shape:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            metadata.create_all(connection)
            return shape_of(connection)
    finally:
        engine.dispose()


def differences(connection: Connection) -> list[str]:
    """Names of what is missing, too much or changed."""
    return sorted({name for name, _what in shape_of(connection) ^ expected_shape()})
