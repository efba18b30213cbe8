"""Settings become objects here: the only file that knows which adapter stands behind which port."""

from __future__ import annotations

import getpass
import os
import platform
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path

import psutil

from bridge_agent.credentials import (
    SITE_KEY,
    EncryptedFileStore,
    KeyringStore,
    Secret,
    SecretStore,
    needed,
    read_passphrase,
    site_key_that_fits,
)
from bridge_agent.domain.clock import JST
from bridge_agent.domain.comparison import VariantTable, equal
from bridge_agent.domain.conformance import what_is_missing
from bridge_agent.domain.core_profile import CoreProfile, OnAbsent
from bridge_agent.domain.errors import BridgeError, ConfigError, StopRunError
from bridge_agent.domain.plan import Comparison
from bridge_agent.domain.ports import CoreSession, Progress, Sender, Watchdog
from bridge_agent.domain.source_profile import SourceProfile
from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.drivers.browser.find import find_browser, installed_version
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.pages import BrowserPages
from bridge_agent.drivers.rehearsal import RehearsalSession
from bridge_agent.drivers.sender import kill_sender, started_at
from bridge_agent.ledger.in_use import in_use
from bridge_agent.ledger.keeping import refuse_missing
from bridge_agent.ledger.opening import check_value_in, open_ledger
from bridge_agent.ledger.place import check_room
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.logs import redactor, set_up
from bridge_agent.mapping.conformance_files import load_record
from bridge_agent.mapping.loader import read_model
from bridge_agent.mapping.recipe_files import load_core, load_recipes, load_variants
from bridge_agent.outputs.evidence import EvidenceFiles, purge
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.recipe_book import RecipeBook
from bridge_agent.pipeline.reconcile import Reconciled, reconcile_core
from bridge_agent.sealing import PassphraseBox, SiteSealer, key_from_text, key_to_text, new_key
from bridge_agent.settings import Account, Settings, load_settings
from bridge_agent.sources.screen import ScreenSource, sweep_abandoned, work_folder


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)


class NoTimer:
    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        yield


class NobodyWatches:
    """Stands where nothing is ever armed: look-ups, rehearsals, a person's commands."""

    def guard(self, sender: Sender | None, within_s: float) -> AbstractContextManager[None]:
        raise StopRunError("送信の見張りが動いていないため、登録の操作はできません。")


class Protector:
    """Tells the log redactor which texts belong to the application in hand; the former ones are forgotten."""

    def __init__(self) -> None:
        self._held: AbstractContextManager[None] | None = None

    def __call__(self, texts: frozenset[str]) -> None:
        former, self._held = self._held, redactor.current(texts)
        self._held.__enter__()
        if former is not None:
            former.__exit__(None, None, None)


@dataclass(frozen=True, slots=True)
class Start:
    """How the command was called."""

    config: Path
    passphrase_from_stdin: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site whose settings, recipes and keys were read and found good; nothing is open yet but files."""

    settings: Settings
    store: SecretStore
    sealer: SiteSealer
    source: SourceProfile
    cores: dict[str, CoreProfile]
    book: RecipeBook
    passphrase: Secret | None = None
    """What opened the key store, for the processes of further lanes."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger for a person: no browser, no recipes."""

    ledger: SqlLedger
    who: str


# ---- secrets --------------------------------------------------------------------------------------------------


def secret_names(settings: Settings) -> list[str]:
    names = [f"source/{settings.source.profile}/{settings.source.user}"]
    return names + [
        f"core/{core}/{account.user}" for core, named in sorted(settings.cores.items()) for account in named.accounts
    ]


def open_store(start: Start, settings: Settings) -> SecretStore:
    return store_with(settings, passphrase_for(start, settings))


def passphrase_for(start: Start, settings: Settings) -> Secret | None:
    """What opens the key store; None when the operating system's own does it."""
    if settings.credentials.store == "os":
        return None
    if start.passphrase_from_stdin:
        return read_passphrase(sys.stdin)
    if sys.stdin.isatty():
        return Secret(getpass.getpass("認証情報ファイルの合言葉: "))
    raise ConfigError(
        "認証情報ファイルの合言葉が必要です。--passphrase-stdin を付け、標準入力の1行目に渡してください。"
    )


def store_with(settings: Settings, passphrase: Secret | None) -> SecretStore:
    if passphrase is None:
        return KeyringStore()
    return EncryptedFileStore(settings.credentials.file, PassphraseBox(passphrase.reveal()))


