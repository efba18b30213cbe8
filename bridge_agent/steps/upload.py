"""Step upload: files that came with the application go into a file field of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.core_profile import MarkText, SignText, TargetText
from bridge_agent.domain.plan import ActReport, Mark, Target
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import Words

UPLOAD = "upload"
COUNT = "{count}"
"""Stands in the signs of `done` for the number of files."""


class UploadText(StepBody):
    to: TargetText
    files: Words = ()
    """Words of which one stands in a file's name; left out: every file."""
    done: MarkText
    """How the screen says that it has them all."""

    def bind(self, at: Binding) -> UploadAct | None:
        chosen = tuple(one for one in at.attachments if not self.files or any(word in one.name for word in self.files))
        if not chosen:
            return None
        signs = tuple(_counted(sign, len(chosen)) for sign in self.done.shows)
        done = at.mark(MarkText(shows=signs, frame=self.done.frame), "uploaded")
        return UploadAct(at.target(self.to), chosen, done)


def _counted(sign: SignText, count: int) -> SignText:
    return sign.model_copy(
        update={"text": sign.text.replace(COUNT, str(count)), "css": sign.css.replace(COUNT, str(count))}
    )


@dataclass(frozen=True, slots=True)
class UploadAct:
    target: Target
    attachments: tuple[Attachment, ...]
    done: Mark
    kind: str = UPLOAD

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError when a file cannot be had, or the screen does not say that it has them."""
        screen.attach(self.target, self.attachments)
        screen.recognise([self.done])
        return ActReport()
