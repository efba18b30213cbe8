"""Typing into a page and handing its form in, as a browser would do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from bridge_agent.domain.plan import BoundField, Control
from bridge_agent.drivers.faults import fault, screen_changed
from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.controls import enabled, form_of, kind_of, option_value, options_of, shown_text, type_of, value_of
from tests.fault.fast.pages import Page
from tests.fault.fast.places import members, resolve
from tests.fault.fast.texts import El


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that a page makes: where its answer goes is `target` ('' = the page's own window)."""

    method: str
    path: str
    body: bytes | None
    target: str = ""


def fill(pages: Callable[[str], Sequence[Page]], fields: Sequence[BoundField]) -> list[str]:
    """Resolve every target (else nothing is typed), fill all, read all back. `pages` gives those of a frame name."""
    found: list[tuple[Page, El]] = []
    for field in fields:
        one = resolve(pages(field.target.frame), field.target, field.control.value, field.value)
        if one.why or one.page is None:
            raise fault(field.key, one.why or "not_found")
        found.append((one.page, one.el))
    typed = [el for field, (_, el) in zip(fields, found, strict=True) if field.control is not Control.SHOWN]
    if len(set(typed)) != len(typed):
        twice = next(el for el in typed if typed.count(el) > 1)
        at = [el for _, el in found].index(twice)
        raise fault(fields[at].key, "same_as_other")
    for field, (page, el) in zip(fields, found, strict=True):
        put(page, el, field.control, field.value)
    return [held(page, el, field.control) for field, (page, el) in zip(fields, found, strict=True)]


def put(page: Page, el: El, control: Control, value: str) -> None:
    match control:
        case Control.TEXT:
            _put_text(el, _kept(el, value))
        case Control.SELECT:
            for option in options_of(el):
                option.attrib.pop("selected", None)
                if option_value(option) == value:
                    option.set("selected", "")
        case Control.RADIO:
            for one in members(page, el) if value else ():
                _tick(one, ticked=value_of(one) == value)
        case Control.CHECK:
            _tick(el, ticked=value == "1")
        case Control.SHOWN:
            pass
        case Control.LIST | Control.TEXT_OR_SELECT:
            raise screen_changed("候補の一覧はスクリプトが出す")


def held(page: Page, el: El, control: Control) -> str:
    match control:
        case Control.TEXT | Control.SELECT | Control.LIST | Control.TEXT_OR_SELECT:
            return value_of(el)
        case Control.RADIO:
            chosen = [one for one in members(page, el) if one.get("checked") is not None]
            return value_of(chosen[0]) if chosen else ""
        case Control.CHECK:
            return "1" if el.get("checked") is not None else "0"
        case Control.SHOWN:
            return shown_text(el)


def _kept(el: El, value: str) -> str:
    """A person's typing stops at maxlength (counted in UTF-16 units, as browsers do)."""
    limit = el.get("maxlength")
    if limit is None or not limit.isdecimal():
        return value
    units = value.encode("utf-16-le")
    return value if len(units) <= int(limit) * 2 else units[: int(limit) * 2].decode("utf-16-le", "replace")


def _put_text(el: El, value: str) -> None:
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    if el.tag == "textarea":
        for child in list(el):
            el.remove(child)
        el.text = lines
        el.set("data-typed", "")
    else:
        el.set("value", lines.replace("\n", ""))


def _tick(el: El, *, ticked: bool) -> None:
    if ticked:
        el.set("checked", "")
    else:
        el.attrib.pop("checked", None)


# ---- handing in ----


def handed_in(page: Page, form: El, button: El | None) -> Ask | None:
    """The request of a form; None when the browser itself would refuse it (a required field is empty)."""
    if form.get("onsubmit"):
        raise BeyondFastDriver("onsubmit")
    if (form.get("enctype") or "").lower() == "multipart/form-data":
        raise BeyondFastDriver("multipart form")
    owned = [el for el in page.owned if form_of(el) is form]
    if button is not None and form.get("novalidate") is None and any(_lacking(el) for el in owned):
        return None
    pairs = [pair for el in owned for pair in _entries(el, button)]
    action = (button.get("formaction") if button is not None else None) or form.get("action") or page.path
    method = (form.get("method") or "get").upper()
    target = form.get("target") or ""
    split = urlsplit(urljoin(page.path, action))
    if split.netloc:
        raise BeyondFastDriver("form to another host")
    if method == "GET":
        return Ask("GET", f"{split.path}?{urlencode(pairs)}", None, target)
    where = split.path + (f"?{split.query}" if split.query else "")
    return Ask("POST", where, urlencode(pairs).encode("ascii"), target)


def _lacking(el: El) -> bool:
    if el.get("required") is None or not enabled(el):
        return False
    return el.get("checked") is None if kind_of(el) in ("check", "radio") else not value_of(el)


def _entries(el: El, button: El | None) -> list[tuple[str, str]]:
    name = el.get("name")
    if not name or not enabled(el):
        return []
    if el.tag == "button" or (el.tag == "input" and type_of(el) in ("submit", "button", "reset", "image")):
        return [(name, str(el.get("value") or ""))] if button is not None and el is button else []
    if kind_of(el) in ("check", "radio"):
        return [(name, value_of(el))] if el.get("checked") is not None else []
    if el.tag == "select" and not options_of(el):
        return []
    return [(name, value_of(el).replace("\n", "\r\n"))]