def site_sealer(settings: Settings, store: SecretStore) -> SiteSealer:
    """The site key; made once, before there is a ledger. A ledger without its key is never given a new one.

    While the key is being changed the store holds two: the ledger itself says which one is its own.
    """
    check = check_value_in(settings.ledger_file)
    found = check and site_key_that_fits(store, lambda text: sealer_of(text).check_value() == check)
    if found:
        return sealer_of(found.reveal())
    secret = store.get(SITE_KEY)
    if secret is None:
        if settings.ledger_file.exists() or settings.epoch_file.exists():
            raise ConfigError(
                "台帳がありますが、鍵の保管庫に台帳の鍵がありません。鍵を作り直すと過去の申請が二重に取り込まれるため、"
                "開始しません。鍵の控えを戻してください。"
            )
        secret = Secret(key_to_text(new_key()))
        store.set(SITE_KEY, secret)
    return sealer_of(secret.reveal())


def sealer_of(key: str) -> SiteSealer:
    return SiteSealer(key_from_text(key))


# ---- a site and its parts -------------------------------------------------------------------------------------


def open_site(start: Start, *, store: SecretStore | None = None) -> Site:
    """Read settings, recipes and keys. `store` stands in for the one that the settings name (scripts)."""
    site = read_site(start, store=store)
    refuse_resending(site.settings, site.cores.values(), site.sealer)
    return site


def read_site(start: Start, *, store: SecretStore | None = None) -> Site:
    """A site whose core profiles may declare more than was measured: for measuring them, not for entering."""
    settings = load_settings(start.config)
    set_up(folder=settings.site.data / "logs")
    recipes = load_recipes(settings.site.recipes)
    cores = {core: load_core(settings.site.recipes, core) for core in settings.cores}
    source = read_model(settings.site.recipes / "sources" / f"{settings.source.profile}.yaml", SourceProfile)
    passphrase = None if store is not None else passphrase_for(start, settings)
    store = store or store_with(settings, passphrase)
    book = RecipeBook(recipes, load_variants(settings.site.recipes))
    return Site(settings, store, site_sealer(settings, store), source, cores, book, passphrase)


def refuse_resending(settings: Settings, cores: Iterable[CoreProfile], sealer: SiteSealer) -> None:
    """Sending again after proven absence needs a core that was measured, with this profile and this browser."""
    for profile in cores:
        if profile.resubmit_on_absent is OnAbsent.NEVER:
            continue
        missing = resending_needs(settings, profile, sealer)
        if missing:
            raise ConfigError(
                f"{profile.name}の resubmit_on_absent: {profile.resubmit_on_absent} は使えません。{missing}"
                f"bridge-agent core test {profile.core} を試験環境で行うか、never にしてください。"
            )


def resending_needs(settings: Settings, profile: CoreProfile, sealer: SiteSealer) -> str:
    """What the core's conformance record lacks, as one sentence; '' = nothing."""
    choice = find_browser(settings.browser.path, headed=not settings.browser.headless)
    record = load_record(settings.site.recipes, profile.core)
    return what_is_missing(record, profile, choice.kind, installed_version(choice), sealer)


def open_books(settings: Settings, sealer: SiteSealer) -> SqlLedger:
    check_room(settings.site.data)
    refuse_missing(settings.ledger_file, settings.epoch_file)
    engine = open_ledger(settings.ledger_file, sealer.check_value(), sealer)
    ledger = SqlLedger(engine, SystemClock(), sealer, this_process()).with_locks(lock_folder(settings))
    try:
        ledger.check_witness(settings.epoch_file)
    except BaseException:
        engine.dispose()
        raise
    return ledger


def this_process() -> Owner:
    pid = os.getpid()
    return Owner(pid, started_at(pid) or 0.0, socket.gethostname(), boot_id())


def lock_folder(settings: Settings) -> Path:
    return settings.site.data / "lanes"


@contextmanager
def books(settings: Settings, sealer: SiteSealer, *, heads: bool = False) -> Iterator[SqlLedger]:
    """The ledger in use; at the end its witness (and with `heads` the list of heads) elsewhere says how far it came."""
    with in_use(lock_folder(settings)):
        ledger = open_books(settings, sealer)
        try:
            yield ledger
        finally:
            ledger.keep_elsewhere(settings.epoch_file, settings.heads_file if heads else None)
            ledger.engine.dispose()


