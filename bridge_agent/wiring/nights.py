"""Everything a run works with: sessions, source, lanes, evidence, put together for one night."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path

import psutil
from loguru import logger

from bridge_agent.credentials import (
    needed,
)
from bridge_agent.domain.clock import JST
from bridge_agent.domain.comparison import VariantTable, equal
from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.plan import Comparison
from bridge_agent.domain.ports import CoreSession, Progress, Source, Watchdog
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.pages import BrowserPages
from bridge_agent.drivers.rehearsal import RehearsalSession
from bridge_agent.drivers.sender import kill_sender
from bridge_agent.logs import redactor
from bridge_agent.outputs.evidence import EvidenceFiles, purge
from bridge_agent.outputs.papers import PaperFiles
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.reconcile import Reconciled, reconcile_core
from bridge_agent.settings import Account, Settings
from bridge_agent.sources.folder import FolderSource
from bridge_agent.sources.screen import ScreenSource, sweep_abandoned, work_folder
from bridge_agent.wiring.ledgers import books
from bridge_agent.wiring.parts import NobodyWatches, NoTimer, Protector, SystemClock
from bridge_agent.wiring.sites import Site


def shown_equal(variants: VariantTable) -> Callable[[str, str, Comparison], bool]:
    """(intended, read, comparison) -> whether a screen shows what was meant."""

    def shown(intended: str, read: str, comparison: Comparison) -> bool:
        return equal(intended, read, comparison, variants)

    return shown


def browser_options(settings: Settings, variants: VariantTable) -> BrowserOptions:
    browser = settings.browser
    return BrowserOptions(
        browser=browser.path, headed=not browser.headless, equal=shown_equal(variants), ca_file=browser.ca_file
    )


def web_account(site: Site, name: str, address: str, user: str) -> WebAccount:
    return WebAccount(address, user, lambda: needed(site.store, name).reveal())


def core_session(site: Site, core: str, user: str, *, rehearse: bool = False) -> CoreSession:
    session: CoreSession
    if site.cores[core].driver == "desktop":
        session = desktop_session(site, core, user)
    else:
        session = browser_session(site, core, user, browser_options(site.settings, site.book.variants))
    return RehearsalSession(session) if rehearse else session


def desktop_session(site: Site, core: str, user: str) -> CoreSession:
    """Imports the desktop driver: only a site with a client program needs it."""
    from bridge_agent.drivers.desktop.core_session import DesktopCoreSession
    from bridge_agent.drivers.desktop.options import DesktopAccount, DesktopOptions

    name = f"core/{core}/{user}"
    command = site.settings.cores[core].command
    account = DesktopAccount(command, user, lambda: needed(site.store, name).reveal())
    options = DesktopOptions(
        equal=shown_equal(site.book.variants),
        pictures=site.settings.site.recipes / core / "pictures",
        note=site.settings.site.data / "clients" / f"{core}-{user}.json",
        tell=logger.warning,
    )
    return DesktopCoreSession(site.cores[core], account, options)


def browser_session(site: Site, core: str, user: str, options: BrowserOptions) -> BrowserCoreSession:
    web = web_account(site, f"core/{core}/{user}", site.settings.cores[core].address, user)
    return BrowserCoreSession(site.cores[core], web, options)


def source_of(site: Site) -> Source:
    """The management system, in whatever way it is reached."""
    scope = {"scope": site.settings.source.scope}
    match site.source:
        case ScreenProfile() as profile:
            return screen_source(site, profile.model_copy(update=scope))
        case FolderProfile() as profile:
            return FolderSource(profile.model_copy(update=scope), Path(site.settings.source.path), SystemClock())
        case RestProfile() as profile:
            return rest_source(site, profile.model_copy(update=scope))


def rest_source(site: Site, profile: RestProfile) -> Source:
    """Imports the HTTP client: only a site with an interface needs it."""
    from bridge_agent.sources.rest import RestSource, Wire

    named = site.settings.source
    web = web_account(site, f"source/{named.profile}/{named.user}", named.address, named.user)
    wire = Wire(profile, web.base, web.user, web.password, SystemClock(), site.settings.browser.ca_file)
    return RestSource(profile, wire, SystemClock())


def screen_source(site: Site, profile: ScreenProfile) -> ScreenSource:
    named = site.settings.source
    web = web_account(site, f"source/{named.profile}/{named.user}", named.address, named.user)
    options = browser_options(site.settings, site.book.variants)
    pages = BrowserPages(
        profile.login,
        profile.session_lost,
        profile.limits,
        web,
        options,
        name=profile.name,
        system_down=profile.system_down,
    )
    work = site.settings.site.data / "work"
    sweep_abandoned(work, psutil.pid_exists)  # a killed run may have left a download behind
    return ScreenSource(profile, pages, work_folder(work, os.getpid()), SystemClock())


def paper_files(site: Site) -> PaperFiles:
    return PaperFiles(site.settings.papers_folder, site.sealer)


@contextmanager
def night(
    site: Site,
    progress: Progress,
    options: RunOptions,
    stop_flag: Callable[[], bool],
    *,
    watchdog: Watchdog | None = None,
    lanes: int = 1,
    whole: bool = True,
) -> Iterator[Night]:
    """Everything a run works with; closes browser, ledger and work files. Without a watchdog nothing can be armed.

    `whole`: this process makes the run's books (a lane's own process does not).
    """
    with ExitStack() as stack:
        ledger = stack.enter_context(books(site.settings, site.sealer, heads=whole))
        source = source_of(site)
        stack.callback(source.close)
        evidence = site.settings.evidence
        evidence_folder = site.settings.site.data / "evidence"
        purge(evidence_folder, evidence.keep_days, datetime.now(JST).date())
        yield Night(
            ledger=ledger,
            source=source,
            lanes=lanes_for(site, min(lanes, options.limit or lanes), rehearse=options.rehearse),
            recipes=site.book,
            clock=SystemClock(),
            sealer=site.sealer,
            evidence=EvidenceFiles(
                evidence_folder,
                partial(site.sealer.seal, purpose="evidence"),
                SystemClock(),
                quota_bytes=evidence.quota_mb * 1024**2,
            ),
            papers=paper_files(site),
            progress=progress,
            timer=NoTimer(),
            kill_sender=kill_sender,
            watchdog=watchdog or NobodyWatches(),
            protect=Protector(),
            show_numbers=redactor.permit,
            stop_flag=stop_flag,
            started=datetime.now(UTC),
            options=options,
        )


def lanes_for(site: Site, most: int, *, rehearse: bool = False) -> list[CoreAccess]:
    """Every core's accounts in turn, at most `most` of one core: which of them have work is known only after the download."""
    by_core = [
        [(core, account) for account in site.settings.cores[core].accounts[: _at_once(site, core, most)]]
        for core in sorted(site.cores)
    ]
    chosen = [account for turn in zip_longest(*by_core) for account in turn if account is not None]
    return [core_access(site, core, account, rehearse=rehearse) for core, account in chosen]


def _at_once(site: Site, core: str, most: int) -> int:
    """A client program is worked by one account: the terminal has one keyboard."""
    return 1 if site.cores[core].driver == "desktop" else most


def core_access(site: Site, core: str, account: Account, *, rehearse: bool = False) -> CoreAccess:
    return CoreAccess(
        lane=f"{core}-{account.user}",
        profile=site.cores[core],
        operators=frozenset(a.operator for a in site.settings.cores[core].accounts),
        open_session=partial(core_session, site, core, account.user, rehearse=rehearse),
    )


def reconcile_all(night: Night, since: datetime) -> Reconciled:
    """Look up everything registered or held since then in every core, with a log-in of its own."""
    sums = Reconciled()
    for core in sorted({access.profile.core for access in night.lanes}):
        if night.ledger.registered_since(core, since) or night.ledger.held_since(core, since):
            reconcile_alone(night, night.lanes_of(core)[0], since, sums)
    return sums


def reconcile_alone(night: Night, access: CoreAccess, since: datetime, sums: Reconciled) -> None:
    with night.ledger.lane(access.lane):
        session = access.open_session()
        try:
            session.start()
            reconcile_core(night, access, session, since, sums)
        finally:
            session.close()
