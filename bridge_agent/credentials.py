"""Where passwords and the site key are kept: the operating system's key store, never a plain file.

Names look like `core/sogo/bridge01`, `source/minamo/bridge`, `site_key`.
"""

from __future__ import annotations

import hmac
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NoReturn, Protocol

import keyring
import keyring.backend
import keyring.errors

from bridge_agent.domain.errors import ConfigError
from bridge_agent.file_errors import cause_and_remedy

SERVICE = "bridge-agent"
_TRIES = 3
_PASSPHRASE_LIMIT = 1024  # characters; a longer line is a mistake in the caller's pipe

REAL_BACK_ENDS: Final[dict[str, str]] = {
    "keyring.backends.Windows.WinVaultKeyring": "Windows 資格情報マネージャー",
    "keyring.backends.macOS.Keyring": "macOS キーチェーン",
    "keyring.backends.SecretService.Keyring": "Secret Service（GNOME Keyring など）",
    "keyring.backends.libsecret.Keyring": "Secret Service（libsecret）",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet 4",
}
"""Back ends that keep secrets under the user's log-in. `fail`, `null` and plain-text ones are deliberately not here:
headless Linux gives `fail`, and `null` swallows a password without a word."""


class Secret:
    """A text that must not be shown by accident: neither repr, str, format, pickle nor a debugger's list shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The only way out; call it where the text is typed or used as a key, and keep no copy."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode("utf-8"), other._text.encode("utf-8"))

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is never pickled")


class SecretStore(Protocol):
    """Raises ConfigError when the store is locked, missing or damaged; an unknown name is None."""

    def get(self, name: str) -> Secret | None: ...

    def set(self, name: str, secret: Secret) -> None: ...

    def delete(self, name: str) -> None:
        """A name that is not there is no error."""
        ...


def needed(store: SecretStore, name: str) -> Secret:
    """The secret, or a ConfigError that says how to store it."""
    secret = store.get(name)
    if secret is None:
        raise ConfigError(
            f"認証情報「{name}」が登録されていません。`bridge-agent credentials set` で登録してください。"
        )
    return secret


SITE_KEY, SITE_KEY_NEXT, SITE_KEY_FORMER = "site_key", "site_key_next", "site_key_former"
"""The ledger's key; while it is being changed there is a next one, afterwards a former one for old backups."""


def site_key_that_fits(store: SecretStore, fits: Callable[[str], bool]) -> Secret | None:
    """The one of the keys that the ledger itself calls its own; a change of keys that was cut short is finished."""
    for name in (SITE_KEY, SITE_KEY_NEXT, SITE_KEY_FORMER):
        secret = store.get(name)
        if secret is not None and fits(secret.reveal()):
            if name == SITE_KEY_NEXT:
                finish_rekey(store)
            return secret
    return None


def finish_rekey(store: SecretStore) -> None:
    """The ledger has the next key: it becomes the key. At every moment the ledger's key is under one of the names."""
    former, following = store.get(SITE_KEY), store.get(SITE_KEY_NEXT)
    if following is None:
        return
    if former is not None and former != following:
        store.set(SITE_KEY_FORMER, former)
    store.set(SITE_KEY, following)
    store.delete(SITE_KEY_NEXT)


def read_passphrase(stream: IO[str] | IO[bytes]) -> Secret:
    """One line from an inherited pipe: never from the environment, a file or the command line."""
    line = stream.readline(_PASSPHRASE_LIMIT + 2)
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
    except UnicodeDecodeError:
        raise ConfigError("合言葉の文字コードが UTF-8 ではありません。") from None
    text = text.rstrip("\r\n")
    if not text:
        raise ConfigError("合言葉が渡されていません。標準入力の1行目に合言葉を渡してください。")
    if len(text) > _PASSPHRASE_LIMIT:
        raise ConfigError("合言葉が長すぎます。標準入力に渡しているものを確かめてください。")
    return Secret(text)


def choose_passphrase(file: Path, ask: Callable[[str], str], tell: Callable[[str], object]) -> Secret:
    """For a credentials file that is not there yet: asked twice, because a slip would lock everything in for good."""
    tell(f"{new_file_warning(file)}合言葉を決めて、2回入力してください。")
    for _ in range(_TRIES):
        text = ask("新しい合言葉: ")
        if not text:
            tell("合言葉が空です。もう一度入力してください。")
        elif len(text) > _PASSPHRASE_LIMIT:
            tell(f"合言葉が長すぎます。{_PASSPHRASE_LIMIT} 文字までにしてください。")
        elif ask("新しい合言葉（確認のためもう一度）: ") == text:
            return Secret(text)
        else:
            tell("2回の合言葉が違います。もう一度入力してください。")
    raise ConfigError(
        "合言葉を決められませんでした。何も登録していません。もう一度 credentials set を実行してください。"
    )


def new_file_warning(file: Path) -> str:
    return (
        f"認証情報ファイル {file} を新しく作ります。これからコマンドのたびに、この合言葉が要ります。"
        "失くすと、登録したパスワードと台帳の鍵（サイト鍵）を取り出せなくなります。"
        "合言葉の控えを、この端末とは別の安全な場所に保管してください。"
    )