def boot_id() -> str:
    """Tells one running of the machine from the next; the boot time where the system gives no id."""
    linux = Path("/proc/sys/kernel/random/boot_id")
    if linux.exists():
        return linux.read_text(encoding="ascii").strip()
    return f"{platform.node()}-{round(time.time() - time.monotonic(), -1)}"


@contextmanager
def desk(start: Start) -> Iterator[Desk]:
    settings = load_settings(start.config)
    set_up(folder=None)
    if not settings.ledger_file.exists() and not settings.epoch_file.exists():
        raise ConfigError("台帳がまだありません。先に bridge-agent run を実行してください。")
    with books(settings, site_sealer(settings, open_store(start, settings))) as ledger:
        yield Desk(ledger, person())


def person() -> str:
    """Who started the command, for the record; the operating system's log-in name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "不明"


def browser_options(settings: Settings, variants: VariantTable) -> BrowserOptions:
    def shown(intended: str, read: str, comparison: Comparison) -> bool:
        return equal(intended, read, comparison, variants)

    browser = settings.browser
    return BrowserOptions(browser=browser.path, headed=not browser.headless, equal=shown, ca_file=browser.ca_file)


def web_account(site: Site, name: str, address: str, user: str) -> WebAccount:
    return WebAccount(address, user, lambda: needed(site.store, name).reveal())


def core_session(site: Site, core: str, user: str, *, rehearse: bool = False) -> CoreSession:
    session = browser_session(site, core, user, browser_options(site.settings, site.book.variants))
    return RehearsalSession(session) if rehearse else session


def browser_session(site: Site, core: str, user: str, options: BrowserOptions) -> BrowserCoreSession:
    web = web_account(site, f"core/{core}/{user}", site.settings.cores[core].address, user)
    return BrowserCoreSession(site.cores[core], web, options)


def screen_source(site: Site) -> ScreenSource:
    named = site.settings.source
    web = web_account(site, f"source/{named.profile}/{named.user}", named.address, named.user)
    profile = site.source.model_copy(update={"scope": named.scope})
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
        source = screen_source(site)
        stack.callback(source.close)
        evidence = site.settings.evidence
        evidence_folder = site.settings.site.data / "evidence"
        purge(evidence_folder, evidence.keep_days, datetime.now(JST).date())
        yield Night(
            ledger=ledger,
            source=source,
            lanes=lanes_for(site, lanes, rehearse=options.rehearse),
            recipes=site.book,
            clock=SystemClock(),
            sealer=site.sealer,
            evidence=EvidenceFiles(
                evidence_folder,
                partial(site.sealer.seal, purpose="evidence"),
                SystemClock(),
                quota_bytes=evidence.quota_mb * 1024**2,
            ),
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
    """One lane of every core, then further accounts in turn, as long as there are fewer than `most`."""
    by_core = [[(core, account) for account in site.settings.cores[core].accounts] for core in sorted(site.cores)]
    chosen = [account for turn in zip_longest(*by_core) for account in turn if account is not None]
    return [core_access(site, core, a, rehearse=rehearse) for core, a in chosen[: max(most, len(site.cores))]]


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


# ---- checks before the night ----------------------------------------------------------------------------------


def try_log_ins(start: Start) -> Iterator[tuple[str, str | None]]:
    """One log-in each; name and what went wrong (None = it worked)."""
    site = open_site(start)
    yield site.source.name, _outcome(lambda: _log_in_source(site))
    for core, profile in site.cores.items():
        yield profile.name, _outcome(partial(_log_in_core, site, core))


def _outcome(work: Callable[[], None]) -> str | None:
    try:
        work()
    except BridgeError as error:
        return error.message
    return None


def _log_in_source(site: Site) -> None:
    source = screen_source(site)
    try:
        source.approved()
    finally:
        source.close()


def _log_in_core(site: Site, core: str) -> None:
    session = core_session(site, core, site.settings.cores[core].user)
    try:
        session.start()
    finally:
        session.close()


def browser_found(settings: Settings) -> Path:
    """The browser that would be used. Raises ConfigError with what to install."""
    return find_browser(settings.browser.path, headed=not settings.browser.headless).path


def secrets_missing(site: Site) -> None:
    """Raises ConfigError for the first password that is not stored."""
    for name in secret_names(site.settings):
        needed(site.store, name)
