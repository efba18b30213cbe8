"""Words of a recipe that a client program (driver: desktop) cannot obey: told when the recipe is read, not at night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.plan import Control
from bridge_agent.domain.recipe import CommitText
from bridge_agent.domain.recipe_words import FieldText, PlaceText
from bridge_agent.mapping.model_errors import Problem
from bridge_agent.mapping.walk import Found
from bridge_agent.steps.binding import bound_target
from bridge_agent.steps.places import place_of
from bridge_agent.steps.press import PressText
from bridge_agent.steps.upload import UploadText

TYPED = (Control.TEXT, Control.SELECT)
"""What keys and the clipboard can fill in and read back."""


def window_problems(everything: Iterable[Found]) -> Iterator[Problem]:
    for found in everything:
        part, path = found.part, found.path
        if isinstance(part, TargetText):
            yield from _of_place(part, path)
        if isinstance(part, PlaceText | FieldText) and part.control not in TYPED:
            message = f"control: {part.control.value} は driver: desktop の画面では使えません"
            yield Problem((*path, "control"), message, "text か select にする")
        if isinstance(part, FieldText) and part.boxes:
            yield Problem((*path, "boxes"), "boxes は driver: desktop の画面では使えません", "select の欄にする")
        if isinstance(part, PressText) and part.over is not None:
            yield Problem((*path, "over"), "over は driver: desktop の画面では使えません", "over を消して key を書く")
        if isinstance(part, UploadText):
            yield Problem(path, "upload の手順は driver: desktop の画面では使えません", "添付は手で登録する")
        if isinstance(part, CommitText) and (not part.press.key or part.press.tab or part.press.image):
            yield Problem(
                (*path, "press"), "driver: desktop の登録の操作は key だけで書いてください", "press: {key: f12}"
            )


def _of_place(place: TargetText, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if any((place.label, place.role, place.name, place.near, place.text, place.css, place.within, place.frame)):
        yield Problem(path, "driver: desktop の画面の場所は tab・image・key で書きます")
        return
    try:
        place_of(bound_target(place, place.row))
    except ValueError as mistake:
        yield Problem(path, "場所の書き方が正しくありません", str(mistake))
