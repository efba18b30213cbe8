"""The part of a screen that an imitated core does not care about: every step succeeds and shows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.plan import BoundField, Mark, Picking, Reading, Target


class IdleScreen:
    def open(self, place: str) -> None: ...

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        return marks[0]

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        return ()

    def press(self, target: Target, over: Target | None = None) -> None: ...

    def pick(self, picking: Picking) -> None: ...

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None: ...

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        return ()
