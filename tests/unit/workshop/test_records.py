"""Requests on an encrypted line are told from the handshake by the heads of the records."""

from __future__ import annotations

from bridge_agent.workshop.conformance.records import RecordReader

HANDSHAKE, CHANGE, DATA = 22, 20, 23


def record(kind: int, length: int) -> bytes:
    return bytes([kind, 3, 3]) + length.to_bytes(2, "big") + b"\x00" * length


def test_a_handshake_is_no_request() -> None:
    reader = RecordReader()
    assert not reader.requests_in(record(HANDSHAKE, 517))
    assert not reader.requests_in(record(CHANGE, 1) + record(DATA, 69))  # the encrypted end of a handshake


def test_a_request_in_several_records_counts_once_until_the_core_speaks() -> None:
    reader = RecordReader()
    assert reader.requests_in(record(DATA, 700))
    assert not reader.requests_in(record(DATA, 4000))
    reader.turn()
    assert reader.requests_in(record(DATA, 700))


def test_a_record_may_come_in_pieces() -> None:
    reader = RecordReader()
    whole = record(HANDSHAKE, 300) + record(DATA, 900) + record(DATA, 50)
    found = [reader.requests_in(whole[at : at + 7]) for at in range(0, len(whole), 7)]
    assert sum(found) == 1
    assert not reader.requests_in(record(DATA, 20))
