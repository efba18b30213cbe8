"""From the author's words for places and marks to the plan's: shared by steps, planner and drivers."""

from __future__ import annotations

from functools import lru_cache

from bridge_agent.domain.core_profile import DialogText, MarkText, TargetText
from bridge_agent.domain.plan import DialogAnswer, DialogRule, How, Mark, Meaning, Rung, Sign, Target

ROW = "{n}"
"""Stands for the row's number in the names, labels and headings of a repeated group."""

_LADDER: tuple[How, ...] = (*(How.LABEL, How.ROLE, How.NAME, How.NEAR, How.TEXT, How.CSS), How.TAB, How.IMAGE, How.KEY)


@lru_cache(maxsize=1 << 14)  # a recipe's targets are the same for every application
def bound_target(text: TargetText, row: int = 0) -> Target:
    """The ladder in its fixed order; {n} becomes the row's number."""

    def numbered(word: str) -> str:
        return word.replace(ROW, str(row)) if row else word

    written = {
        How.LABEL: text.label,
        How.ROLE: text.role,
        How.NAME: text.name,
        How.NEAR: text.near,
        How.TEXT: text.text,
        How.CSS: text.css,
        How.TAB: text.tab,
        How.IMAGE: text.image,
        How.KEY: text.key,
    }
    ladder = tuple(Rung(how, numbered(written[how])) for how in _LADDER if written[how])
    return Target(ladder, numbered(text.within), text.row, text.frame)


def bound_mark(text: MarkText, name: str, meaning: Meaning = Meaning.GOES_ON, reason: str = "") -> Mark:
    return Mark(name, tuple(Sign(s.text, s.css, s.title, s.image) for s in text.shows), meaning, reason, text.frame)


def bound_dialog(text: DialogText) -> DialogRule:
    return DialogRule(text.kind, text.text, DialogAnswer(text.answer), text.hold, text.key)
