"""The interface source: servers that err, are busy, are silent or never end, and answers that lead elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from bridge_agent.domain.errors import StopRunError, SystemDown
from bridge_agent.sources.rest import RestSource, Wire
from bridge_agent.sources.rest import wire as wire_module
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.rest.making import Made, profile, raw
from tests.unit.sources.small_interface import NOW, Answer, MovedClock


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_an_error_of_the_server_is_tried_once_more(make: Callable[..., Made], status: int) -> None:
    source, _, clock = make(once=[raw(b"", status)])
    assert [line.receipt_no for line in source.approved()] == [NUMBER]
    assert clock.waits == [wire_module.PAUSE_S]


def test_two_errors_in_a_row_are_a_system_that_is_down(make: Callable[..., Made]) -> None:
    source, _, _ = make(once=[raw(b"", 500), raw(b"", 500)])
    with pytest.raises(SystemDown):
        source.approved()


@pytest.mark.parametrize(
    ("after", "waited"),
    [
        ("7", 7.0),
        ("Fri, 20 Nov 2026 11:00:20 GMT", 20.0),
        ("Fri, 20 Nov 2020 11:00:20 GMT", 0.0),
        ("soon", 3.0),
        ("-1", 3.0),
    ],
)
def test_a_busy_server_says_how_long_to_wait(make: Callable[..., Made], after: str, waited: float) -> None:
    source, _, clock = make(once=[raw(b"", 429, Retry_After=after)])
    assert len(source.approved()) == 1
    assert clock.waits == [waited]


def test_nobody_waits_for_hours(make: Callable[..., Made]) -> None:
    source, _, clock = make(once=[raw(b"", 429, Retry_After="3600")])
    with pytest.raises(SystemDown) as told:
        source.approved()
    assert "3600秒" in told.value.message
    assert clock.waits == []


def test_an_hour_is_not_waited_for_by_date_either(make: Callable[..., Made]) -> None:
    later = (NOW + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    source, _, _ = make(once=[raw(b"", 429, Retry_After=later)])
    with pytest.raises(SystemDown):
        source.approved()


def test_an_answer_that_stops_in_the_middle_is_tried_once_more(make: Callable[..., Made]) -> None:
    source, _, clock = make(once=[raw(b"{}", 200, Content_Length="500", Connection="close")])
    assert len(source.approved()) == 1
    assert len(clock.waits) == 1


def test_an_answer_that_drips_is_given_up_after_its_time(make: Callable[..., Made]) -> None:
    source, _, clock = make()
    clock.step_s = 31.0
    with pytest.raises(SystemDown):
        source.approved()


def test_nobody_listening_is_a_system_that_is_down() -> None:
    clock = MovedClock()
    source = RestSource(profile(), Wire(profile(), "http://127.0.0.1:1", "bridge", lambda: "x", clock), clock)
    with pytest.raises(SystemDown):
        source.approved()
    source.close()


def test_a_silent_server_is_given_up_in_time(make: Callable[..., Made]) -> None:
    release = threading.Event()

    def silent(query: dict[str, str]) -> Answer:
        release.wait(10)
        return 200, {}

    source, _, _ = make(changed=profile(answer_s=0.2), answers={"/api/v1/processing-states": silent})
    with pytest.raises(SystemDown) as told:
        source.standing(NUMBER)
    release.set()
    assert "時間内に応答しません" in told.value.message


def test_an_answer_without_end_is_not_kept(make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "MAX_ANSWER", 1000)
    source, _, _ = make(once=[raw(b"x" * 5000)])
    with pytest.raises(StopRunError):
        source.approved()


def test_a_packed_answer_is_not_unpacked(make: Callable[..., Made]) -> None:
    source, _, _ = make(once=[raw(b"\x1f\x8b", Content_Encoding="gzip")])
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert "応答の圧縮" in told.value.message


def test_a_token_follows_no_redirect(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    source.approved()
    system.once.append(raw(b"", 302, Location=f"{system.url}/elsewhere"))
    with pytest.raises(StopRunError) as told:
        source.standing(NUMBER)
    assert "応答 302" in told.value.message
    assert "GET /elsewhere" not in system.asked
