"""A page as the fast driver sees it: parsed HTML, what its elements are called, and what its controls hold.

The rules are those of the agent's own page scripts (names, roles, folding), as far as the bundled screens need them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

El: TypeAlias = Any  # lxml ships no types
"""An element of a parsed page."""

TEXT_TYPES = frozenset(
    ("text", "search", "tel", "url", "email", "password", "number", "date", "month", "week", "time")
)
BUTTON_TYPES = frozenset(("submit", "button", "reset", "image"))
_CHARSETS = {"shift_jis": "cp932", "windows-31j": "cp932", "ms932": "cp932", "sjis": "cp932", "x-sjis": "cp932"}
_WHITE = re.compile(r"[\s\u200b\ufeff]+")
_REQUIRED = r"(?:[\[［(（【〔《]\s*(?:必須|任意)\s*[\]］)）】〕》]|必須|任意|[*＊※])"
_MARK_END = re.compile(rf"(?:\s|[:：]|{_REQUIRED})+$")
_MARK_START = re.compile(rf"^(?:\s|{_REQUIRED})+")
_SKIPPED = frozenset(
    "script style select textarea input button rt rp template noscript".split()
)
_NOT_TEXT = frozenset(
    "html head body script style select option optgroup textarea input template noscript title meta link br hr col "
    "colgroup frame frameset iframe svg".split()
)
_LONGEST_LABEL = 200
_STRING = etree.XPath("string()")


def decoded(body: bytes, content_type: str, *, strict: bool) -> str:
    """Raises UnicodeDecodeError when `strict` and the page is in another encoding than it says."""
    told = re.search(r"charset\s*=\s*[\"']?([\w.-]+)", content_type, re.I)
    if told is None:
        head = body[:2048].decode("latin-1")
        told = re.search(r"<meta[^>]+charset\s*=\s*[\"']?([\w.-]+)", head, re.I)
    name = told[1].lower() if told else "utf-8"
    text = body.decode(_CHARSETS.get(name, name), "strict" if strict else "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parsed(text: str) -> El:
    """The html element; an empty page has an empty body."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    return root if root is not None else etree.fromstring(b"<html><body></body></html>", parser)


@lru_cache(maxsize=4096)
def _xpath(css: str) -> Callable[[El], list[El]] | None:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(css))
    except (SelectorError, etree.XPathSyntaxError):
        return None


def select(root: El, css: str) -> list[El]:
    """Elements below `root`, or `root` itself; a selector that cannot be read matches nothing."""
    found = _xpath(css)
    return found(root) if found is not None else []


def text_of(el: El) -> str:
    """All text inside, scripts too, as textContent."""
    return str(_STRING(el))


def fold(text: str) -> str:
    return _WHITE.sub(" ", text).strip()


def fold_value(text: str) -> str:
    """Only the white space of the page's source: a full-width space inside a name stays."""
    text = text.replace("\u00a0", " ")
    text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v\n]*", "\n", text)
    return re.sub(r"^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$", "", re.sub(r"[ \t]+", " ", text))


@lru_cache(maxsize=1 << 14)
def label(text: str) -> str:
    """Without colon and required marks; a label that is nothing else stays as it is."""
    folded = fold(text)
    return _MARK_START.sub("", _MARK_END.sub("", folded)) or folded


def plain(el: El) -> str:
    """Text of a label-like element without its controls, scripts and ruby."""
    parts = [el.text or ""]
    for child in el:
        if child.tag == "br":
            parts.append(" ")
        elif child.tag not in _SKIPPED and not _hidden_itself(child):
            parts.append(plain(child))
        parts.append(child.tail or "")
    return "".join(parts)


def raw_text(el: El) -> str:
    """A cell's text: a line break is all that makes a new line."""
    if el.tag in ("textarea", "pre"):
        return text_of(el)
    parts = [re.sub(r"[ \t\r\n\f]+", " ", el.text or "")]
    for child in el:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag not in ("script", "style", "template", "rt", "rp"):
            parts.append(raw_text(child))
        parts.append(re.sub(r"[ \t\r\n\f]+", " ", child.tail or ""))
    return "".join(parts)


def _hidden_itself(el: El) -> bool:
    style = (el.get("style") or "").replace(" ", "").lower()
    return el.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


# ---- controls ----


def type_of(el: El) -> str:
    return (el.get("type") or ("submit" if el.tag == "button" else "text")).lower()


def kind_of(el: El) -> str:
    """What a control is to a plan: text, select, radio, check, '' for none of them."""
    if el.tag == "textarea":
        return "text"
    if el.tag == "select":
        return "select"
    if el.tag != "input":
        return ""
    kind = type_of(el)
    return {"radio": "radio", "checkbox": "check"}.get(kind, "text" if kind in TEXT_TYPES else "")


