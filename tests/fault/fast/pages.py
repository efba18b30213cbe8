"""A page as the fast driver sees it: parsed HTML, what its elements are called, and what its controls hold.

The rules are those of the agent's own page scripts (names, roles, folding), as far as the bundled screens need them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from tests.fault.fast.controls import is_control, is_pressable, press_name, type_of, value_of
from tests.fault.fast.texts import WHITE, El, fold, hidden_itself, label, parsed, plain, select, text_of

_NOT_TEXT = frozenset(
    "html head body script style select option optgroup textarea input template noscript title meta link br hr col "
    "colgroup frame frameset iframe svg".split()
)
_LONGEST_LABEL = 200
_HIDING = etree.XPath("//*[@hidden or contains(@style, 'display') or contains(@style, 'visibility')]")
_NAMED = etree.XPath("//*[@name]")
_WITH_ID = etree.XPath("//*[@id]")
_LABELS = etree.XPath("//label")
_CONTROLS = etree.XPath("//input | //select | //textarea")
_OWNED = etree.XPath("//input | //select | //textarea | //button")
_PRESSABLE = etree.XPath("//button | //input | //a[@href] | //area[@href] | //summary | //*[@onclick] | //*[@role]")
_GROUPS = etree.XPath("//fieldset | //table | //details | //section | //*[@role]")


class Page:
    """One document. Its controls' values are kept in the parsed elements themselves."""

    def __init__(self, text: str, path: str, status: int) -> None:
        self.root = parsed(text)
        self.path = path
        self.status = status
        self._hides = bool(_HIDING(self.root))

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
        if not self._hides:
            return True
        return not hidden_itself(el) and not any(hidden_itself(up) for up in el.iterancestors())

    @cached_property
    def by_name(self) -> dict[str, list[El]]:
        found: dict[str, list[El]] = {}
        for el in _NAMED(self.root):
            found.setdefault(el.get("name"), []).append(el)
        return found

    @cached_property
    def controls(self) -> list[El]:
        return [el for el in _CONTROLS(self.root) if is_control(el) and self.visible(el)]

    @property
    def owned(self) -> list[El]:
        """Everything a form may hand in, in document order."""
        found: list[El] = _OWNED(self.root)
        return found

    @cached_property
    def pressables(self) -> list[El]:
        return [el for el in _PRESSABLE(self.root) if is_pressable(el) and self.visible(el)]

    @cached_property
    def _labels(self) -> dict[El, list[El]]:
        by_id = {el.get("id"): el for el in reversed(_WITH_ID(self.root))}
        found: dict[El, list[El]] = {}
        for one in _LABELS(self.root):
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
        for el in _GROUPS(self.root):
            names = [label(plain(one)) for one in el if one.tag == heads.get(el.tag)]
            if el.get("role") in ("group", "radiogroup", "region", "dialog") or el.tag in ("section", *heads):
                names += [label(el.get("aria-label"))] if el.get("aria-label") else []
                names += [label(self._by_ids(el.get("aria-labelledby")))] if el.get("aria-labelledby") else []
            for name in dict.fromkeys(names):
                if name and self.visible(el):
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
    squeezed = WHITE.sub("", wanted)
    if next(body.iter("input"), None) is None and squeezed not in WHITE.sub("", text_of(body)):
        return False
    for el in body.iter():
        if el.tag == "input":
            if type_of(el) in ("submit", "button", "reset") and fold(value_of(el)) == wanted:
                return True
        elif el.tag not in _NOT_TEXT and fold(text_of(el)) == wanted and (not live or page.visible(el)):
            return True
    return False
