"""What every measurement works with: the core's sessions, dummy applications, and one trial entry at a time."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bridge_agent import wiring
from bridge_agent.domain.core_profile import CoreProfile, RegisterRequest
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.ports import LookUpUnreadable
from bridge_agent.domain.result import Answer, CoreRecord
from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.drivers.browser.fuse import address_of, body_field
from bridge_agent.drivers.browser.options import WebAccount
from bridge_agent.pipeline.look_up import matches
from bridge_agent.pipeline.night import CoreAccess
from bridge_agent.settings import Account
from bridge_agent.workshop.conformance.cutting_proxy import CuttingProxy
from bridge_agent.workshop.conformance.dummies import Dummies
from bridge_agent.workshop.conformance.http_messages import Message

POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is tried. Fewer trials are quicker, and permit less."""

    rounds: int = 20
    """Fresh records whose way to the look-up is timed."""
    cuts: int = 10
    """Connections cut with the fuse in."""
    others: int = 3
    """Trials of everything else that registers."""
    held_s: float = 10.0
    """How long a half request is held out to the core."""
    idle_minutes: float = 0.0
    """How long a session is left alone to see whether it ends; 0 = not tried."""

    @property
    def registrations(self) -> int:
        """At least so many records are made at the core."""
        return self.rounds + self.cuts + 3 * self.others


@dataclass(frozen=True, slots=True)
class Bench:
    site: wiring.Site
    core: str
    dummies: Dummies
    pace: Pace

    @property
    def profile(self) -> CoreProfile:
        return self.site.cores[self.core]

    @property
    def access(self) -> CoreAccess:
        return wiring.core_access(self.site, self.core, self.account)

    @property
    def account(self) -> Account:
        """The first one: the others are measured by what they share with it."""
        return self.site.settings.cores[self.core]

    @property
    def address(self) -> str:
        return self.site.settings.cores[self.core].address

    @property
    def place(self) -> str:
        """Host and port."""
        return WebAccount(self.address, "", str).place

    @property
    def encrypted(self) -> bool:
        return self.address.lower().startswith("https:")

    def new_session(self, *, fuse: bool = True, proxy: str = "") -> BrowserCoreSession:
        """Not started yet."""
        options = wiring.browser_options(self.site.settings, self.site.book.variants)
        return wiring.browser_session(self.site, self.core, self.account.user, replace(options, fuse=fuse, proxy=proxy))

    @contextmanager
    def session(self, *, fuse: bool = True, proxy: str = "") -> Iterator[BrowserCoreSession]:
        session = self.new_session(fuse=fuse, proxy=proxy)
        try:
            session.start()
            yield session
        finally:
            session.close()

    @contextmanager
    def cut_session(self, *, fuse: bool = True) -> Iterator[tuple[CuttingProxy, BrowserCoreSession]]:
        if self.encrypted and _is_number(self.place):
            raise ConfigError(
                "https の接続先が IP アドレスのため、測れません。証明書にあるホスト名を bridge.toml のアドレスに書いてください。"
            )
        wanted = self.profile.register_request
        assert wanted is not None  # only browser cores are measured
        with (
            CuttingProxy(self.place, lambda method, path, message: registers(wanted, method, path, message)) as proxy,
            self.session(fuse=fuse, proxy=proxy.address) as session,
        ):
            yield proxy, session


@dataclass(frozen=True, slots=True)
class Trial:
    """One dummy application whose register action was made."""

    plan: EntryPlan
    before: frozenset[str]
    answer: Answer
    pressed_at: float
    answered_at: float
    """Monotonic, when the driver came back."""

    def records(self, session: BrowserCoreSession) -> tuple[CoreRecord, ...]:
        """Its records at the core now. Raises LookUpUnreadable."""
        found, _ = matches(session, self.plan.look_up)
        return tuple(record for record in found if record.record_id not in self.before)

    def appears(self, session: BrowserCoreSession, limit_s: float) -> float | None:
        """The moment its record was found (monotonic); None when it was not within `limit_s`."""
        end = time.monotonic() + limit_s
        while True:
            if self._found(session):
                return time.monotonic()
            if time.monotonic() >= end:
                return None
            time.sleep(POLL_S)

    def _found(self, session: BrowserCoreSession) -> bool:
        try:
            return bool(self.records(session))
        except LookUpUnreadable:
            return False


def _is_number(place: str) -> bool:
    """Through a proxy, Node checks the certificate of a bare IP address against no name at all."""
    try:
        ipaddress.ip_address(place.rpartition(":")[0].strip("[]"))
    except ValueError:
        return False
    return True


def walk(session: BrowserCoreSession, plan: EntryPlan) -> None:
    """Everything up to the register press."""
    session.screen.begin(plan.dialogs)
    for act in plan.acts:
        act.perform(session.screen)


def try_entry(bench: Bench, session: BrowserCoreSession, before_press: Callable[[], None] = lambda: None) -> Trial:
    """One dummy registration. There is no ledger here, so it must never meet anything but a test environment."""
    plan = bench.dummies.plan()
    found, _ = matches(session, plan.look_up)
    walk(session, plan)
    before_press()
    pressed = time.monotonic()
    answer = session.screen.register(plan.commit.press, plan.commit.endings, bench.profile.limits.submit_s)
    return Trial(plan, frozenset(r.record_id for r in found), answer, pressed, time.monotonic())


def registers(wanted: RegisterRequest, method: str, path: str, message: Message) -> bool:
    """Whether a message on the line is the register request of the profile."""
    if method != wanted.method.upper() or not address_of("", wanted).match(path):
        return False
    if not wanted.field:
        return True
    kind = message.head.get(b"content-type").decode("latin-1")
    values = body_field(message.body, kind, wanted.field) or []
    return wanted.field_value in values if wanted.field_value else bool(values)
