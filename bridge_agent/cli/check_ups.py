"""What `doctor` looks at before the night: title and check, in the order in which things are needed."""

from __future__ import annotations

import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bridge_agent import wiring
from bridge_agent.domain.errors import ConfigError, StopRunError
from bridge_agent.file_errors import writable
from bridge_agent.mapping.arrivals import lacking, reached
from bridge_agent.mapping.recipe_files import load_core, load_recipes, load_source
from bridge_agent.settings import Settings, load_settings

CONNECT_S = 5.0
MENDED = {(3, 11): 13, (3, 12): 11, (3, 13): 4}
"""Micro versions from which Python's own ZIP reading refuses overlapping entries."""


def check_ups(start: wiring.Start) -> Sequence[tuple[str, Callable[[], str]]]:
    """A check returns what it found, or raises BridgeError with what to do. Raises ConfigError without settings."""
    settings = load_settings(start.config)
    opened: list[wiring.Site] = []

    data = partial(_writable_folder, "データのフォルダ", settings.site.data)

    def secrets() -> str:
        data()  # the log lies there; the same sentence as above is told once
        if settings.credentials.store == "file" and not settings.credentials.file.exists():
            raise StopRunError(
                f"認証情報ファイル {settings.credentials.file} がまだありません。"
                "先に bridge-agent credentials set で、合言葉を決めてパスワードを登録してください。"
            )
        opened.append(wiring.open_site(start))
        wiring.secrets_missing(opened[0])
        return "すべて登録されています"

    def books() -> str:
        if not opened:
            raise StopRunError(
                "上の「認証情報」が×のため確かめられません。直してから、もう一度 doctor を実行してください。"
            )
        with writable("台帳", settings.ledger_file):
            wiring.open_books(settings, opened[0].sealer).engine.dispose()
        return str(settings.ledger_file)

    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("データのフォルダ", data),
        ("突合表のフォルダ", partial(_writable_folder, "突合表のフォルダ", settings.site.reports)),
        ("レシピ", lambda: f"{len(load_recipes(settings.site.recipes))} 件"),
        ("レシピと取り込み元の列", partial(_arrivals, settings)),
        ("ブラウザ", lambda: str(wiring.browser_found(settings))),
        ("認証情報", secrets),
        ("台帳とディスク", books),
        _source(settings),
    ]
    for core, account in settings.cores.items():
        if account.address:
            checks.append((f"{core} への接続", partial(_reachable, account.address)))
        else:
            checks.append((f"{core} のクライアント", partial(_startable, account.command[0])))
            checks.append((f"{core} を操作する端末", partial(_desk, settings, core)))
    return checks


def _arrivals(settings: Settings) -> str:
    recipes = load_recipes(settings.site.recipes)
    profile = settings.source.profile
    shape = load_source(settings.site.recipes, profile).package
    for found in lacking(shape, recipes):
        names = "".join(f"「{column}」" for column in found.columns[:3])
        more = f"など {len(found.columns)} 列" if len(found.columns) > 3 else ""
        raise ConfigError(
            f"レシピ {found.recipe} が使う列{names}{more}が、sources/{profile}.yaml の手続 {found.procedure_code} の columns に"
            "ありません。どちらかの列の名前を直してください。"
        )
    count = reached(shape, recipes)
    if recipes and not count:
        raise ConfigError(
            f"sources/{profile}.yaml の columns に、どのレシピの手続コードもありません。レシピの procedure_codes と合わせてください。"
        )
    return f"{len(recipes)} 件のレシピのうち {count} 件の手続の列が、取り込み元の定義にあります"


def _source(settings: Settings) -> tuple[str, Callable[[], str]]:
    if settings.source.path:
        return "受け渡しフォルダー", partial(_drop_folder, Path(settings.source.path))
    return "申請管理システムへの接続", partial(_reachable, settings.source.address)


def _drop_folder(folder: Path) -> str:
    """Never made here: a share that is not mounted must not become an empty folder."""
    with writable("受け渡しフォルダー", folder):
        tempfile.TemporaryFile(dir=folder, prefix=".doctor-").close()
    return str(folder)


def _desk(settings: Settings, core: str) -> str:
    return wiring.desk_state(load_core(settings.site.recipes, core))


def _startable(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ConfigError(f"クライアント {program} がありません。bridge.toml の command を確かめてください。")
    return found


def _python() -> str:
    found = sys.version_info
    note = "" if found.micro >= MENDED.get(found[:2], 0) else "（ZIP の検査の修正を含む新しい版を勧めます）"
    return platform.python_version() + note


def _writable_folder(what: str, folder: Path) -> str:
    """Writes and removes a file: rights and file systems have too many ways to say no to be asked."""
    with writable(what, folder):
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder, prefix=".doctor-").close()
    return str(folder)


def _reachable(address: str) -> str:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), CONNECT_S).close()
    except OSError:
        raise StopRunError(
            f"{parts.hostname}:{port} につながりません。アドレスとネットワークを確かめてください。"
        ) from None
    return f"{parts.hostname}:{port}"