def enabled(el: El) -> bool:
    if el.get("disabled") is not None or el.get("aria-disabled") == "true":
        return False
    return not any(up.tag == "fieldset" and up.get("disabled") is not None for up in el.iterancestors("fieldset"))


def form_of(el: El) -> El | None:
    named = el.get("form")
    if named is not None:
        found = el.getroottree().getroot().xpath("//form[@id=$id]", id=named)
        return found[0] if found else None
    return next(el.iterancestors("form"), None)


def options_of(el: El) -> list[El]:
    return list(el.iter("option"))


def option_value(option: El) -> str:
    value = option.get("value")
    return fold(text_of(option)) if value is None else str(value)


def chosen_option(el: El) -> El | None:
    """What stands in a select: the last option that is selected, else the first that can be."""
    options = options_of(el)
    selected = [option for option in options if option.get("selected") is not None]
    if selected:
        return selected[-1]
    return next((option for option in options if option.get("disabled") is None), None)


def value_of(el: El) -> str:
    """What a text control or a select holds."""
    if el.tag == "textarea":
        return text_of(el).removeprefix("\n") if el.get("data-typed") is None else text_of(el)
    if el.tag == "select":
        option = chosen_option(el)
        return option_value(option) if option is not None else ""
    default = "on" if type_of(el) in ("radio", "checkbox") else ""
    return str(el.get("value", default))


def shown_text(el: El) -> str:
    if el.tag == "select":
        option = chosen_option(el)
        return fold_value(text_of(option)) if option is not None else ""
    if kind_of(el) == "text":
        return value_of(el)
    if el.tag == "input":
        ticks = type_of(el) in ("radio", "checkbox")
        return ("1" if el.get("checked") is not None else "0") if ticks else value_of(el)
    only = [one for one in el.iter("input", "textarea") if type_of(one) != "hidden"]
    if len(only) == 1 and not fold(plain(el)):
        return shown_text(only[0])
    return fold_value(raw_text(el))


# ---- what things are called ----

_INPUT_ROLES = {"checkbox": "checkbox", "radio": "radio", "number": "spinbutton", "search": "searchbox"}
_TAG_ROLES = {"button": "button", "summary": "button", "textarea": "textbox", "fieldset": "group", "table": "table"}


def is_control(el: El) -> bool:
    if el.tag == "input":
        return type_of(el) not in ("hidden", *BUTTON_TYPES)
    return el.tag in ("select", "textarea")


def is_pressable(el: El) -> bool:
    if el.tag == "input" and type_of(el) in BUTTON_TYPES:
        return True
    if el.tag in ("button", "summary") or (el.tag in ("a", "area") and el.get("href") is not None):
        return True
    return el.get("onclick") is not None or el.get("role") in ("button", "link", "menuitem", "tab", "option", "switch")


def role_of(el: El) -> str:
    told = el.get("role")
    if told:
        return str(told).split()[0]
    if el.tag in ("a", "area"):
        return "link" if el.get("href") is not None else ""
    if el.tag == "input":
        return "button" if type_of(el) in BUTTON_TYPES else _INPUT_ROLES.get(type_of(el), "textbox")
    if el.tag == "select":
        return "combobox"
    return "heading" if re.fullmatch(r"h[1-6]", el.tag) else _TAG_ROLES.get(el.tag, "")


def press_name(el: El) -> str:
    if el.get("aria-label"):
        return label(el.get("aria-label"))
    if el.tag == "input":
        if type_of(el) == "image":
            return label(el.get("alt") or el.get("title") or "")
        return label(el.get("value") or {"submit": "送信", "reset": "リセット"}.get(type_of(el), ""))
    return label(text_of(el)) or label(el.get("title") or "")


