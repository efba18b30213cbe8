"""A core session without a browser: log-in, entry screen, look-up, and a sender that can be killed."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from weakref import WeakSet

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.core_profile import CoreProfile, LookUpProfile
from bridge_agent.domain.errors import BusinessError, LoginRefused, StopRunError, SystemDown, TransientError
from bridge_agent.domain.plan import BoundField, Control, FieldClass, Meaning
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser.options import Equal
from bridge_agent.drivers.browser.session import System
from bridge_agent.drivers.browser.translate import NoAnswer
from bridge_agent.drivers.sender import started_at
from bridge_agent.steps.binding import bound_dialog, bound_mark, bound_target
from tests.fault.fast.look_up import FastLookUp, FastSide
from tests.fault.fast.screen import FastScreen
from tests.fault.fast.sending import ChildSending, OwnSending, Sending
from tests.fault.fast.traffic import Traffic
from tests.fault.fast.windows import Browsing

TRIES = 2
"""Log-ins that are tried when the system does not answer."""
_OPEN: WeakSet[FastCoreSession] = WeakSet()


@dataclass(frozen=True, slots=True)
class FastOptions:
    fuse: bool = True
    resend: bool = False
    """Imitate Chromium: a re-used connection that drops without a byte of answer gets the request once more."""
    sender_process: bool = False
    """Requests leave from a process of its own, so that killing the sender is real."""
    authority: str = ""
    """PEM file of the authority to trust at a core behind TLS; only for requests from this process."""
    retry_pause_s: float = 0.05
    equal: Equal = equal


class FastCoreSession:
    """One account of one core, as BrowserCoreSession. `close` ends the connection and the sending process."""

    def __init__(
        self,
        profile: CoreProfile,
        origin: str,
        user: str,
        password: str,
        options: FastOptions | None = None,
    ) -> None:
        self._profile = profile
        self._origin = origin.rstrip("/")
        self._user = user
        self._password = password
        self._options = options or FastOptions()
        system = System(profile.name, profile.login, session_lost=profile.session_lost, system_down=profile.system_down)
        self._marks = system.profile_marks()
        assert isinstance(profile.lookup, LookUpProfile)
        assert profile.register_request is not None
        self._register_request = profile.register_request
        self._screen = FastScreen(profile.limits, self._marks, self._options.equal, self._entry_begins)
        self._look_up = FastLookUp(profile.lookup, self._side, self.renew)
        self._sending: Sending | None = None
        self._sender: Sender | None = None
        self._traffic: Traffic | None = None
        self._entries = 0
        self.resent = 0
        """Requests that were silently sent twice, by the sessions' log-ins so far."""
        self._log_ins = 0
        _OPEN.add(self)

    # ---- the port ----

    @property
    def screen(self) -> FastScreen:
        return self._screen

    @property
    def look_up(self) -> FastLookUp:
        return self._look_up

    @property
    def sender(self) -> Sender | None:
        return self._sender

    @property
    def log_ins(self) -> int:
        return self._log_ins

    def start(self) -> None:
        self.close()
        address = urlsplit(self._origin)
        host, port = address.hostname or "", address.port or 80
        own = not self._options.sender_process
        self._sending = OwnSending(host, port, self._options.authority) if own else ChildSending(host, port)
        pid = self._sending.pid
        self._sender = Sender(pid, started_at(pid) or 0.0, socket.gethostname())
        try:
            self._log_in()
        except BaseException:
            self.close()
            raise

    def renew(self) -> None:
        """A new context and a new log-in; a sending process that has gone is started anew."""
        if self._sending is None or self._sending.gone or started_at(self._sending.pid) is None:
            self.start()
            return
        self._log_in()

    def stop_sender(self) -> None:
        """Nothing more can be sent when this returns."""
        sending, self._sending = self._sending, None
        self._forget()
        if sending is not None:
            sending.kill()
            if sending.pid != os.getpid() and started_at(sending.pid) is not None:
                raise StopRunError("送信側のプロセスを強制終了できません。")

    def close(self) -> None:
        self.stop_sender()
        self._sender = None

    # ---- inside ----

    def _forget(self) -> None:
        self.resent += self._traffic.resent if self._traffic is not None else 0
        self._traffic = None
        self._screen.sit(None)

    def _side(self) -> FastSide:
        if self._traffic is None:
            raise NoAnswer("送信側が動いていません。")
        return FastSide(self._traffic, self._marks, self._profile.limits.page_s)

    def _entry_begins(self) -> None:
        if self._entries >= self._profile.limits.recycle_context_after:
            self.renew()
        self._entries += 1

    def _log_in(self) -> None:
        self._log_ins += 1
        for attempt in range(1, TRIES + 1):
            try:
                self._new_context()
                self._log_in_once()
                return
            except TransientError as error:
                if attempt == TRIES:
                    raise SystemDown(
                        f"{self._profile.name}に{TRIES}回接続を試しましたが使えません。{error.message}"
                    ) from None
            time.sleep(self._options.retry_pause_s)

    def _new_context(self) -> None:
        self._forget()
        if self._sending is None:
            raise NoAnswer("送信側が動いていません。")
        self._entries = 0
        self._traffic = Traffic(
            self._origin,
            self._sending,
            self._register_request,
            tuple(bound_dialog(dialog) for dialog in self._profile.dialogs),
            fuse=self._options.fuse,
            resend=self._options.resend,
        )
        self._screen.sit(Browsing(self._traffic))

    def _log_in_once(self) -> None:
        login, screen = self._profile.login, self._screen
        done, refused = bound_mark(login.done, "done"), bound_mark(login.refused, "refused")
        down = [mark for mark in self._marks if mark.meaning is Meaning.SYSTEM_DOWN]
        try:
            screen.open(login.open)
            if screen.marks_shown(down):
                raise NoAnswer("システムがエラーの画面を返しました。")
            screen.fill_window(screen.browsing.top, self._credentials())
            screen.press_in(screen.browsing.top, bound_target(login.press), self._profile.limits.page_s)
            screen.check()
            hits = screen.marks_shown((done, refused, *down))
        except BusinessError as error:
            raise StopRunError(f"{self._profile.name}のログイン画面が想定と違います。{error.note}") from None
        if refused in hits:
            raise LoginRefused(
                f"{self._profile.name}へのログインが断られました。利用者名とパスワードを確かめてください（再試行はしていません）。"
            )
        if hits == [done]:
            return
        if any(mark in down for mark in hits) or (not hits and screen.is_error_page()):
            raise NoAnswer("システムがエラーの画面を返しました。")
        raise StopRunError(f"{self._profile.name}のログイン後の画面が想定と違います。画面を確かめてください。")

    def _credentials(self) -> tuple[BoundField, BoundField]:
        user, password = bound_target(self._profile.login.user), bound_target(self._profile.login.password)
        return (
            BoundField("利用者名", user, Control.TEXT, self._user, FieldClass.ACCOUNT),
            BoundField("パスワード", password, Control.TEXT, self._password, FieldClass.ACCOUNT),
        )


def close_own_sessions() -> None:
    """End every session of this process that sends from this very process: what a taker's kill would do to it."""
    for session in list(_OPEN):
        sender = session.sender
        if sender is not None and sender.pid == os.getpid():
            session.close()


def own_senders() -> list[int]:
    """Sending processes that this process has started."""
    senders = [session.sender for session in list(_OPEN)]
    return [sender.pid for sender in senders if sender is not None and sender.pid != os.getpid()]
