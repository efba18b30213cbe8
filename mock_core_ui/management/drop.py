"""A department's management system that shows no screens: one nightly export into a drop folder is all that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mock_core_ui.management.export import export_packages, export_states
from mock_core_ui.management.store import Store
from mock_core_ui.people.model import World

_PER_FILE = 20


def apart(world: World, procedures: Collection[str]) -> tuple[World, World]:
    """What comes another way, and what comes by the folder: the applications for these procedures."""
    dropped = tuple(one for one in world.applications if one.procedure_id in procedures)
    others = tuple(one for one in world.applications if one.procedure_id not in procedures)
    return replace(world, applications=others), replace(world, applications=dropped)


def deliver(database: Path, share: World, folder: Path, clock: Callable[[], datetime]) -> None:
    """The night's export. What was to happen after it happens then, and the list of states tells it."""
    store = Store(database, clock)
    store.fill(share)
    folder.mkdir(parents=True, exist_ok=True)
    export_packages(store, folder, clock(), per_file=_PER_FILE)
    store.downloaded([row.receipt_no for row in store.rows(None, "")])
    export_states(store, folder)
