"""Fingerprints and sealed bytes: the only place that touches cryptography. Knows no key store and keeps no file."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bridge_agent.domain.errors import ConfigError

KEY_BYTES = 32
_NONCE_BYTES = 12  # the length AES-GCM is defined for
_SALT_BYTES = 16
_SITE_MAGIC = b"BA1\x00"
_BOX_MAGIC = b"BAP1"

SCRYPT_COST = 2**15  # N; with r=8 about 32 MB and 0.1 s: slow for a guesser, hardly felt at start
_SCRYPT_BLOCK = 8
_SCRYPT_PARALLEL = 1


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def key_to_text(key: bytes) -> str:
    """Key stores hold text."""
    return key.hex()


def key_from_text(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise ConfigError("サイト鍵の形が正しくありません。保管した鍵を確かめてください。") from None
    return _checked(key)


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ConfigError("サイト鍵の長さが正しくありません。保管した鍵を確かめてください。")
    return key


def _derived(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=b"bridge-agent/" + info).derive(key)


def _length_prefixed(parts: Iterable[str]) -> bytes:
    """('ab', 'c') and ('a', 'bc') must never give the same bytes."""
    encoded = (part.encode("utf-8") for part in parts)
    return b"".join(len(part).to_bytes(8, "big") + part for part in encoded)


class SiteSealer:
    """Implements the Sealer port with one site key; every use has its own derived key."""

    def __init__(self, key: bytes) -> None:
        self._key = _checked(key)
        self._fingerprint_key = _derived(key, b"fingerprint")
        self._ciphers: dict[str, AESGCM] = {}

    def __repr__(self) -> str:
        return "SiteSealer(…)"

    def fingerprint(self, *parts: str) -> str:
        return hmac.new(self._fingerprint_key, _length_prefixed(parts), hashlib.sha256).hexdigest()

    def check_value(self) -> str:
        """Kept in the ledger: another key would let every old 受付番号 in again, so the agent refuses to start."""
        return hmac.new(_derived(self._key, b"check value"), b"site key", hashlib.sha256).hexdigest()

    def seal(self, plain: bytes, purpose: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher(purpose).encrypt(nonce, plain, purpose.encode("utf-8"))
        return _SITE_MAGIC + nonce + sealed

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        if not sealed.startswith(_SITE_MAGIC):
            raise ConfigError("封印したデータの形が正しくありません。ファイルが壊れていないか確かめてください。")
        nonce, body = _split(sealed[len(_SITE_MAGIC) :], _NONCE_BYTES)
        try:
            return self._cipher(purpose).decrypt(nonce, body, purpose.encode("utf-8"))
        except (InvalidTag, ValueError):
            raise ConfigError("封印したデータを開けません。サイト鍵が違うか、データが書き換えられています。") from None

    def _cipher(self, purpose: str) -> AESGCM:
        cipher = self._ciphers.get(purpose)
        if cipher is None:
            cipher = AESGCM(_derived(self._key, b"seal/" + purpose.encode("utf-8")))
            self._ciphers[purpose] = cipher
        return cipher


class PassphraseBox:
    """Sealed bytes under a passphrase (scrypt + AES-256-GCM), for the encrypted-file credential store."""

    def __init__(self, passphrase: str, *, cost: int = SCRYPT_COST) -> None:
        if not passphrase:
            raise ConfigError("合言葉が空です。認証情報ファイルの合言葉を渡してください。")
        self._passphrase = passphrase.encode("utf-8")
        self._cost = cost
        self._keys: dict[tuple[bytes, int], bytes] = {}

    def __repr__(self) -> str:
        return "PassphraseBox(…)"

    def seal(self, plain: bytes) -> bytes:
        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        header = _BOX_MAGIC + bytes([self._cost.bit_length() - 1]) + salt
        return header + nonce + AESGCM(self._key(salt, self._cost)).encrypt(nonce, plain, header)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises ConfigError when the passphrase is another one or the bytes were changed."""
        start = len(_BOX_MAGIC)
        header = sealed[: start + 1 + _SALT_BYTES]
        # The cost is read before anything is proven: an absurd one must not eat the memory.
        if not sealed.startswith(_BOX_MAGIC) or len(header) <= start or not 4 <= header[start] <= 20:
            raise ConfigError("認証情報ファイルの形が正しくありません。壊れていないか確かめてください。")
        nonce, body = _split(sealed[len(header) :], _NONCE_BYTES)
        try:
            return AESGCM(self._key(header[start + 1 :], 2 ** header[start])).decrypt(nonce, body, header)
        except (InvalidTag, ValueError):
            raise ConfigError("認証情報ファイルを開けません。合言葉が違うか、ファイルが壊れています。") from None

    def _key(self, salt: bytes, cost: int) -> bytes:
        key = self._keys.get((salt, cost))
        if key is None:
            kdf = Scrypt(salt=salt, length=KEY_BYTES, n=cost, r=_SCRYPT_BLOCK, p=_SCRYPT_PARALLEL)
            key = kdf.derive(self._passphrase)
            self._keys[(salt, cost)] = key
        return key


def _split(data: bytes, at: int) -> tuple[bytes, bytes]:
    return data[:at], data[at:]
