"""A program that comes to its keys late: no field passes for empty that is not."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bridge_agent.domain.plan import BoundField, Comparison, Control, FieldClass, How, Mark, Rung, Sign, Target

pytest.importorskip("cv2")

from bridge_agent.drivers.desktop import typing_in
from bridge_agent.drivers.desktop.desk import Heard
from tests.unit.drivers.desktop.imagined import LIMITS, ImaginedDesk, screen_of

FORM_MARK = Mark("form", (Sign(title="窓口 入力"),))
STAYS = "前からある文字"


@dataclass
class DrowsyDesk(ImaginedDesk):
    """From its `sleeps_at`-th key the client keeps keys back, and `wakes` once."""

    sleeps_at: int = 0
    wakes: str = ""
    """offer: before the next offer. copy: after it, with the next copy. listened: when it is listened to for a while. slow: for long."""
    asleep: bool = False
    kept: list[tuple[int, str]] = field(default_factory=list)
    offers: int = 0
    listened: list[float] = field(default_factory=list)

    def _handled(self, handle: int, key: str) -> None:
        if self.sleeps_at and len(self.sent) == self.sleeps_at:
            self.asleep, self.offers = True, 0
        if self.asleep:
            self.kept.append((handle, key))
        else:
            super()._handled(handle, key)

    def wake(self) -> None:
        self.asleep = False
        for handle, key in self.kept:
            super()._handled(handle, key)
        self.kept.clear()

    def offer(self, text: str) -> bool:
        self.offers += 1
        if self.asleep and self.wakes == "offer":
            self.wake()
        return super().offer(text)

    def answers(self, handle: int, within_s: float) -> bool:
        if self.asleep and self.wakes == "copy" and self.offers:
            time.sleep(typing_in.SILENT_S)  # what the driver goes by
            self.wake()
        return super().answers(handle, within_s)

    def heard(self, within_s: float) -> Heard:
        self.listened.append(within_s)
        if self.asleep and within_s >= (LIMITS.page_s if self.wakes == "slow" else typing_in.SURELY_SILENT_S):
            time.sleep(typing_in.SILENT_S)  # it was listened to for at least so long
            self.wake()
        return super().heard(within_s)


def fields(values: Sequence[str]) -> list[BoundField]:
    return [
        BoundField(
            f"f{number}",
            Target((Rung(How.TAB, f"ctrl+1|{number}/{len(values)}"),)),
            Control.TEXT,
            value,
            FieldClass.PERSONAL,
            Comparison.EXACT,
        )
        for number, value in enumerate(values, start=1)
    ]


def filled(desk: ImaginedDesk, values: Sequence[str]) -> list[str]:
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    return [reading.text for reading in screen.fill(fields(values))]


def stubborn(stop: int, **how: object) -> DrowsyDesk:
    """A field that shows a text of its own as soon as it has been left, whatever is typed."""
    desk = DrowsyDesk(**how)  # type: ignore[arg-type]
    desk.on_key = lambda key: desk.fields.__setitem__(stop, STAYS)
    return desk


def first_key_of_the_walk_back(values: Sequence[str]) -> int:
    desk = ImaginedDesk()
    assert filled(desk, values) == list(values)
    keys = desk.pressed()
    return len(keys) - keys[::-1].index("ctrl+1")


SCREENS = [["", "", "", ""], ["", "", "", "乙"], ["甲", "", "", "乙"], ["甲", "", "", ""]]
EMPTY = [(values, stop) for values in SCREENS for stop in range(4) if not values[stop]]


@pytest.fixture(autouse=True)
def _shorter_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_in, "SILENT_S", 0.05)
    monkeypatch.setattr(typing_in, "SURELY_SILENT_S", 0.2)


@pytest.mark.parametrize(("values", "stop"), EMPTY)
@pytest.mark.parametrize("wakes", ["offer", "copy", "listened", "never asleep"])
def test_a_field_that_must_be_empty_and_is_not_is_told_however_late_its_copy_comes(
    wakes: str, values: list[str], stop: int
) -> None:
    first = first_key_of_the_walk_back(values)
    for key in range(first, first + 12):
        desk = stubborn(stop, wakes=wakes, sleeps_at=key if wakes != "never asleep" else 0)
        texts = filled(desk, values)
        assert texts[stop] == STAYS, key


def test_a_value_whose_copy_comes_late_is_read_and_not_typed_again() -> None:
    values = ["甲", "", "乙", "丙"]
    first = first_key_of_the_walk_back(values)
    for key in range(first, first + 12):
        desk = DrowsyDesk(sleeps_at=key, wakes="slow")
        assert filled(desk, values) == values
        assert desk.pressed().count("ctrl+v") == 3, key


def test_a_row_of_fields_that_must_be_empty_is_listened_to_once() -> None:
    desk = DrowsyDesk(fields=[""] * 12)
    values = ["甲", *[""] * 10, "乙"]
    assert filled(desk, values) == values
    read_back = desk.listened[-3:]  # the last field, the row, the first field
    assert read_back == [LIMITS.page_s, typing_in.SHORTEST_S, LIMITS.page_s]
