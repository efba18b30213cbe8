"""Core profiles and short words for the browser driver's tests against the small site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.plan import (
    BoundField,
    Comparison,
    Control,
    FieldClass,
    How,
    Mark,
    Meaning,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser import BrowserCoreSession, BrowserOptions, WebAccount

LIST = {
    "rows": "#list tbody tr",
    "headings": "#list thead th",
    "columns": {"record": "受付番号", "reference": "整理番号", "operator": "登録者", "registered_at": "登録日時"},
    "count": "#count",
    "count_pattern": r"(\d+)\s*件",
    "none": "該当するデータがありません。",
    "page_size": 2,
}
DETAIL = {"rows": "table.detail tr", "label": "th", "value": "td", "group": "h2"}


def profile(**changed: object) -> CoreProfile:
    content: dict[str, object] = {
        "core": "site",
        "name": "試験システム",
        "driver": "browser",
        "login": {
            "open": "/login",
            "user": {"label": "利用者名"},
            "password": {"label": "パスワード"},
            "press": {"role": "button|ログイン"},
            "done": {"shows": [{"text": "メニュー"}]},
            "refused": {"shows": [{"css": "#refused", "text": "違います"}]},
        },
        "session_lost": [{"shows": [{"text": "ログイン"}, {"css": "#p"}]}],
        "system_down": [{"shows": [{"text": "只今停止しています"}]}],
        "register_request": {"path": "/register"},
        "limits": {"page_s": 4.0, "submit_s": 4.0},
        "lookup": {
            "via": "http",
            "by_reference": {"get": "/records?ref={reference}&page={page}"},
            "by_person": {"get": "/records?atena={atena_no}&page={page}"},
            "detail": {"get": "/records/{record}"},
            "list": LIST,
            "record": DETAIL,
        },
    }
    return CoreProfile.model_validate(content | changed)


def options(browser: Path, **changed: object) -> BrowserOptions:
    settings: dict[str, object] = {"browser": str(browser), "retry_pause_s": 0.05, "patience_s": 0.3, "settle_s": 2.0}
    return BrowserOptions(**(settings | changed))  # type: ignore[arg-type]


def account(base: str, password: str = "secret-word") -> WebAccount:
    return WebAccount(base, "robot1", lambda: password)


def session(base: str, browser: Path, *, fuse: bool = True, **changed: object) -> BrowserCoreSession:
    return BrowserCoreSession(profile(**changed), account(base), options(browser, fuse=fuse))


@contextmanager
def running(base: str, browser: Path, *, fuse: bool = True, **changed: object) -> Iterator[BrowserCoreSession]:
    """A session that is logged in; its browser is ended with it."""
    core = session(base, browser, fuse=fuse, **changed)
    core.start()
    try:
        yield core
    finally:
        core.close()


def at(how: How, text: str, within: str = "", row: int = 0, frame: str = "") -> Target:
    return Target((Rung(how, text),), within, row, frame)


def label(text: str, within: str = "", row: int = 0) -> Target:
    return at(How.LABEL, text, within, row)


def css(text: str) -> Target:
    return at(How.CSS, text)


def button(text: str) -> Target:
    return at(How.ROLE, f"button|{text}")


def field(
    target: Target,
    value: str,
    control: Control = Control.TEXT,
    *,
    by_keys: bool = False,
    comparison: Comparison = Comparison.EXACT,
) -> BoundField:
    return BoundField("the_field", target, control, value, FieldClass.PERSONAL, comparison, by_keys)


def shows(text: str, name: str = "", meaning: Meaning = Meaning.GOES_ON) -> Mark:
    return Mark(name or text, (Sign(text=text),), meaning)


COMPLETED = shows("登録が完了しました", "completed", Meaning.COMPLETED)


def pid_of(core: BrowserCoreSession) -> int:
    return core.sender.pid if core.sender is not None else 0


def alive(sender: Sender) -> bool:
    return psutil.pid_exists(sender.pid) and psutil.Process(sender.pid).status() != psutil.STATUS_ZOMBIE


def driver_processes() -> int:
    return sum("run-driver" in " ".join(child.cmdline()) for child in psutil.Process().children())
