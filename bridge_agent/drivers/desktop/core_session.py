"""A core session at a client program: started, logged in, killed with its process. There is no submit fuse here."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress

from bridge_agent.domain.core_profile import CoreProfile, WindowLookUp
from bridge_agent.domain.errors import (
    BusinessError,
    ConfigError,
    LoginRefused,
    StopRunError,
    SystemDown,
    TransientError,
)
from bridge_agent.domain.plan import Mark, Meaning
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.desktop.desk import Desk, Window
from bridge_agent.drivers.desktop.left_behind import end_client_left_behind, forget_client, note_client
from bridge_agent.drivers.desktop.look_up import DesktopLookUp
from bridge_agent.drivers.desktop.opening import open_desk
from bridge_agent.drivers.desktop.options import DesktopAccount, DesktopOptions
from bridge_agent.drivers.desktop.person import Person
from bridge_agent.drivers.desktop.pictures import Pictures
from bridge_agent.drivers.desktop.preflight import Unfit, UnfitDesk, check_clipboard, check_desk, check_window
from bridge_agent.drivers.desktop.program import LOOK_S, Program, ProgramGone, fits
from bridge_agent.drivers.desktop.screen import DesktopScreen
from bridge_agent.drivers.desktop.typing_in import Typist, placed
from bridge_agent.drivers.sender import kill_sender, sender_of, started_at
from bridge_agent.steps.binding import bound_dialog, bound_mark, bound_target

CLAIM_S = 2.0
"""Who was killed just now holds the desk, and shows windows, until the window system has noticed."""
TRIES = 2
"""Log-ins that are tried when the client does not come up. A refused password is never tried again."""
_WILL_NOT_DIE = "クライアントを強制終了できません。パソコンを再起動してから、続きを実行してください。"


class DesktopCoreSession:
    """One account of one core. `close` ends the client and gives the clipboard back."""

    def __init__(self, profile: CoreProfile, account: DesktopAccount, options: DesktopOptions | None = None) -> None:
        assert profile.desktop is not None  # the profile has been checked against its driver
        assert isinstance(profile.lookup, WindowLookUp)
        self._profile = profile
        self._client = profile.desktop
        self._account = account
        self._options = options or DesktopOptions()
        self._screen = DesktopScreen(
            _profile_marks(profile),
            self._options,
            Pictures(self._options.pictures, profile.desktop.scaling),
            self._entry_begins,
        )
        self._look_up = DesktopLookUp(profile.lookup, self._screen)
        self._desk: Desk | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._sender: Sender | None = None
        self._entries = 0
        self.log_ins = 0

    @property
    def screen(self) -> DesktopScreen:
        return self._screen

    @property
    def look_up(self) -> DesktopLookUp:
        return self._look_up

    @property
    def sender(self) -> Sender | None:
        return self._sender

    def start(self) -> None:
        """Raises UnfitDesk before anything is started, LoginRefused, SystemDown."""
        try:
            if self._desk is None:
                self._desk = self._claimed_desk()
                self._desk.keep_clipboard()
            check_desk(self._desk, self._client)
            self._log_in(self._desk)
        except BaseException:
            self.close()
            raise

    def renew(self) -> None:
        """The client is ended and started anew: what an odd window did to it stays behind."""
        self.stop_sender()
        if self._desk is None:
            self.start()
            return
        check_desk(self._desk, self._client)
        self._log_in(self._desk)

    def stop_sender(self) -> None:
        """Raises StopRunError when it would not die."""
        sender, self._sender = self._sender, None
        process, self._process = self._process, None
        self._screen.sit(None)
        if sender is not None and not kill_sender(sender):
            raise StopRunError(_WILL_NOT_DIE)
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
        if sender is not None and self._options.note is not None:
            forget_client(self._options.note)

    def close(self) -> None:
        try:
            self.stop_sender()
        finally:
            desk, self._desk = self._desk, None
            if desk is not None:
                desk.restore_clipboard()
                desk.close()

    # ---- inside ------------------------------------------------------------------------------------------------

    def _claimed_desk(self) -> Desk:
        desk = open_desk()
        end = time.monotonic() + CLAIM_S
        while not desk.claim():
            if time.monotonic() >= end:
                desk.close()
                raise UnfitDesk(Unfit.DESK_TAKEN)
            time.sleep(LOOK_S)
        return desk

    def _entry_begins(self) -> None:
        sender = self._sender
        gone = sender is None or started_at(sender.pid) != sender.started
        if gone or self._entries >= self._profile.limits.recycle_context_after:
            self.renew()
        self._entries += 1

    def _log_in(self, desk: Desk) -> None:
        self.log_ins += 1
        for attempt in range(1, TRIES + 1):
            try:
                self._log_in_once(desk)
                self._entries = 0
                return
            except TransientError as error:
                self.stop_sender()
                if attempt == TRIES:
                    raise SystemDown(
                        f"{self._profile.name}のクライアントを{TRIES}回起動しましたが使えません。{error.message}"
                    ) from None
            except BusinessError as error:
                self.stop_sender()
                raise StopRunError(f"{self._profile.name}のログイン画面が想定と違います。{error.note}") from None

    def _log_in_once(self, desk: Desk) -> None:
        login = self._profile.login
        note = self._options.note
        if note is not None and not end_client_left_behind(note):
            raise StopRunError(_WILL_NOT_DIE)
        self._refuse_second(desk)
        self._launch()
        program = Program(
            desk=desk,
            profile=self._client,
            limits=self._profile.limits,
            person=Person(desk, self._options.tell),
            always=tuple(bound_dialog(dialog) for dialog in self._profile.dialogs),
        )
        window = self._first_window(desk)
        program.owner = window.owner
        program.begin(())
        desk.activate(window.handle)
        typist = Typist(program, window, self._screen.pictures)
        typist.paste_at(placed(bound_target(login.user)), self._account.user)
        check_clipboard(typist.read([bound_target(login.user)])[0])
        typist.paste_at(placed(bound_target(login.password)), self._account.password())
        program.keys(window.handle, [placed(bound_target(login.press)).key])
        self._screen.sit(program)
        done, refused = bound_mark(login.done, "done"), bound_mark(login.refused, "refused")
        down = [mark for mark in self._screen.profile_marks if mark.meaning is Meaning.SYSTEM_DOWN]
        seen = self._screen.await_mark((done, refused, *down))
        if seen is refused:
            self.stop_sender()
            raise LoginRefused(
                f"{self._profile.name}へのログインが断られました。利用者名とパスワードを確かめてください（再試行はしていません）。"
            )
        check_window(desk, self._client, program.await_window(self._client.main), self._profile.limits.page_s)

    def _refuse_second(self, desk: Desk) -> None:
        titles = (self._profile.login.open, self._client.main)
        end = time.monotonic() + CLAIM_S
        while any(fits(title, window.title) for window in desk.windows() for title in titles):
            if time.monotonic() >= end:
                raise UnfitDesk(Unfit.ALREADY_RUNNING)
            time.sleep(LOOK_S)

    def _launch(self) -> None:
        try:
            self._process = subprocess.Popen(
                list(self._account.command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=sys.platform != "win32",  # Ctrl-C at the agent is not the client's
            )
        except OSError as error:
            raise ConfigError(
                f"クライアント {self._account.command[0]} を起動できません（{type(error).__name__}）。bridge.toml の command を確かめてください。"
            ) from None
        self._sender = sender_of(self._process.pid)
        if self._options.note is not None:
            note_client(self._options.note, self._sender)

    def _first_window(self, desk: Desk) -> Window:
        end = time.monotonic() + self._options.start_s
        while time.monotonic() < end:
            found = [window for window in desk.windows() if fits(self._profile.login.open, window.title)]
            if len(found) > 1:
                raise UnfitDesk(Unfit.ALREADY_RUNNING)
            if found:
                return found[0]
            if self._process is not None and self._process.poll() is not None:
                raise ProgramGone("基幹システムのクライアントが、起動してすぐに終了しました。")
            time.sleep(LOOK_S)
        raise TransientError("基幹システムのログイン画面が表示されません。")


def _profile_marks(profile: CoreProfile) -> tuple[Mark, ...]:
    lost = [bound_mark(m, f"session_lost_{n}", Meaning.SESSION_LOST) for n, m in enumerate(profile.session_lost, 1)]
    down = [bound_mark(m, f"system_down_{n}", Meaning.SYSTEM_DOWN) for n, m in enumerate(profile.system_down, 1)]
    return (*lost, *down)
