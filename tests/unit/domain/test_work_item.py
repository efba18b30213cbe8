"""What the ledger hands out: values that nobody can change, states with a name for people, and the moves between them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from bridge_agent.domain.work_item import MOVES, STARTS, STATE_NAMES, State, WorkItem, allowed
from bridge_agent.ledger.owning import Lease
from bridge_agent.ledger.writing import Owner

ITEM = WorkItem(1, "R001", "p", "手続", "sogo", State.PENDING, "", "", 0, "")


@pytest.mark.parametrize("value", [ITEM, Lease(), Owner(1, 1.0, "host", "boot")])
def test_what_is_known_of_an_item_its_owner_or_a_lease_is_a_value(value: object) -> None:
    for name in [field.name for field in fields(value)]:  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
    assert not hasattr(value, "__dict__")  # nor is there room for a field that it does not have


def test_armed_and_seen_never_go_back_and_closed_has_no_way_out() -> None:
    ends = {start: {end for end in State if allowed(start, end)} for start in State}
    assert ends[State.ARMED] == {State.SEEN, State.IN_DOUBT}
    assert State.PENDING not in ends[State.SEEN]
    assert ends[State.CLOSED] == set()
    assert all(MOVES.values())  # somebody may make each of them
    assert State.ARMED not in STARTS


def test_every_state_has_a_name_of_its_own_for_people() -> None:
    assert set(STATE_NAMES) == set(State)
    assert len(set(STATE_NAMES.values())) == len(State)
