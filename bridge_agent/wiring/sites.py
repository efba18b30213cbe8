"""A site from its settings: recipes, profiles and keys, read and found good; nothing is open yet but files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bridge_agent.credentials import (
    Secret,
    SecretStore,
)
from bridge_agent.domain.conformance import what_is_missing
from bridge_agent.domain.core_profile import CoreProfile, OnAbsent
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.source_profile import SourceProfile
from bridge_agent.drivers.browser.find import find_browser, installed_version
from bridge_agent.logs import redactor, set_up
from bridge_agent.mapping.conformance_files import load_record
from bridge_agent.mapping.recipe_files import load_core, load_recipes, load_source, load_variants
from bridge_agent.pipeline.recipe_book import RecipeBook
from bridge_agent.sealing import SiteSealer
from bridge_agent.settings import Settings, load_settings
from bridge_agent.wiring.keys import Start, passphrase_for, site_sealer, store_with


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
    refuse_wrong_way_in(settings, cores)
    source = load_source(settings.site.recipes, settings.source.profile)
    redactor.keep([source.name, *(core.name for core in cores.values()), *(one.recipe.name for one in recipes)])
    refuse_wrong_source(settings, source)
    passphrase = None if store is not None else passphrase_for(start, settings)
    store = store or store_with(settings, passphrase)
    book = RecipeBook(recipes, load_variants(settings.site.recipes))
    return Site(settings, store, site_sealer(settings, store), source, cores, book, passphrase)


def refuse_wrong_way_in(settings: Settings, cores: Mapping[str, CoreProfile]) -> None:
    """The settings say where a core is, its profile how it is worked: both must speak of the same kind."""
    for core, profile in cores.items():
        if profile.driver == "desktop" and not settings.cores[core].command:
            raise ConfigError(
                f"{profile.name}はクライアントを操作します。bridge.toml の [cores.{core}] に、address ではなく"
                ' command = ["クライアントのパス"] を書いてください。'
            )
        if profile.driver == "browser" and not settings.cores[core].address:
            raise ConfigError(
                f"{profile.name}は Web の画面です。bridge.toml の [cores.{core}] に、command ではなく address を書いてください。"
            )


def refuse_wrong_source(settings: Settings, source: SourceProfile) -> None:
    """A folder has a path, everything else an address."""
    if source.kind == "folder" and not settings.source.path:
        raise ConfigError(
            f"{source.name}は受け渡しフォルダーから取り込みます。bridge.toml の [source] に、address と user ではなく"
            ' path = "フォルダーの場所" を書いてください。'
        )
    if source.kind != "folder" and settings.source.path:
        raise ConfigError(
            f"{source.name}は受け渡しフォルダーを使いません。bridge.toml の [source] に、path ではなく address と user を"
            "書いてください。"
        )


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
