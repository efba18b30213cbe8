"""What the look-up's list shows under faults, and by which clock a core works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mock_core_ui.core.store import NewRecord
from tests.unit.mock_core_ui.core.samples import HANA, NOW, TARO, valid_values
from tests.unit.mock_core_ui.core.walking import CORES, Walk, logged_in


@pytest.fixture(params=CORES)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    """A core that holds one old record of the person before anything is registered."""
    with logged_in(request.param, tmp_path) as walk:
        old = NewRecord(
            prefix=walk.screen.prefix,
            procedure=walk.screen.procedure,
            atena_no=HANA.atena_no,
            reference="",
            application_date=date(2020, 1, 6),
            operator="clerk01",
            registered_at=datetime(2020, 1, 6, tzinfo=NOW.tzinfo),
            values=valid_values(walk.screen),
            request_id="",
            before_run=True,
        )
        walk.core.store.commit(old)
        yield walk


def test_no_hits_for_anybody(filled: Walk) -> None:
    filled.register()
    filled.plan({"fault": "M39", "when": {"nth": [1]}})
    assert filled.hits(filled.listing()) == 0
    assert filled.hits(filled.listing()) == 2


def test_no_hits_for_new_records_only(filled: Walk) -> None:
    filled.register()
    filled.plan({"fault": "M39b"})
    page = filled.listing()
    assert (filled.hits(page), filled.receipts(page)) == (1, [f"{filled.screen.prefix}-2020-000001"])


def test_list_is_cut(filled: Walk) -> None:
    for _ in range(3):
        filled.register()
    everything = filled.receipts(filled.listing())
    for keep, expected in (("oldest", everything[2:]), ("newest", everything[:2])):
        filled.plan({"fault": "M40", "at": 2, "keep": keep})
        page = filled.listing()
        assert (filled.hits(page), filled.receipts(page)) == (4, expected)
        assert filled.receipts(filled.listing(page=2)) == []


def test_list_has_small_pages(filled: Walk) -> None:
    for _ in range(2):
        filled.register()
    everything = filled.receipts(filled.listing())
    filled.plan({"fault": "M40b", "size": 2})
    first, second = filled.listing(), filled.listing(page=2)
    assert (filled.receipts(first), filled.receipts(second)) == (everything[:2], everything[2:])
    assert filled.hits(first) == filled.hits(second) == 3


def test_namesake_is_shown_beside_the_person(filled: Walk) -> None:
    filled.register()
    filled.plan({"fault": "M41"})
    for page in (filled.listing(), filled.listing()):
        assert filled.hits(page) == 3
        assert page.text.count(HANA.name) == 3
        assert page.text.count("9800000018") == 1
    assert filled.hits(filled.listing(atena_no="9800000018")) == 1  # made once, however often it is asked for
    receipt = filled.receipts(filled.listing())[-1]
    assert "9800000018" in filled.detail(receipt).text
    filled.plan()
    assert filled.hits(filled.listing()) == 2
    assert len(filled.commits()) == 1


def test_namesake_is_shown_when_the_person_has_no_record(walk: Walk) -> None:
    walk.plan({"fault": "M41"})
    page = walk.listing(atena_no=TARO.atena_no)
    assert walk.hits(page) == 1
    assert TARO.name in page.text
    assert walk.commits() == []


def test_look_up_fails_in_lists_and_details(walk: Walk) -> None:
    walk.register()
    walk.plan({"fault": "M38"})
    assert walk.listing().status_code == 500
    assert walk.detail(walk.commits()[0].receipt).status_code == 500


@pytest.mark.parametrize("minutes", [10, -10])
def test_clock_is_off(walk: Walk, minutes: int) -> None:
    walk.plan({"fault": "M45", "minutes": minutes})
    walk.register()
    shown = (NOW + timedelta(minutes=minutes, hours=9)).strftime("%Y/%m/%d %H:%M:%S")
    assert shown in walk.listing().text
    assert datetime.fromisoformat(walk.commits()[0].time) == NOW + timedelta(minutes=minutes)
    walk.plan()
    assert walk.hits(walk.listing()) == 1


def test_midnight_strikes(walk: Walk) -> None:
    walk.plan({"fault": "M45b"})
    walk.register()
    assert "2026/11/24 00:00:01" in walk.listing().text


def test_a_new_era_begins(walk: Walk) -> None:
    walk.plan({"fault": "M45c"})
    assert ("試元元年11月5日" if walk.long_dates else "X01.11.05") in walk.register().text + walk.confirm().text
    eras = walk.eras(walk.entry())
    assert eras[[text[0] for _, text in eras].index("令") - 1] == ("X", "試元")
    assert "昭" in [text[0] for _, text in eras]
    assert HANA.name in walk.opened()
    birth = walk.confirm(**{walk.birth_year: "7"}).text
    assert ("令和7年11月5日" if walk.long_dates else "R07.11.05") in birth
