"""A client that outlived the agent that started it: noted while it runs, and ended before the next one is started.

A browser dies with the pipe to its agent; a client program does not, and would stand in the way of the next night.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_sender


def note_client(note: Path, client: Sender) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    part = note.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(client)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(note)


def forget_client(note: Path) -> None:
    with suppress(OSError):
        note.unlink(missing_ok=True)


def end_client_left_behind(note: Path) -> bool:
    """False when the noted client still runs and would not die. To be called only by who has the desk."""
    try:
        client = Sender(**json.loads(note.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return True
    except (OSError, ValueError, TypeError):
        return True  # nothing to go by: a client that runs all the same is met by its window
    if not kill_sender(client):
        return False
    forget_client(note)
    return True
