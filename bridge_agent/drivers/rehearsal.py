"""A core session for rehearsals: everything goes through but the register press, which stops the run."""

from __future__ import annotations

from collections.abc import Sequence

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.plan import BoundField, DialogRule, Mark, Picking, Reading, Target
from bridge_agent.domain.ports import CoreSession, LookUp, Papers, Screen, Sender
from bridge_agent.domain.result import Answer


class RehearsalScreen:
    """Passes everything on to the real screen; `register` never reaches it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        self._screen.begin(dialogs, papers)

    def open(self, place: str) -> None:
        self._screen.open(place)

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        return self._screen.recognise(marks, timeout_s)

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        return self._screen.fill(fields)

    def press(self, target: Target, over: Target | None = None) -> None:
        self._screen.press(target, over)

    def pick(self, picking: Picking) -> None:
        self._screen.pick(picking)

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        self._screen.attach(target, attachments)

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        return self._screen.read(targets)

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        raise StopRunError("予行中に登録操作が呼ばれたため、止めました（登録はしていません）。")

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        return self._screen.read_ending(receipt, proofs)

    def outline(self) -> str:
        return self._screen.outline()

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return self._screen.picture(masked)


class RehearsalSession:
    """Wraps a core session; owns nothing of its own, `close` closes the wrapped one."""

    def __init__(self, session: CoreSession) -> None:
        self._session = session

    @property
    def screen(self) -> Screen:
        return RehearsalScreen(self._session.screen)

    @property
    def look_up(self) -> LookUp:
        return self._session.look_up

    @property
    def sender(self) -> Sender | None:
        return self._session.sender

    @property
    def log_ins(self) -> int:
        return self._session.log_ins

    def start(self) -> None:
        self._session.start()

    def renew(self) -> None:
        self._session.renew()

    def stop_sender(self) -> None:
        self._session.stop_sender()

    def close(self) -> None:
        self._session.close()
