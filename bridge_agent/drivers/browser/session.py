"""One account of one system in one browser: start, log in, renew, close. Shared by core sessions and web sources."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from bridge_agent.domain.core_profile import Limits, Login, MarkText, RegisterRequest
from bridge_agent.domain.errors import BusinessError, LoginRefused, StopRunError, SystemDown, TransientError
from bridge_agent.domain.plan import BoundField, Control, DialogRule, FieldClass, Mark, Meaning, Target
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser import engine
from bridge_agent.drivers.browser.certificates import ask_from_node
from bridge_agent.drivers.browser.fuse import SubmitFuse
from bridge_agent.drivers.browser.last_fuse import LastFuse
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.overdue import OPENING_S
from bridge_agent.drivers.browser.page_script import PAGE_SCRIPT
from bridge_agent.drivers.browser.screen import BrowserScreen, Seat
from bridge_agent.drivers.browser.side_page import SidePage, park
from bridge_agent.drivers.browser.translate import CertificateRefused, NoAnswer, quietly, translated
from bridge_agent.drivers.browser.watch import Watch
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.faults import called, fault
from bridge_agent.steps.binding import bound_mark, bound_target

TRIES = 2
"""Log-ins that are tried when the system does not answer. A refused password is never tried again."""


@dataclass(frozen=True, slots=True)
class System:
    """What a browser session must know of a core or a management system."""

    name: str
    login: Login
    session_lost: tuple[MarkText, ...] = ()
    system_down: tuple[MarkText, ...] = ()
    register_request: RegisterRequest | None = None
    dialogs: tuple[DialogRule, ...] = ()
    limits: Limits | None = None

    def profile_marks(self) -> tuple[Mark, ...]:
        lost = [bound_mark(m, f"session_lost_{n}", Meaning.SESSION_LOST) for n, m in enumerate(self.session_lost, 1)]
        down = [bound_mark(m, f"system_down_{n}", Meaning.SYSTEM_DOWN) for n, m in enumerate(self.system_down, 1)]
        return (*lost, *down)


class BrowserSession:
    """Owns the browser. Every method belongs to the thread that called `start`."""

    def __init__(self, system: System, account: WebAccount, options: BrowserOptions) -> None:
        self.system = system
        self.account = account
        self.options = options
        self.limits = system.limits or Limits()
        self.marks = system.profile_marks()
        self.screen = BrowserScreen(self.limits, self.marks, options, self._entry_begins)
        self._engine: engine.Engine | None = None
        self._context: BrowserContext | None = None
        self._side: SidePage | None = None
        self._last_fuse: LastFuse | None = None
        self._entries = 0
        self.log_ins = 0

    @property
    def sender(self) -> Sender | None:
        return self._engine.sender if self._engine is not None else None

    @property
    def browser_version(self) -> str:
        return self._engine.browser.version if self._engine is not None else ""

    @property
    def side(self) -> SidePage:
        """The quiet page beside the screen, made when it is first asked for."""
        if self._side is None:
            if self._context is None:
                raise NoAnswer("ブラウザが動いていません。")
            context, watch = self._context, self.screen.seat.watch
            with self._limited(), watch.expecting():
                page = translated(context.new_page)
            self._side = SidePage(page, self.account.origin, self.marks, self.limits)
        return self._side

    def start(self) -> None:
        """Open the browser and log in. Raises ConfigError, LoginRefused, SystemDown; then nothing is left open."""
        self.close()
        self._engine = engine.start(self.account, self.options)
        try:
            self._log_in()
        except BaseException:
            self.close()
            raise

    def renew(self) -> None:
        """A new context and a new log-in; a browser that has gone is started anew."""
        if self._engine is None or not self._engine.alive:
            self.start()
            return
        self._log_in()

    def stop_sender(self) -> None:
        """Kill the browser. Raises StopRunError when it would not die: nothing may be entered beside it."""
        running, self._engine, self._last_fuse = self._engine, None, None
        self._forget()
        if running is not None and not running.kill():
            raise StopRunError("ブラウザを強制終了できません。パソコンを再起動してから、続きを実行してください。")

    def close(self) -> None:
        running, self._engine, self._last_fuse = self._engine, None, None
        self._forget()
        if running is not None:
            running.close()

    # ---- inside ----

    def _forget(self) -> None:
        self._side = None
        self._context = None
        self.screen.sit(None)

    def _entry_begins(self) -> None:
        if self._entries >= self.limits.recycle_context_after:
            self.renew()
        self._entries += 1

    def _log_in(self) -> None:
        self.log_ins += 1
        for attempt in range(1, TRIES + 1):
            try:
                self._new_context()
                self._log_in_once()
                return
            except CertificateRefused as error:
                raise StopRunError(f"{self.system.name}の{error.message}") from None
            except TransientError as error:
                if attempt == TRIES:
                    raise SystemDown(
                        f"{self.system.name}に{TRIES}回接続を試しましたが使えません。{error.message}"
                    ) from None
            time.sleep(self.options.retry_pause_s)

    def _limited(self) -> AbstractContextManager[None]:
        """Opening and closing have no time limit of their own."""
        return self._engine.guard.limit(OPENING_S) if self._engine is not None else nullcontext()

    def _new_context(self) -> None:
        with self._limited():
            self._make_context()

    def _make_context(self) -> None:
        old, self._context = self._context, None
        self._forget()
        if old is not None:
            quietly(old.close)
        if self._engine is None:
            raise NoAnswer("ブラウザが動いていません。")
        self._entries = 0
        browser, options, origin = self._engine.browser, self.options, self.account.origin
        wanted = self.system.register_request
        if wanted is not None and options.fuse and self._last_fuse is None:
            self._last_fuse = translated(lambda: LastFuse(browser, origin, wanted))
        context = translated(
            lambda: browser.new_context(
                locale="ja-JP",
                timezone_id="Asia/Tokyo",
                service_workers="block",
                accept_downloads=True,
                viewport={"width": options.width, "height": options.height},
                proxy={"server": f"http://{options.proxy}"} if options.proxy else None,
            )
        )
        self._context = context
        self.screen.sit(translated(lambda: self._seat_in(context, origin)))

    def _seat_in(self, context: BrowserContext, origin: str) -> Seat:
        context.add_init_script(PAGE_SCRIPT)
        context.route(foreign(origin), lambda route: quietly(route.abort))
        park(context, origin)
        wanted = self.system.register_request
        fuse = SubmitFuse(context, origin, wanted) if wanted is not None and self.options.fuse else None
        if self._last_fuse is not None:
            self._last_fuse.above = fuse
        watch = Watch(context, self.system.dialogs)
        with watch.expecting():
            page: Page = context.new_page()
        return Seat(page, watch, fuse, origin)

    def _log_in_once(self) -> None:
        login, screen = self.system.login, self.screen
        done = bound_mark(login.done, "done")
        refused = bound_mark(login.refused, "refused")
        down = [mark for mark in self.marks if mark.meaning is Meaning.SYSTEM_DOWN]
        self._check_node()
        try:
            screen.open(login.open)
            self._await_calm(down)
            screen.fill_page(screen.seat.page, self._credentials())
            target = bound_target(login.press)
            told = screen.asked("press", field=place_json(target, PRESS), patience=2000, lost={})
            if "why" in told:
                raise fault(called(target), told["why"])
            hits = screen.await_marks((done, refused, *down), self.limits.page_s)
        except BusinessError as error:
            raise StopRunError(f"{self.system.name}のログイン画面が想定と違います。{error.note}") from None
        if refused in hits:
            raise LoginRefused(
                f"{self.system.name}へのログインが断られました。利用者名とパスワードを確かめてください（再試行はしていません）。"
            )
        if hits != [done]:
            self._odd_after_login(hits)

    def _check_node(self) -> None:
        """Register requests leave from Node, whose trust is not the browser's: ask before anything is entered."""
        origin, context = self.account.origin, self._context
        if context is not None and self.screen.seat.fuse is not None and origin.startswith("https:"):
            ask_from_node(context, f"{origin}/{self.system.login.open.lstrip('/')}", self.limits.page_s)

    def _odd_after_login(self, hits: Sequence[Mark]) -> None:
        if any(mark.meaning is Meaning.SYSTEM_DOWN for mark in hits):
            raise NoAnswer("システムが停止中の画面を出しています。")
        raise StopRunError(f"{self.system.name}のログイン後の画面が想定と違います。画面を確かめてください。")

    def _await_calm(self, down: Sequence[Mark]) -> None:
        """The log-in page has loaded, and is not an error page."""
        end = time.monotonic() + self.limits.page_s
        while True:
            told = self.screen.asked("calm", wait=250, lost={})
            if told.get("calm"):
                break
            if time.monotonic() >= end:
                raise NoAnswer("ログイン画面が表示されません。")
        found = self.screen.look(down, 0)
        if found.get("hits") or found.get("dead") or found.get("failed") or int(found.get("status", 0)) >= 500:
            raise NoAnswer("システムがエラーの画面を返しました。")

    def _credentials(self) -> tuple[BoundField, BoundField]:
        login = self.system.login

        def typed(key: str, target: Target, value: str) -> BoundField:
            return BoundField(key, target, Control.TEXT, value, FieldClass.ACCOUNT)

        return (
            typed("利用者名", bound_target(login.user), self.account.user),
            typed("パスワード", bound_target(login.password), self.account.password()),
        )


def foreign(origin: str) -> re.Pattern[str]:
    """Every address that is not on `origin`; checked in the driver process, so allowed requests cost nothing."""
    return re.compile(rf"^(?:https?|ftp)://(?!{re.escape(origin.split('://', 1)[1])}(?:[/?#]|$))", re.IGNORECASE)
