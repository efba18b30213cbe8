"""Nurseries, clinics and dealers of the town and next to it, found while one types; two bear the same name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from mock_core_ui.core.site import site
from mock_core_ui.core.wizard.words import Answer, answer
from mock_core_ui.people.places import NURSERIES

MOST_SHOWN = 5
"""Lines of a list before 「さらに表示」."""


@dataclass(frozen=True, slots=True)
class Facility:
    number: str
    name: str
    town: str

    @property
    def line(self) -> str:
        """The whole text of its line."""
        return f"{self.number} {self.name}（{self.town}）"


_OTHERS = (
    ("0301104", "みどり保育園 一時預かり室", "汐見原市"),
    ("0301105", "みどり保育園 病後児保育室", "汐見原市"),
    ("0301106", "みどり保育園 子育て支援室", "汐見原市"),
    ("0399001", "みどり保育園", "青波市"),
    ("0399002", "汐見原みどり保育園分園", "汐見原市"),
    ("0399003", "港町保育所", "青波市"),
    ("0399004", "認定こども園 なぎさ", "青波市"),
    ("0399005", "ひかり保育園", "青波市"),
    ("0399006", "ひかり保育園 病児室", "汐見原市"),
)
"""Namesakes and near namesakes, so that a search has to be exact."""

FACILITIES: tuple[Facility, ...] = tuple(
    sorted(
        (
            *(Facility(nursery.number, nursery.name, "汐見原市") for nursery in NURSERIES),
            *(Facility(*other) for other in _OTHERS),
        ),
        key=lambda facility: facility.number,
    )
)


def found() -> Answer:
    """The facilities whose number begins with, or whose name contains, what was typed; the first few unless all asked."""
    site().page("picker")
    typed = request.args.get("q", "").strip()
    wanted = [one for one in FACILITIES if typed and (one.number.startswith(typed) or typed in one.name)]
    shown = wanted if request.args.get("all") else wanted[:MOST_SHOWN]
    return answer({"facilities": [[one.number, one.name, one.line] for one in shown], "more": len(wanted) > len(shown)})
