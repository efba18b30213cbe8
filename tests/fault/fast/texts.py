"""Texts of a parsed page: decoding, parsing, selecting, and folding as the agent's own page scripts fold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

El: TypeAlias = Any  # lxml ships no types
"""An element of a parsed page."""

_CHARSETS = {"shift_jis": "cp932", "windows-31j": "cp932", "ms932": "cp932", "sjis": "cp932", "x-sjis": "cp932"}
WHITE = re.compile(r"[\s\u200b\ufeff]+")
_REQUIRED = r"(?:[\[［(（【〔《]\s*(?:必須|任意)\s*[\]］)）】〕》]|必須|任意|[*＊※])"
_MARK_END = re.compile(rf"(?:\s|[:：]|{_REQUIRED})+$")
_MARK_START = re.compile(rf"^(?:\s|{_REQUIRED})+")
_SKIPPED = frozenset("script style select textarea input button rt rp template noscript".split())
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
        made: Callable[[El], list[El]] = etree.XPath(HTMLTranslator().css_to_xpath(css))
        return made
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
    return WHITE.sub(" ", text).strip()


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
        elif child.tag not in _SKIPPED and not hidden_itself(child):
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


def hidden_itself(el: El) -> bool:
    style = (el.get("style") or "").replace(" ", "").lower()
    return el.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