def _not_empty(name: str, text: str) -> str:
    if not text:
        raise ConfigError(f"認証情報「{name}」が空です。正しいパスワードを登録してください。")
    return text


class KeyringStore:
    """The operating system's key store of the agent's own account."""

    def __init__(self, backend: keyring.backend.KeyringBackend | None = None, service: str = SERVICE) -> None:
        self._backend = _real_one(keyring.get_keyring() if backend is None else backend)
        self._service = service

    @property
    def title(self) -> str:
        """The back end's name for `doctor`."""
        return REAL_BACK_ENDS[_qualified(self._backend)]

    def get(self, name: str) -> Secret | None:
        try:
            text = self._backend.get_password(self._service, name)
        except Exception as error:  # back ends raise their platform's own errors
            _refuse("読めません", error)
        return None if text is None else Secret(_not_empty(name, text))

    def set(self, name: str, secret: Secret) -> None:
        text = _not_empty(name, secret.reveal())
        try:
            self._backend.set_password(self._service, name, text)
            stored = self._backend.get_password(self._service, name)
        except Exception as error:
            _refuse("書けません", error)
        if stored != text:  # a store that swallows silently is found now, not at night
            raise ConfigError(f"認証情報「{name}」を保管できませんでした。鍵の保管庫の設定を確かめてください。")

    def delete(self, name: str) -> None:
        try:
            self._backend.delete_password(self._service, name)
        except keyring.errors.PasswordDeleteError:
            return
        except Exception as error:
            _refuse("消せません", error)


def _qualified(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _real_one(backend: keyring.backend.KeyringBackend) -> keyring.backend.KeyringBackend:
    """`backend` itself, or the best real one of a chain; anything else is refused."""
    candidates: list[keyring.backend.KeyringBackend] = [backend]
    if _qualified(backend) == "keyring.backends.chainer.ChainerBackend":
        candidates += getattr(backend, "backends", ())
    for candidate in candidates:
        if _qualified(candidate) in REAL_BACK_ENDS:
            return candidate
    raise ConfigError(
        f"安全な鍵の保管庫がありません（{_qualified(backend)} は使いません）。"
        "OSの鍵の保管庫（Windows 資格情報マネージャー、macOS キーチェーンなど）を使える状態にするか、"
        'bridge.toml の [credentials] に store = "file" と書いてください'
        "（合言葉で暗号化したファイルに保管し、コマンドのたびに合言葉を尋ねます）。"
    )


def _refuse(what: str, error: Exception) -> NoReturn:
    """Only the class is named: a back end's text may hold the secret or its name."""
    raise ConfigError(
        f"鍵の保管庫を{what}（{type(error).__name__}）。ロックを解除し、エージェント専用のアカウントで実行してください。"
    ) from None


class Box(Protocol):
    """Seals under a passphrase; handed in by the wiring."""

    def seal(self, plain: bytes) -> bytes: ...

    def unseal(self, sealed: bytes) -> bytes:
        """Raises ConfigError for a wrong passphrase or changed bytes."""
        ...


class EncryptedFileStore:
    """An encrypted file for demo and CI, used only where the settings name it: never a silent fall-back.

    One writer at a time; readers always see a whole file.
    """

    def __init__(self, path: Path, box: Box) -> None:
        self._path = path
        self._box = box

    def get(self, name: str) -> Secret | None:
        text = self._read().get(name)
        return None if text is None else Secret(_not_empty(name, text))

    def set(self, name: str, secret: Secret) -> None:
        self._write({**self._read(), name: _not_empty(name, secret.reveal())})

    def delete(self, name: str) -> None:
        entries = self._read()
        if entries.pop(name, None) is not None:
            self._write(entries)

    def _read(self) -> dict[str, str]:
        try:
            sealed = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(
                f"認証情報ファイル {self._path} を読めません。{cause_and_remedy(error, self._path, '読み取り')}"
            ) from None
        try:
            entries = json.loads(self._box.unseal(sealed))
        except ValueError:
            raise ConfigError("認証情報ファイルの中身が正しくありません。作り直してください。") from None
        if not isinstance(entries, dict):
            raise ConfigError("認証情報ファイルの中身が正しくありません。作り直してください。")
        return {str(name): str(text) for name, text in entries.items()}

    def _write(self, entries: dict[str, str]) -> None:
        sealed = self._box.seal(json.dumps(entries, ensure_ascii=False, sort_keys=True).encode("utf-8"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # mkstemp gives mode 0600 and a name nobody else has; Windows inherits the folder's own rights.
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._path)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise ConfigError(
                f"認証情報ファイル {self._path} に書き込めません。{cause_and_remedy(error, self._path)}"
            ) from None


class MemoryStore:
    """For unit tests only: no setting can name it."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    def get(self, name: str) -> Secret | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: Secret) -> None:
        _not_empty(name, secret.reveal())
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)
