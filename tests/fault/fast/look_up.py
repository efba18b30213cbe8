"""The look-up over parsed pages: the agent's own reading of lists and details, given what a browser would have told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from bridge_agent.domain.core_profile import LookUpProfile
from bridge_agent.domain.plan import Mark, Meaning
from bridge_agent.domain.ports import Search
from bridge_agent.drivers.browser.look_up import BrowserLookUp
from bridge_agent.drivers.browser.session import BrowserSession
from tests.fault.fast.controls import chosen_option, option_value
from tests.fault.fast.pages import Page, shows_sign
from tests.fault.fast.texts import El, decoded, fold_value, label, raw_text, select
from tests.fault.fast.traffic import Traffic

Json = dict[str, Any]


class FastSide:
    """Quiet reads beside the entry screen, told in the words of the agent's page script."""

    def __init__(self, traffic: Traffic, marks: Sequence[Mark], page_s: float) -> None:
        self._traffic = traffic
        self._marks = tuple(marks)
        self._page_s = page_s

    def fetch(self, path: str, form: Mapping[str, str] | None, wanted: Mapping[str, Any]) -> Json:
        body = urlencode(dict(form)).encode("ascii") if form is not None else None
        found = self._traffic.fetch("POST" if form is not None else "GET", path, body, self._page_s)
        if found.failure:
            return {"fault": "no_answer"}
        try:
            text = decoded(found.body, found.content_type, strict=True)
        except UnicodeDecodeError:
            return {"fault": "encoding"}
        return told(Page(text, found.path, found.status), wanted, self._marks)

    show = fetch

    def begin(self, path: str, wanted: Mapping[str, Any]) -> None:
        """One thing after the other here: nothing is asked ahead."""

    def lost(self, said: Mapping[str, Any]) -> bool:
        return self._shows(said, Meaning.SESSION_LOST)

    def down(self, said: Mapping[str, Any]) -> bool:
        return self._shows(said, Meaning.SYSTEM_DOWN)

    def _shows(self, said: Mapping[str, Any], meaning: Meaning) -> bool:
        return any(self._marks[at].meaning is meaning for at in said.get("hits", ()))


class _Session:
    """What the agent's look-up needs of a session."""

    def __init__(self, side: Callable[[], FastSide], renew: Callable[[], None]) -> None:
        self._side = side
        self.renew = renew

    @property
    def side(self) -> FastSide:
        return self._side()


class FastLookUp(BrowserLookUp):
    """All pages, the count equal to the rows, LookUpUnreadable otherwise: inherited, word for word."""

    def __init__(self, profile: LookUpProfile, side: Callable[[], FastSide], renew: Callable[[], None]) -> None:
        super().__init__(profile, cast(BrowserSession, _Session(side, renew)))

    def ahead(self, query: Search, record_id: str = "") -> None:
        """Nothing is asked ahead."""


def told(page: Page, wanted: Mapping[str, Any], marks: Sequence[Mark]) -> Json:
    """{status, path, hits, headings, rows, texts, none, detail} of one page."""
    root = page.root
    hits = [
        at
        for at, mark in enumerate(marks)
        if all(shows_sign(page, sign.text, sign.css, live=False) for sign in mark.signs)
    ]
    detail = wanted.get("detail")
    none = str(wanted.get("none") or "")
    return {
        "status": page.status,
        "path": page.path,
        "hits": hits,
        "headings": [label(raw_text(el)) for el in select(root, str(wanted.get("headings") or ""))],
        "rows": _cells(root, str(wanted["rows"]), str(wanted["cells"])) if wanted.get("rows") else [],
        "texts": {name: _first(root, css) for name, css in (wanted.get("texts") or {}).items()},
        "none": bool(none) and shows_sign(page, none, "", live=False),
        "detail": _lines(page, detail) if detail else None,
    }


def _cells(root: El, rows: str, cells: str) -> list[list[str]]:
    lines = select(root, rows)
    known = set(lines)

    def home(cell: El) -> El | None:
        return next((up for up in cell.iterancestors() if up in known), None)

    return [[_text(cell) for cell in select(line, cells) if cell is not line and home(cell) is line] for line in lines]


def _first(root: El, css: str) -> str | None:
    found = select(root, css)
    return _text(found[0]) if found else None


def _text(el: El) -> str:
    if el.tag == "input":
        return str(el.get("value") or "")
    if el.tag == "select":
        option = chosen_option(el)
        return option_value(option) if option is not None else ""
    return fold_value(raw_text(el))


def _lines(page: Page, shape: Mapping[str, str]) -> Json:
    """Label and value cells of each row, with the heading that stands before the row."""
    place = page.place
    heads = sorted(select(page.root, shape["group"]), key=place.__getitem__) if shape["group"] else []
    labels_at, values_at = set(select(page.root, shape["label"])), set(select(page.root, shape["value"]))
    lines: list[list[str]] = []
    faults = 0
    for row in select(page.root, shape["rows"]):
        inside = list(row.iterdescendants())
        labels = [row] if row in labels_at else [el for el in inside if el in labels_at]
        values = [el for el in inside if el in values_at]
        if len(labels) != len(values):
            faults += bool(values) or len(labels) > 1
            continue
        before = [head for head in heads if place[head] < place[row]]
        group = label(raw_text(before[-1])) if before else ""
        lines += [[group, label(raw_text(name)), _text(value)] for name, value in zip(labels, values, strict=True)]
    return {"lines": lines, "faults": faults}
