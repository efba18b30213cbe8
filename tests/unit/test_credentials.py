"""Secrets live in a real key store or nowhere; nothing prints them."""

from __future__ import annotations

import copy
import io
import json
import os
import pickle
import sys
from pathlib import Path

import keyring.backend
import keyring.errors
import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from bridge_agent import credentials
from bridge_agent.credentials import (
    EncryptedFileStore,
    KeyringStore,
    MemoryStore,
    Secret,
    SecretStore,
    choose_passphrase,
    needed,
    read_passphrase,
)
from bridge_agent.domain.errors import ConfigError
from bridge_agent.sealing import PassphraseBox

NAME = "core/sogo/bridge01"


class Vault(keyring.backend.KeyringBackend):
    """A working back end; made a 'real' one by putting it on the list."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not there")


class Swallower(Vault):
    def set_password(self, service: str, username: str, password: str) -> None: ...


class Locked(Vault):
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("hunter2")


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for vault in (Vault, Swallower, Locked):
        monkeypatch.setitem(credentials.REAL_BACK_ENDS, f"{vault.__module__}.{vault.__qualname__}", "試験用")


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret("hunter2")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>20}", repr([secret]), repr({"a": secret})]
    assert not any("hunter2" in text for text in shown)
    assert not hasattr(secret, "__dict__")
    assert secret.reveal() == "hunter2"
    assert secret == Secret("hunter2") != Secret("other")
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)


@pytest.mark.parametrize("kind", [FailKeyring, NullKeyring, Vault])
def test_a_back_end_that_is_not_real_is_refused(kind: type[keyring.backend.KeyringBackend]) -> None:
    with pytest.raises(ConfigError, match="安全な鍵の保管庫がありません"):
        KeyringStore(kind())


def test_the_best_real_one_of_a_chain_is_taken(listed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault()
    chain: type[keyring.backend.KeyringBackend] = ChainerBackend
    swallowing: type[keyring.backend.KeyringBackend] = NullKeyring
    monkeypatch.setattr(ChainerBackend, "backends", [swallowing(), vault])
    KeyringStore(chain()).set(NAME, Secret("pw"))
    assert vault.kept == {("bridge-agent", NAME): "pw"}
    monkeypatch.setattr(ChainerBackend, "backends", [swallowing()])
    with pytest.raises(ConfigError):
        KeyringStore(chain())


def test_a_store_that_swallows_is_found_at_once(listed: None) -> None:
    with pytest.raises(ConfigError, match="保管できませんでした"):
        KeyringStore(Swallower()).set(NAME, Secret("pw"))


def test_a_locked_store_stops_without_foreign_text(listed: None) -> None:
    with pytest.raises(ConfigError) as caught:
        KeyringStore(Locked()).get(NAME)
    assert "KeyringLocked" in caught.value.message
    assert "hunter2" not in caught.value.message
    assert caught.value.__suppress_context__


def every_store(tmp_path: Path) -> list[SecretStore]:
    return [
        KeyringStore(Vault()),
        EncryptedFileStore(tmp_path / "新しい 場所" / "secrets.bin", PassphraseBox("合言葉", cost=2**4)),
        MemoryStore(),
    ]


def test_every_store_keeps_replaces_and_deletes(listed: None, tmp_path: Path) -> None:
    for store in every_store(tmp_path):
        assert store.get(NAME) is None
        store.set(NAME, Secret("old"))
        store.set(NAME, Secret("ひみつ"))
        store.set("site_key", Secret("00ff"))
        assert store.get(NAME) == Secret("ひみつ")
        store.delete(NAME)
        store.delete(NAME)
        assert store.get(NAME) is None
        assert needed(store, "site_key").reveal() == "00ff"


def test_an_empty_password_aborts(listed: None, tmp_path: Path) -> None:
    for store in every_store(tmp_path):
        with pytest.raises(ConfigError, match="空です"):
            store.set(NAME, Secret(""))
    vault = Vault()
    vault.kept["bridge-agent", NAME] = ""
    with pytest.raises(ConfigError, match="空です"):
        KeyringStore(vault).get(NAME)


def test_a_missing_secret_says_how_to_store_it() -> None:
    with pytest.raises(ConfigError, match="credentials set"):
        needed(MemoryStore(), NAME)


def test_the_file_is_sealed_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "secrets.bin"
    store = EncryptedFileStore(path, PassphraseBox("合言葉", cost=2**4))
    store.set(NAME, Secret("hunter2"))
    raw = path.read_bytes()
    assert b"hunter2" not in raw
    assert NAME.encode() not in raw
    assert [entry.name for entry in tmp_path.iterdir()] == ["secrets.bin"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="合言葉が違うか"):
        EncryptedFileStore(path, PassphraseBox("違う", cost=2**4)).get(NAME)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.bin"
    store = EncryptedFileStore(path, PassphraseBox("合言葉", cost=2**4))
    store.set(NAME, Secret("old"))

    def full(_: int) -> None:
        raise OSError(28, "hunter2")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError) as caught:
        store.set(NAME, Secret("new"))
    assert "hunter2" not in caught.value.message
    assert store.get(NAME) == Secret("old")
    assert [entry.name for entry in tmp_path.iterdir()] == ["secrets.bin"]


def test_content_that_is_no_table_is_refused(tmp_path: Path) -> None:
    box = PassphraseBox("合言葉", cost=2**4)
    for content in (b"\xff", json.dumps(["a"]).encode()):
        (tmp_path / "secrets.bin").write_bytes(box.seal(content))
        with pytest.raises(ConfigError, match="中身が正しくありません"):
            EncryptedFileStore(tmp_path / "secrets.bin", box).get(NAME)


def test_a_passphrase_is_one_line_of_the_pipe() -> None:
    text = io.StringIO("合言葉 1\r\nrest")
    assert read_passphrase(text).reveal() == "合言葉 1"
    assert text.read() == "rest"
    assert read_passphrase(io.BytesIO("合言葉".encode())).reveal() == "合言葉"
    for stream in (io.StringIO(""), io.StringIO("\n"), io.StringIO("x" * 2000), io.BytesIO(b"\xff\xfe\n")):
        with pytest.raises(ConfigError):
            read_passphrase(stream)


def test_without_a_system_store_the_way_by_a_file_is_told() -> None:
    kind: type[keyring.backend.KeyringBackend] = FailKeyring
    with pytest.raises(ConfigError, match=r'\[credentials\] に store = "file"'):
        KeyringStore(kind())


class Person:
    """Types the given answers, one after the other, and remembers what was told."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.told = ""

    def ask(self, _: str) -> str:
        return self.answers.pop(0)

    def tell(self, sentence: str) -> None:
        self.told += sentence


