"""The client's way to its server: one POST a connection, a time limit, and never a second try of anything."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TIME_LIMIT_S = 60.0
"""How long the client waits for the server before it gives up a request."""

Answer = dict[str, Any]


class SessionLostError(Exception):
    """The server does not know this session (any more); the text is the server's."""


class NotFoundError(Exception):
    """The server has no such thing; the text is the server's."""


class CommunicationError(Exception):
    """No usable answer: whether the server did what was asked is not known. The text is for the user."""


@dataclass(slots=True)
class Server:
    """One server and the session on it."""

    url: str
    time_limit_s: float = TIME_LIMIT_S
    session: str = ""

    def post(self, path: str, body: Answer) -> Answer:
        """Sends one request and waits for its answer."""
        status, text = self._exchange(path, json.dumps(body).encode("utf-8"))
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise CommunicationError(f"サーバーの応答が正しくありません。（{status}）") from error
        message = str(answer.get("message", "")) if isinstance(answer, dict) else ""
        if status == 401:
            raise SessionLostError(message)
        if status == 404:
            raise NotFoundError(message)
        if status != 200 or not isinstance(answer, dict):
            raise CommunicationError(message or f"サーバーでエラーが発生しました。（{status}）")
        return answer

    def _exchange(self, path: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.time_limit_s)
        headers = {"Content-Type": "application/json", "Connection": "close", "X-Session": self.session}
        try:
            connection.request("POST", f"/hibari/api/{path}", body=body, headers=headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise CommunicationError("サーバーと通信できません。") from error
        finally:
            connection.close()
