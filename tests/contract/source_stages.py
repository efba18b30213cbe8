"""One invented management system, reached in three ways: on its screens, through a drop folder, over its interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bridge_agent.domain.folder_profile import FolderProfile, FolderStanding
from bridge_agent.domain.ports import Source
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.pages import BrowserPages
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.sources.folder import FolderSource
from bridge_agent.sources.rest import RestSource, Wire
from bridge_agent.sources.screen import ScreenSource
from mock_core_ui.management import Served, create_app, serve
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.export import export_packages, export_states
from mock_core_ui.management.records import Record
from mock_core_ui.management.store import Store
from mock_core_ui.people import build_world
from mock_core_ui.people.procedures import BURDEN_RATIO_REISSUE, CHILD_ALLOWANCE

RECIPES = Path(__file__).parents[2] / "recipes"
USER, PASSWORD = "bridge01", "right"


class HurriedClock:
    """Waits are counted, not waited for."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return datetime.now(UTC).timestamp()

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


class Stage(Protocol):
    """What is done at the system itself, past the source."""

    store: Store
    clock: HurriedClock

    def source(self, password: str = PASSWORD) -> Source:
        """As a new process of the agent would have it. Closed by close()."""
        ...

    def publish(self) -> None:
        """What the system does when something has changed, before the agent looks."""
        ...

    def go_down(self) -> None: ...

    def log_ins(self) -> int | None:
        """How often a password was tried; None = this way needs none."""
        ...

    def close(self) -> None: ...


def filled(folder: Path, broken: Mapping[int, str]) -> Store:
    """Eight plain applications for two procedures; `broken`: position -> what is wrong with its data."""
    world = build_world(5, 8, (BURDEN_RATIO_REISSUE, CHILD_ALLOWANCE), True)
    changed = tuple(replace(one, broken=broken.get(at, "")) for at, one in enumerate(world.applications))
    store = Store(folder / "management.sqlite", japan_time)
    store.fill(replace(world, applications=changed))
    return store


def records(store: Store) -> list[Record]:
    return store.records([row.receipt_no for row in store.rows(None, "")])


class _Sources:
    """Remembers what it made."""

    def __init__(self, folder: Path, broken: Mapping[int, str]) -> None:
        self.store = filled(folder, broken)
        self.clock = HurriedClock()
        self._made: list[Source] = []

    def _keep(self, source: Source) -> Source:
        self._made.append(source)
        return source

    def publish(self) -> None:
        """Whoever asks is told."""

    def close(self) -> None:
        for source in self._made:
            source.close()


class FolderStage(_Sources):
    """The list of states is complete, so what is not on it is not approved."""

    def __init__(self, folder: Path, broken: Mapping[int, str]) -> None:
        super().__init__(folder, broken)
        self.drop = folder / "drop"
        self.drop.mkdir()
        profile = load_source(RECIPES, "minamo-folder")
        assert isinstance(profile, FolderProfile)
        standing = FolderStanding(assumed="unknown", listed=profile.standing.listed)
        self.profile = profile.model_copy(update={"standing": standing})
        self._exports = 0
        self.publish()

    def source(self, password: str = PASSWORD) -> Source:
        return self._keep(FolderSource(self.profile, self.drop, self.clock))

    def publish(self) -> None:
        self._exports += 1
        export_packages(self.store, self.drop, datetime(2026, 11, 20, 20, self._exports, tzinfo=UTC), per_file=3)
        export_states(self.store, self.drop)

    def go_down(self) -> None:
        self.drop.rename(self.drop.with_name("unmounted"))

    def log_ins(self) -> int | None:
        return None


class _Served(_Sources):
    def __init__(self, folder: Path, broken: Mapping[int, str]) -> None:
        super().__init__(folder, broken)
        self._tried = 0
        app = create_app(folder / "management.sqlite", None, "", {USER: PASSWORD})
        self._served: Served = serve(self._counting(app.wsgi_app))

    def _counting(self, app: WSGIApplication) -> WSGIApplication:
        def counted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            if environ["PATH_INFO"].endswith("/login") and environ["REQUEST_METHOD"] == "POST":
                self._tried += 1
            return app(environ, start)

        return counted

    def go_down(self) -> None:
        self._served.close()

    def log_ins(self) -> int | None:
        return self._tried

    def close(self) -> None:
        super().close()
        self._served.close()


class RestStage(_Served):
    def source(self, password: str = PASSWORD) -> Source:
        profile = load_source(RECIPES, "minamo-rest")
        assert isinstance(profile, RestProfile)
        wire = Wire(profile, self._served.url, USER, lambda: password, self.clock)
        return self._keep(RestSource(profile, wire, self.clock))


class ScreenStage(_Served):
    def __init__(self, folder: Path, broken: Mapping[int, str], browser: Path) -> None:
        super().__init__(folder, broken)
        self._browser, self._work = browser, folder / "work"

    def source(self, password: str = PASSWORD) -> Source:
        profile = load_source(RECIPES, "minamo")
        assert isinstance(profile, ScreenProfile)
        account = WebAccount(self._served.url, USER, lambda: password)
        options = BrowserOptions(browser=str(self._browser))
        limits = profile.limits.model_copy(update={"page_s": 5.0})
        pages = BrowserPages(profile.login, profile.session_lost, limits, account, options, name=profile.name)
        return self._keep(ScreenSource(profile, pages, self._work / str(len(self._made)), self.clock))
