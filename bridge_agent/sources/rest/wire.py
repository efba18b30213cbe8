"""The requests themselves: log-in and token, time limits, what a status code means. Knows no application.

Nothing is logged of what is sent or received, and texts of foreign exceptions never pass through.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import truststore

from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import BridgeError, ConfigError, LoginRefused, StopRunError, SystemDown, TransientError
from bridge_agent.domain.rest_profile import Call, RestProfile

MAX_ANSWER = 20 * 1024 * 1024
_WORD = re.compile(r"\{([a-z_]+)\}")
_REFUSED_LOG_IN = frozenset({400, 401, 403, 404, 422, 423})
PAUSE_S = 3.0
"""Before the second try, when the other side does not say how long to wait."""


class Busy(TransientError):
    """Asked to come back later."""

    def __init__(self, message: str, after_s: float) -> None:
        super().__init__(message)
        self.after_s = after_s


class Unreadable(TransientError):
    """The answer came whole and is not what it should be; a second one may be."""


class NotThere(Exception):
    """404: no such application."""


class RefusedUpdate(Exception):
    """The other side will not have the change; how the application stands tells why."""


class Wire:
    """One account of one interface. Owned by one thread; close() drops the connections."""

    def __init__(
        self,
        profile: RestProfile,
        address: str,
        user: str,
        password: Callable[[], str],
        clock: Clock,
        ca_file: Path | None = None,
    ) -> None:
        """`ca_file`: PEM to trust beside what the operating system trusts. Raises ConfigError when it cannot be read."""
        self._profile = profile
        self._address = address.rstrip("/")
        self._user = user
        self._password = password
        self._clock = clock
        limits = profile.limits
        self._client = httpx.Client(
            verify=_trust(ca_file),
            timeout=httpx.Timeout(limits.answer_s, connect=limits.connect_s),
            follow_redirects=False,  # a token goes to the address of the settings and nowhere else
            trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        )
        self._token = ""
        self._login_refused: LoginRefused | None = None

    def close(self) -> None:
        self._client.close()

    def ask(self, call: Call, words: Mapping[str, str]) -> Any:
        """The JSON of the answer. An expired token is renewed once.

        Raises TransientError, LoginRefused, StopRunError, NotThere, RefusedUpdate.
        """
        for renewed in (False, True):
            if not self._token:
                self._log_in()
            header = {self._profile.login.header: f"{self._profile.login.prefix}{self._token}"}
            status, raw, after = self._sent(call, words, header)
            if status == 401:
                self._token = ""
                if renewed:
                    break
                continue
            self._judge(status, after, effect=call.method != "GET")
            return _read(raw, self._profile.name)
        raise SystemDown(f"{self._profile.name}にログインし直しても、認証トークンが断られます。")

    def _log_in(self) -> None:
        """A refused log-in is never tried a second time: systems lock accounts."""
        if self._login_refused is not None:
            raise self._login_refused
        words = {"user": self._user, "password": self._password()}
        status, raw, after = self._sent(self._profile.login, words, {})
        if status in _REFUSED_LOG_IN:
            self._login_refused = LoginRefused(
                f"{self._profile.name}へのログインが断られました（{status}）。利用者IDとパスワードを確かめ、"
                "bridge-agent credentials set で登録し直してください。"
            )
            raise self._login_refused
        self._judge(status, after, effect=False)
        token: Any = _read(raw, self._profile.name)
        for step in self._profile.login.token.split("."):
            token = token.get(step) if isinstance(token, dict) else None
        if not isinstance(token, str) or not re.fullmatch(r"[\x21-\x7e]{1,4096}", token):
            raise odd_answer(self._profile, f"ログインの「{self._profile.login.token}」")
        self._token = token

    def _judge(self, status: int, after: str, *, effect: bool) -> None:
        name = self._profile.name
        if status == 429 or (status == 503 and after):
            raise Busy(f"{name}が混み合っています（{status}）。", self._wait_s(after))
        if status >= 500 or status == 408:
            raise TransientError(f"{name}がエラーを返しました（{status}）。")
        if status == 404:
            raise NotThere
        if effect and status in (400, 403, 409, 422):
            raise RefusedUpdate
        if status not in (200, 201, 204):
            raise odd_answer(self._profile, f"応答 {status}")

    def _wait_s(self, after: str) -> float:
        """Retry-After: seconds or a date."""
        if re.fullmatch(r"[0-9]{1,6}", after):
            return float(after)
        try:
            until = parsedate_to_datetime(after)
            return max(0.0, (until - self._clock.now()).total_seconds())
        except (ValueError, TypeError):
            return PAUSE_S

    def _sent(self, call: Call, words: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes, str]:
        """Status, body, Retry-After. Raises TransientError when no whole answer came in time."""
        name, limit_s = self._profile.name, self._profile.limits.answer_s
        path = _filled(call.path, {word: _one_step(text) for word, text in words.items()})
        body = {key: _filled(text, words) for key, text in call.body.items()}
        until = self._clock.monotonic() + limit_s
        parts: list[bytes] = []
        size = 0
        try:
            with self._client.stream(
                call.method,
                self._address + path,
                params={key: _filled(text, words) for key, text in call.query.items()} or None,
                json=body or None,
                headers=dict(headers),
            ) as answer:
                for part in answer.iter_raw():
                    size += len(part)
                    if size > MAX_ANSWER:
                        raise odd_answer(self._profile, "応答の大きさ")
                    if self._clock.monotonic() > until:
                        raise TransientError(f"{name}の応答が{limit_s:g}秒で終わりません。")
                    parts.append(part)
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise odd_answer(self._profile, "応答の圧縮")
                return answer.status_code, b"".join(parts), answer.headers.get("Retry-After", "")
        except httpx.HTTPError as error:
            raise _failure(error, self._profile, self._address) from None
        except (httpx.InvalidURL, httpx.CookieConflict):
            raise odd_answer(self._profile, "アドレス") from None


def odd_answer(profile: RestProfile, what: str) -> StopRunError:
    """An answer is not as the profile says: nothing can be trusted until a person has looked."""
    return StopRunError(
        f"{profile.name}の応答が想定と違います（{what}）。情報担当者にAPIの変更を確かめてもらってください。"
    )


def _failure(error: httpx.HTTPError, profile: RestProfile, address: str) -> BridgeError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return StopRunError(
                f"{profile.name}（{address}）の証明書を確かめられないため、接続していません。庁内の認証局なら、"
                "その証明書を端末に登録するか、bridge.toml の [browser] ca_file に書いてください。"
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return TransientError(f"{profile.name}が時間内に応答しません。")
    return TransientError(f"{profile.name}につながらないか、応答が途中で切れました。")


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError):
            raise ConfigError(
                f"証明書のファイル {ca_file} を読めません。PEM形式のファイルの場所を [browser] ca_file に書いてください。"
            ) from None
    return context


def _filled(text: str, words: Mapping[str, str]) -> str:
    """One pass: what a value holds is never taken for a word."""
    return _WORD.sub(lambda found: words[found[1]], text)


def _one_step(text: str) -> str:
    """A value as one step of a path; dots alone would lead somewhere else."""
    quoted = quote(text, safe="")
    return quoted.replace(".", "%2E") if set(quoted) == {"."} else quoted


def _read(raw: bytes, name: str) -> Any:
    if not raw:
        return {}
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unreadable(f"{name}の応答をJSONとして読めません。") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(word)
