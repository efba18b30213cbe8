"""How a command was called, where secrets are kept, and the site key that opens the ledger."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from bridge_agent.credentials import (
    SITE_KEY,
    EncryptedFileStore,
    KeyringStore,
    Secret,
    SecretStore,
    read_passphrase,
    site_key_that_fits,
)
from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger.opening import check_value_in
from bridge_agent.sealing import PassphraseBox, SiteSealer, key_from_text, key_to_text, new_key
from bridge_agent.settings import Settings


@dataclass(frozen=True, slots=True)
class Start:
    """How the command was called."""

    config: Path
    passphrase_from_stdin: bool = False


def secret_names(settings: Settings) -> list[str]:
    names = [f"source/{settings.source.profile}/{settings.source.user}"] if settings.source.user else []
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
        file = settings.credentials.file
        if not file.exists():  # a passphrase typed once here would lock in whatever is kept first
            raise ConfigError(
                f"認証情報ファイル {file} がありません。先に bridge-agent credentials set を行ってください。"
            )
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
