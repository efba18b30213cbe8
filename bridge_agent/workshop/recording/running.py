"""Lets the author mark a walked window, and writes what was marked. The display's library is imported here, when wanted."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bridge_agent import wiring
from bridge_agent.domain.errors import ConfigError
from bridge_agent.workshop.recording.session import Recording
from bridge_agent.workshop.recording.writing import Folder


def refuse_without_window_parts() -> None:
    """Raises ConfigError where this Python cannot show a window: told before the walk, not after it."""
    if find_spec("_tkinter") is None:
        raise ConfigError(
            "記録の画面を出す部品（tkinter）がこの Python にありません。"
            "情報担当者に、tkinter の入った Python を依頼してください。"
        )


def let_author_mark(record: wiring.WindowRecord, title: str, out: Path, items: Sequence[str]) -> list[Path]:
    """The files that were written, in their order. Raises ConfigError when no window can be shown."""
    from tkinter import TclError

    from bridge_agent.workshop.recording.view import Recorder

    folder = Folder(out, record.walk.scaling, record.png)
    recording = Recording(record.walk, record.count, folder.has_picture)
    written: list[Path] = []

    def save() -> Path:
        written.append(folder.write(recording, title))
        return written[-1]

    try:
        recorder = Recorder(recording, f"{title}　欄 {len(recording.stops())}", items, save)
    except TclError:
        raise ConfigError("記録の画面を出せません。ログオンした端末の画面で実行してください。") from None
    recorder.run()
    return written
