"""Places on a client program's window, as authors write them."""

from __future__ import annotations

import pytest

from bridge_agent.domain.plan import How, Rung, Target
from bridge_agent.steps.places import Place, Spot, Stop, place_of


def at(row: int = 0, **rungs: str) -> Target:
    return Target(tuple(Rung(How(how), text) for how, text in rungs.items()), row=row)


@pytest.mark.parametrize(
    ("target", "place"),
    [
        (at(tab="ctrl+1|3/16"), Place(Stop("ctrl+1", 3, 16), "")),
        (at(tab="ctrl+1|3"), Place(Stop("ctrl+1", 3, 0), "")),
        (at(tab="2/5"), Place(Stop("", 2, 5), "")),
        (at(tab="ctrl+3|1+2/10"), Place(Stop("ctrl+3", 1, 10), "")),
        (at(row=1, tab="ctrl+3|1+2/10"), Place(Stop("ctrl+3", 1, 10), "")),
        (at(row=5, tab="ctrl+3|1+2/10"), Place(Stop("ctrl+3", 9, 10), "")),
        (at(image="name"), Place(Spot("name", 0, 0), "")),
        (at(image="name|80,-4"), Place(Spot("name", 80, -4), "")),
        (at(key="f12"), Place(None, "f12")),
        (at(tab="ctrl+1|14/16", key="f4"), Place(Stop("ctrl+1", 14, 16), "f4")),
    ],
)
def test_places_that_can_be_read(target: Target, place: Place) -> None:
    assert place_of(target) == place


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (at(tab="ctrl+1|third"), "ctrl\\+1\\|3/16"),
        (at(tab="ctrl+1|0/16"), "欄の番号"),
        (at(tab="ctrl+1|17/16"), "欄の番号"),
        (at(row=6, tab="ctrl+3|1+2/10"), "欄の番号"),
        (at(image="name|80"), "右へ"),
        (at(label="氏名"), "tab、image、key"),
    ],
)
def test_places_that_cannot(target: Target, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        place_of(target)