def test_a_new_passphrase_is_asked_twice_and_said_to_be_kept(tmp_path: Path) -> None:
    person = Person("合言葉", "合言菓", "", "合言葉", "合言葉")
    assert choose_passphrase(tmp_path / "s", person.ask, person.tell) == Secret("合言葉")
    assert person.answers == []
    for words in ("新しく作ります", "失くすと", "台帳の鍵", "控え", "2回の合言葉が違います", "空です"):
        assert words in person.told
    assert "合言菓" not in person.told


def test_a_passphrase_that_is_never_the_same_twice_is_not_taken(tmp_path: Path) -> None:
    person = Person(*"abcdef")
    with pytest.raises(ConfigError, match="credentials set"):
        choose_passphrase(tmp_path / "s", person.ask, person.tell)


def test_a_full_disk_and_a_missing_right_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.bin"
    store = EncryptedFileStore(path, PassphraseBox("合言葉", cost=2**4))
    for number, cause in ((28, "空きがありません"), (13, "権限がありません")):

        def fails(_: int, number: int = number) -> None:
            raise OSError(number, "the system's text")

        monkeypatch.setattr(os, "fsync", fails)
        with pytest.raises(ConfigError, match=cause) as caught:
            store.set(NAME, Secret("new"))
        assert str(path) in caught.value.message