class Page:
    """One document. Its controls' values are kept in the parsed elements themselves."""

    def __init__(self, text: str, path: str, status: int) -> None:
        self.root = parsed(text)
        self.path = path
        self.status = status
        self._scripts_hide = bool(re.search(r"\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden", text))

    @cached_property
    def all(self) -> list[El]:
        """Every element in document order; kept, so that an element stays one and the same object."""
        return [el for el in self.root.iter() if isinstance(el.tag, str)]

    @cached_property
    def place(self) -> dict[El, int]:
        return {el: at for at, el in enumerate(self.all)}

    @property
    def title(self) -> str:
        return fold(text_of(next(self.root.iter("title"), etree.Element("title"))))

    @property
    def body(self) -> El | None:
        return next(self.root.iter("body"), None)

    def visible(self, el: El) -> bool:
        if el.tag == "input" and type_of(el) == "hidden":
            return False
        if el.tag in ("script", "style", "head", "title", "meta", "template", "frame"):
            return False
        if not self._scripts_hide:
            return True
        return not _hidden_itself(el) and not any(_hidden_itself(up) for up in el.iterancestors())

    @cached_property
    def by_name(self) -> dict[str, list[El]]:
        return self._grouped(lambda el: [el.get("name")] if el.get("name") else [])

    @cached_property
    def controls(self) -> list[El]:
        return [el for el in self.all if is_control(el) and self.visible(el)]

    @cached_property
    def pressables(self) -> list[El]:
        return [el for el in self.all if is_pressable(el) and self.visible(el)]

    @cached_property
    def _labels(self) -> dict[El, list[El]]:
        by_id = {el.get("id"): el for el in reversed(self.all) if el.get("id")}
        found: dict[El, list[El]] = {}
        for one in self.all:
            if one.tag != "label":
                continue
            named = one.get("for")
            target = by_id.get(named) if named is not None else next(iter(_labelable(one)), None)
            if target is not None:
                found.setdefault(target, []).append(one)
        return found

    def labels_of(self, el: El) -> list[str]:
        names = [label(plain(one)) for one in self._labels.get(el, ())]
        if el.get("aria-label"):
            names.append(label(el.get("aria-label")))
        if el.get("aria-labelledby"):
            names.append(label(self._by_ids(el.get("aria-labelledby"))))
        if not names and el.get("title"):
            names.append(label(el.get("title")))
        return [name for name in names if name]

    def _by_ids(self, ids: str) -> str:
        found = (self.root.xpath("//*[@id=$id]", id=one) for one in ids.split())
        return " ".join(text_of(one[0]) for one in found if one)

    @cached_property
    def by_label(self) -> dict[str, list[El]]:
        found: dict[str, list[El]] = {}
        for el in self.controls:
            for name in dict.fromkeys(self.labels_of(el)):
                found.setdefault(name, []).append(el)
        return found

    @cached_property
    def by_press_name(self) -> dict[str, list[El]]:
        found: dict[str, list[El]] = {}
        for el in self.pressables:
            found.setdefault(press_name(el), []).append(el)
        return found

    @cached_property
    def by_text(self) -> dict[str, list[El]]:
        """Whole text of a visible element -> the innermost elements that hold it."""
        found: dict[str, list[El]] = {}
        for el in self.all:
            if el.tag in _NOT_TEXT:
                continue
            text = label(plain(el))
            if not text or len(text) > _LONGEST_LABEL or not self.visible(el):
                continue
            known = found.setdefault(text, [])
            if known and any(up is known[-1] for up in el.iterancestors()):
                known[-1] = el
            else:
                known.append(el)
        return found

    @cached_property
    def groups(self) -> dict[str, list[El]]:
        heads = {"fieldset": "legend", "table": "caption", "details": "summary"}
        found: dict[str, list[El]] = {}
        for el in self.all:
            names = [label(plain(one)) for one in el if one.tag == heads.get(el.tag)]
            if el.get("role") in ("group", "radiogroup", "region", "dialog") or el.tag in ("section", *heads):
                names += [label(el.get("aria-label"))] if el.get("aria-label") else []
                names += [label(self._by_ids(el.get("aria-labelledby")))] if el.get("aria-labelledby") else []
            for name in dict.fromkeys(names):
                if name and self.visible(el):
                    found.setdefault(name, []).append(el)
        return found

    def _grouped(self, names: Callable[[El], list[str]]) -> dict[str, list[El]]:
        found: dict[str, list[El]] = {}
        for el in self.all:
            for name in names(el):
                found.setdefault(name, []).append(el)
        return found


def _labelable(el: El) -> Iterator[El]:
    for one in el.iter("input", "select", "textarea", "button"):
        if not (one.tag == "input" and type_of(one) == "hidden"):
            yield one


# ---- marks ----


def shows_sign(page: Page, text: str, css: str, *, live: bool) -> bool:
    """One sign of a mark. `live` = as a browser draws it, so that visibility counts."""
    wanted = fold(text)
    if css:
        for el in select(page.root, css):
            if live and not page.visible(el) and type_of(el) != "hidden" and el.tag != "frame":
                continue
            if not wanted or wanted in fold(value_of(el) if el.tag == "input" else text_of(el)):
                return True
        return False
    body = page.body
    if body is None:
        return False
    squeezed = _WHITE.sub("", wanted)
    if next(body.iter("input"), None) is None and squeezed not in _WHITE.sub("", text_of(body)):
        return False
    for el in body.iter():
        if el.tag == "input":
            if type_of(el) in ("submit", "button", "reset") and fold(value_of(el)) == wanted:
                return True
        elif el.tag not in _NOT_TEXT and fold(text_of(el)) == wanted and (not live or page.visible(el)):
            return True
    return False
