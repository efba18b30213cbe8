"""Tells requests on an encrypted line from the handshake around them, by the heads of the client's TLS records."""

from __future__ import annotations

_HEAD = 5
_APPLICATION_DATA = 23
SMALLEST_REQUEST = 110
"""Bytes of a record. A request with its headers is longer; the encrypted end of a handshake (at most 69) is shorter."""


class RecordReader:
    """Fed with everything the client sends; `turn` says that the server has spoken."""

    def __init__(self) -> None:
        self._rest = b""
        self._skip = 0
        self._in_turn = False

    def turn(self) -> None:
        self._in_turn = False

    def requests_in(self, data: bytes) -> bool:
        """Whether a request begins in these bytes; further records of the same request do not count."""
        began = False
        self._rest += data
        while self._rest:
            step = min(self._skip, len(self._rest))
            self._rest, self._skip = self._rest[step:], self._skip - step
            if self._skip or len(self._rest) < _HEAD:
                break
            kind, length = self._rest[0], int.from_bytes(self._rest[3:5], "big")
            self._rest, self._skip = self._rest[_HEAD:], length
            if kind == _APPLICATION_DATA and length >= SMALLEST_REQUEST and not self._in_turn:
                began = self._in_turn = True
        return began
