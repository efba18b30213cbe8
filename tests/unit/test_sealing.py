"""Sealed bytes open with their own key and purpose only, and fingerprints never run together."""

from __future__ import annotations

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sealer
from bridge_agent.sealing import PassphraseBox, SiteSealer, key_from_text, key_to_text, new_key

KEY = bytes(range(32))


def test_fits_the_port() -> None:
    sealer: Sealer = SiteSealer(KEY)
    assert sealer.unseal(sealer.seal(b"x", "plan"), "plan") == b"x"


def test_fingerprints_are_stable_for_ever() -> None:
    """The ledger keeps them: a change here would let every old 受付番号 in again."""
    assert (
        SiteSealer(KEY).fingerprint("minamo", "町", "02026112300001")
        == "2c8cbde2a0840c664b139d418f8da09e86392e078cc7d39ee9d45b2614be7395"
    )
    assert SiteSealer(KEY).check_value() == "07df73e00ad6792d153760e54e86089721d294e24146f20e965f930b9df1ec4b"


def test_fingerprints_tell_parts_and_keys_apart() -> None:
    sealer = SiteSealer(KEY)
    prints = {
        sealer.fingerprint("ab", "c"),
        sealer.fingerprint("a", "bc"),
        sealer.fingerprint("abc"),
        sealer.fingerprint("abc", ""),
        sealer.fingerprint(),
        SiteSealer(new_key()).fingerprint("abc"),
    }
    assert len(prints) == 6


def test_leading_zeros_count() -> None:
    sealer = SiteSealer(KEY)
    assert sealer.fingerprint("007") != sealer.fingerprint("7")


def test_the_same_bytes_are_never_sealed_alike() -> None:
    sealer = SiteSealer(KEY)
    assert sealer.seal("申請".encode(), "plan") != sealer.seal("申請".encode(), "plan")
    assert "申請".encode() not in sealer.seal("申請".encode(), "plan")


@pytest.mark.parametrize("damage", ["purpose", "key", "byte", "short", "foreign", "empty"])
def test_another_key_purpose_or_byte_is_refused(damage: str) -> None:
    sealed = SiteSealer(KEY).seal(b"secret", "plan")
    opener, purpose = SiteSealer(KEY), "plan"
    match damage:
        case "purpose":
            purpose = "payload"
        case "key":
            opener = SiteSealer(new_key())
        case "byte":
            sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        case "short":
            sealed = sealed[:9]
        case "foreign":
            sealed = b"PK\x03\x04" + sealed
        case _:
            sealed = b""
    with pytest.raises(ConfigError):
        opener.unseal(sealed, purpose)


def test_keys_travel_as_text_and_odd_ones_are_refused() -> None:
    assert key_from_text(key_to_text(KEY)) == KEY
    assert len(new_key()) == 32
    assert new_key() != new_key()
    for text in ("", "zz", "00" * 31):
        with pytest.raises(ConfigError):
            key_from_text(text)


def test_nothing_shows_the_key() -> None:
    assert KEY.hex() not in repr(SiteSealer(KEY))
    assert "合言葉" not in repr(PassphraseBox("合言葉"))


def test_a_passphrase_box_opens_with_its_passphrase_only() -> None:
    sealed = PassphraseBox("正しい合言葉", cost=2**4).seal(b"secret")
    assert b"secret" not in sealed
    assert PassphraseBox("正しい合言葉").unseal(sealed) == b"secret"
    with pytest.raises(ConfigError):
        PassphraseBox("違う合言葉", cost=2**4).unseal(sealed)


@pytest.mark.parametrize("at", [0, 4, 8, 30, -1])
def test_a_changed_byte_of_a_box_is_refused(at: int) -> None:
    sealed = bytearray(PassphraseBox("合言葉", cost=2**4).seal(b"secret"))
    sealed[at] ^= 1
    with pytest.raises(ConfigError):
        PassphraseBox("合言葉").unseal(bytes(sealed))


def test_an_absurd_cost_is_refused_before_memory_is_spent() -> None:
    sealed = bytearray(PassphraseBox("合言葉", cost=2**4).seal(b"secret"))
    sealed[4] = 40
    with pytest.raises(ConfigError):
        PassphraseBox("合言葉").unseal(bytes(sealed))


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(ConfigError):
        PassphraseBox("")
