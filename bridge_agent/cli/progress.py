"""What a person sees while a run goes on: a live bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bridge_agent.cli.words import outcome_words

LINE_EVERY = 10
"""Plain progress prints one line for so many applications."""


class LiveProgress:
    """A rich progress bar; the last outcome stands beside it."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[last]}"),
            console=console,
        )
        self._task: TaskID | None = None
        self._bars.start()

    def stage(self, title: str, total: int | None = None) -> None:
        self.done()
        if total != 0:
            self._task = self._bars.add_task(title, total=total, last="")

    def advance(self, receipt_no: str, outcome: str) -> None:
        if self._task is not None:
            self._bars.update(self._task, advance=1, last=f"{receipt_no} {outcome_words(outcome)}")

    def done(self) -> None:
        if self._task is not None:
            self._bars.update(self._task, last="")
            self._bars.stop_task(self._task)
            self._task = None

    def close(self) -> None:
        self.done()
        self._bars.stop()


class PlainProgress:
    """One line a stage and one line every so many applications, for logs and pipes."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._title, self._total, self._count = "", 0, 0
        self._outcomes: Counter[str] = Counter()

    def stage(self, title: str, total: int | None = None) -> None:
        self.done()
        self._title, self._total, self._count = title, total or 0, 0
        self._say(f"{title}…" if total is None else f"{title}（{total}件）")

    def advance(self, receipt_no: str, outcome: str) -> None:
        self._count += 1
        self._outcomes[outcome_words(outcome)] += 1
        if self._count % LINE_EVERY == 0:
            self._say(f"  {self._title} {self._count}/{self._total or '?'}件")

    def done(self) -> None:
        if self._outcomes:
            self._say("  " + "、".join(f"{name}: {count}件" for name, count in sorted(self._outcomes.items())))
            self._outcomes.clear()

    def close(self) -> None:
        self.done()

    def _say(self, text: str) -> None:
        print(text, file=self._out, flush=True)


def progress_for(console: Console, *, quiet: bool) -> LiveProgress | PlainProgress:
    return LiveProgress(console) if console.is_terminal and not quiet else PlainProgress()
