"""A small web system for the browser driver's tests: log-in, any pages, and a register request that can go wrong."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], bytes]
Place = Callable[["Handler", dict[str, list[str]]], Answer | None]


def page(body: str, *, title: str = "試験", encoding: str = "utf-8", head: str = "") -> Answer:
    text = (
        f'<!doctype html><html lang="ja"><head><meta charset="{encoding}"><title>{title}</title>'
        f'<link rel="icon" href="data:,">{head}</head><body>{body}</body></html>'
    )
    return 200, {"Content-Type": f"text/html; charset={encoding}"}, text.encode(encoding)


def redirect(to: str, status: int = 303) -> Answer:
    return status, {"Location": to}, b""


class Site:
    """Serves on a free loopback port. `places` are (method, path) -> answer; `commits` is what was registered."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], Place] = {}
        self.commits: list[dict[str, list[str]]] = []
        self.requests: list[str] = []
        self.sessions: set[str] = set()
        self.logins = 0
        self.down = False
        self.lock = threading.Lock()
        site = self

        class Bound(Handler):
            pass

        Bound.site = site
        self.server = _Server(("127.0.0.1", 0), Bound)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.at("GET", "/login", lambda *_: page(LOGIN, title="ログイン"))
        self.at("POST", "/login", self._log_in)
        self.at("GET", "/menu", lambda *_: page('<h1>メニュー</h1><a href="/form">入力</a>', title="メニュー"))
        self.at("POST", "/register", self._register)
        self.at("GET", "/done", lambda *_: page(DONE, title="完了"))

    def at(self, method: str, path: str, place: Place) -> None:
        self.places[(method, path)] = place

    def show(self, path: str, body: str, **more: str) -> None:
        """A GET page that always looks the same."""
        self.at("GET", path, lambda *_: page(body, **more))

    def _log_in(self, handler: Handler, form: dict[str, list[str]]) -> Answer:
        self.logins += 1
        if form.get("password") != ["secret-word"]:
            return page(LOGIN + '<p id="refused">利用者名またはパスワードが違います。</p>', title="ログイン")
        token = f"s{self.logins}"
        self.sessions.add(token)
        status, headers, body = redirect("/menu")
        return status, {**headers, "Set-Cookie": f"sid={token}; Path=/; HttpOnly"}, body

    def _register(self, handler: Handler, form: dict[str, list[str]]) -> Answer:
        with self.lock:
            self.commits.append(form)
        return redirect("/done")

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self._serve("GET", parse_qs(urlsplit(self.path).query, keep_blank_values=True))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        kind = self.headers.get("Content-Type", "")
        text = body.decode("utf-8", "replace")
        form = parse_qs(text, keep_blank_values=True) if kind.startswith("application/x-www") else {"body": [text]}
        self._serve("POST", form)

    def drop(self) -> None:
        """Hang up without an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, method: str, form: dict[str, list[str]]) -> None:
        path = urlsplit(self.path).path
        self.site.requests.append(f"{method} {path}")
        if self.site.down:
            return self._answer((503, {"Content-Type": "text/plain"}, b"down"))
        place = self.site.places.get((method, path))
        if place is None:
            return self._answer((404, {"Content-Type": "text/html"}, b"<p>404</p>"))
        answer = place(self, form)
        if answer is not None:
            self._answer(answer)
        return None

    def _answer(self, answer: Answer) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def session(self) -> str:
        return self.headers.get("Cookie", "").partition("sid=")[2].split(";")[0]

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def broken_off(answer: Answer, kept: int) -> Place:
    """The answer's head and `kept` bytes of its body; then the line is cut."""
    status, headers, body = answer

    def place(handler: Handler, form: dict[str, list[str]]) -> None:
        handler.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:kept])
        handler.wfile.flush()
        handler.drop()

    return place


def slowly(seconds: float, answer: Answer) -> Place:
    """The answer, after a while."""

    def place(handler: Handler, form: dict[str, list[str]]) -> Answer:
        time.sleep(seconds)
        return answer

    return place


LOGIN = """<h1>ログイン</h1><form method="post" action="/login">
<label for="u">利用者名</label><input id="u" name="user"><label for="p">パスワード</label>
<input id="p" name="password" type="password"><button>ログイン</button></form>"""

DONE = '<h1>登録完了</h1><p id="msg">登録が完了しました</p><table><tr><th>受付番号</th><td id="no">00012345</td></tr></table>'
