"""The table of step kinds: the word an author writes -> its class. A new kind is one class and one line here."""

from __future__ import annotations

from bridge_agent.domain.recipe_steps import StepBody
from bridge_agent.steps.expect import ExpectText
from bridge_agent.steps.fill import FillText, RowsText
from bridge_agent.steps.open import OpenText
from bridge_agent.steps.pick import PickText
from bridge_agent.steps.press import PressText
from bridge_agent.steps.shown import CheckText, ResidentText
from bridge_agent.steps.upload import UploadText

KINDS: dict[str, type[StepBody]] = {
    "open": OpenText,
    "expect": ExpectText,
    "press": PressText,
    "resident": ResidentText,
    "fill": FillText,
    "rows": RowsText,
    "pick": PickText,
    "check": CheckText,
    "upload": UploadText,
}
