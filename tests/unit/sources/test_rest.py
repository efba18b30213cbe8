"""The interface source: tokens, time limits, busy servers, lists that do not add up, answers that are not as declared."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge_agent.domain.application import Delivered, Listed, SourceState
from bridge_agent.domain.errors import (
    BusinessError,
    ConfigError,
    LoginRefused,
    StopRunError,
    SystemDown,
    TransientError,
)
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.sources.rest import RestSource, Wire
from bridge_agent.sources.rest import wire as wire_module
from mock_core_ui.tls import Certificate, Certificates
from tests.unit.sources.packages import NUMBER, SHAPE, columns
from tests.unit.sources.small_interface import NOW, OTHER, Answer, MovedClock, System, served

RECIPES = Path(__file__).parents[3] / "recipes"


def profile(**limits: float) -> RestProfile:
    found = load_source(RECIPES, "minamo-rest")
    assert isinstance(found, RestProfile)
    return found.model_copy(update={"package": SHAPE, "limits": found.limits.model_copy(update=limits)})


Made = tuple[RestSource, System, MovedClock]


@pytest.fixture
def make() -> Iterator[Callable[..., Made]]:
    with ExitStack() as stack:

        def build(password: str = "right", changed: RestProfile | None = None, **system: Any) -> Made:
            other, clock = System(**system), MovedClock()
            other.url = stack.enter_context(served(other))
            shape = changed or profile()
            source = RestSource(shape, Wire(shape, other.url, "bridge", lambda: password, clock), clock)
            stack.callback(source.close)
            return source, other, clock

        yield build


def log_ins(system: System) -> int:
    return sum(asked.endswith("/login") for asked in system.asked)


def raw(content: Any, status: int = 200, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return status, body, {name.replace("_", "-"): text for name, text in headers.items()}


# ---- log-in and token ----


def test_one_log_in_serves_many_questions(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    source.approved()
    source.standing(NUMBER)
    assert log_ins(system) == 1


def test_an_expired_token_is_renewed_once(make: Callable[..., Made]) -> None:
    source, system, clock = make()
    source.approved()
    system.valid.clear()
    assert source.standing(NUMBER).state is SourceState.APPROVED
    assert (log_ins(system), clock.waits) == (2, [])


def test_a_token_that_is_refused_again_after_its_renewal_is_a_system_that_cannot_be_used(
    make: Callable[..., Made],
) -> None:
    source, system, _ = make(answers={"/api/v1/processing-states": lambda query: (401, {})})
    source.approved()
    with pytest.raises(SystemDown):
        source.standing(NUMBER)
    assert log_ins(system) <= 4


def test_a_wrong_password_is_asked_once_however_often_the_source_is_used(make: Callable[..., Made]) -> None:
    source, system, _ = make("wrong")
    for ask in (source.approved, lambda: source.standing(NUMBER), lambda: source.report_linked(NUMBER, "A-1")):
        with pytest.raises(LoginRefused):
            ask()
    assert log_ins(system) == 1


@pytest.mark.parametrize("content", [{}, {"token": ""}, {"token": 7}, {"token": "a\nb"}, []])
def test_a_log_in_without_a_token_is_another_interface(make: Callable[..., Made], content: Any) -> None:
    source, _, _ = make(once=[raw(content)])
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert "応答が想定と違います" in told.value.message


def test_a_log_in_that_is_nowhere_is_another_interface_and_no_wrong_password(make: Callable[..., Made]) -> None:
    source, _, _ = make(once=[raw(b"", 404)])
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert not isinstance(told.value, LoginRefused)


# ---- trouble on the way ----


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


# ---- the list ----


def numbers(count: int) -> tuple[str, ...]:
    return tuple(f"02026110500{n:02}" for n in range(count))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_all_pages_are_read(make: Callable[..., Made], count: int) -> None:
    shape = profile()
    small = shape.model_copy(update={"listing": shape.listing.model_copy(update={"page_size": 2})})
    source, _, _ = make(changed=small, numbers=numbers(count))
    assert tuple(line.receipt_no for line in source.approved()) == numbers(count)


@pytest.mark.parametrize("total", [1, 3, 100])
def test_a_total_that_does_not_add_up_is_refused(make: Callable[..., Made], total: int) -> None:
    source, _, _ = make(numbers=numbers(2), total=total)
    with pytest.raises(SystemDown) as told:
        source.approved()
    assert "件数" in told.value.message


def test_the_same_application_twice_is_refused(make: Callable[..., Made]) -> None:
    source, _, _ = make(numbers=(NUMBER, NUMBER))
    with pytest.raises(SystemDown):
        source.approved()


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "審査中"},
        {"status": "なにか"},
        {"receiptNo": "../../x"},
        {"receiptNo": ""},
        {"receiptNo": 202611050001},
        {"revision": None},
        {"procedureCode": ["K0020"]},
    ],
)
def test_a_line_that_is_not_as_declared_stops_the_night(make: Callable[..., Made], changed: dict[str, Any]) -> None:
    source, system, _ = make()
    line = system.line(NUMBER) | changed
    system.answers["/api/v1/applications"] = lambda query: (200, {"totalCount": 1, "applications": [line]})
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert not isinstance(told.value, SystemDown)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"totalCount": 1},
        {"totalCount": -1, "applications": []},
        {"totalCount": True, "applications": []},
        {"totalCount": 1, "applications": {}},
    ],
)
def test_another_shape_of_list_stops_the_night(make: Callable[..., Made], content: Any) -> None:
    source, _, _ = make(answers={"/api/v1/applications": lambda query: (200, content)})
    with pytest.raises(StopRunError):
        source.approved()


# ---- contents ----


def delivered(source: RestSource, *wanted: str) -> dict[str, Delivered]:
    lines = [Listed(number, "K0020", "負担割合証の再交付", "1") for number in wanted]
    return {found.listed.receipt_no: found for found in source.deliver(lines)}


def pairs(**changed: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": text} for name, text in (columns(NUMBER) | changed).items()]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        (pairs(宛名番号=12345), Reason.PACKAGE_DAMAGED),  # a number has lost its leading zeros
        (pairs(宛名番号=None), Reason.PACKAGE_DAMAGED),
        (pairs(氏名="a\x00b"), Reason.PACKAGE_ENCODING),
        (pairs(受付番号=OTHER), Reason.PACKAGE_DAMAGED),
        (pairs(手続コード="J0001"), Reason.PACKAGE_DAMAGED),
        (pairs(申請日時="昨日"), Reason.DATE_INVALID),
        (pairs(備考=""), Reason.PACKAGE_COLUMN),
        ([*pairs(), {"name": "氏名", "value": "x"}], Reason.PACKAGE_COLUMN),
        (pairs()[:-1], Reason.PACKAGE_COLUMN),
        ({"氏名": "x"}, Reason.PACKAGE_DAMAGED),
        ([["氏名", "x"]], Reason.PACKAGE_DAMAGED),
        ([{"name": f"c{n}", "value": ""} for n in range(5000)], Reason.PACKAGE_DAMAGED),
    ],
)
def test_contents_that_are_not_as_declared_are_refused_by_themselves(
    make: Callable[..., Made], items: Any, code: Reason
) -> None:
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={NUMBER: items})
    found = delivered(source, NUMBER, OTHER)
    assert found[NUMBER].refusal == code
    stopped = code is Reason.PACKAGE_COLUMN  # a changed form stops the whole procedure
    assert (found[OTHER].application is None) == stopped


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b'{"items": [', b'{"items": 1, "items": 2}', b'{"items": NaN}', b"[" * 100_000]
)
def test_contents_that_are_no_json_are_refused_by_themselves(make: Callable[..., Made], body: bytes) -> None:
    source, system, _ = make(numbers=(NUMBER, OTHER))
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (200, body)
    found = delivered(source, NUMBER, OTHER)
    assert found[NUMBER].refusal == Reason.PACKAGE_DAMAGED
    assert found[OTHER].application is not None


def test_a_changed_form_anywhere_in_the_batch_stops_what_comes_before_it_too(make: Callable[..., Made]) -> None:
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={OTHER: pairs(受付番号=OTHER, 備考="")})
    found = delivered(source, NUMBER, OTHER)
    assert {one.refusal for one in found.values()} == {Reason.PACKAGE_COLUMN}
    assert "「備考」" in found[NUMBER].note
    assert "「備考」" in source.remarks()[0]


def test_a_changed_form_is_noticed_with_the_list(make: Callable[..., Made]) -> None:
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={OTHER: pairs(受付番号=OTHER, 備考="")})
    source.approved()
    assert delivered(source, NUMBER)[NUMBER].refusal == Reason.PACKAGE_COLUMN


def test_one_that_is_gone_comes_with_what_is_known_of_it(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (404, {})
    system.state = "取下げ"
    assert delivered(source, NUMBER)[NUMBER].refusal == Reason.WITHDRAWN


@pytest.mark.parametrize(
    "attachment",
    [
        {"fileName": "x", "sha256": "00", "size": 1},
        {"fileName": "x"},
        "x",
        {"fileName": "x", "sha256": "0" * 64, "size": "1"},
    ],
)
def test_attachments_that_are_not_as_declared_are_refused(make: Callable[..., Made], attachment: Any) -> None:
    source, system, _ = make()
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (
        200,
        {"items": pairs(), "attachments": [attachment]},
    )
    assert delivered(source, NUMBER)[NUMBER].refusal == Reason.PACKAGE_DAMAGED


# ---- standing and reporting ----


def test_what_is_sent_is_what_the_table_says(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    source.report_linked(NUMBER, "{receipt_no}")
    assert {"receiptNo": NUMBER, "status": "連携済", "coreNumber": "{receipt_no}"} in system.bodies


def test_the_state_counts_and_not_the_answer(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    posted = 0

    def unmoved(query: dict[str, str]) -> Answer:
        nonlocal posted
        posted += "receiptNo" not in query
        return 200, {"applications": [system.line(NUMBER)]}

    system.answers["/api/v1/processing-states"] = unmoved
    with pytest.raises(BusinessError) as told:
        source.report_linked(NUMBER, "A-1")
    assert (told.value.reason, posted) == (Reason.SOURCE_STATE_UNKNOWN, 1)


def test_a_state_of_another_application_is_never_taken(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    system.answers["/api/v1/processing-states"] = lambda query: (200, {"applications": [system.line(OTHER)]})
    with pytest.raises(StopRunError):
        source.standing(NUMBER)


def test_an_answer_that_stays_unreadable_is_told_as_something_to_try_later(make: Callable[..., Made]) -> None:
    source, _, _ = make(answers={"/api/v1/processing-states": lambda query: (200, b"<html>")})
    with pytest.raises(TransientError):
        source.standing(NUMBER)


def test_a_number_stays_one_step_of_the_path(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    assert delivered(source, "..")[".."].refusal == Reason.SOURCE_STATE_UNKNOWN
    assert delivered(source, "a/../b?c#d")["a/../b?c#d"].refusal == Reason.SOURCE_STATE_UNKNOWN
    assert all(asked.split()[1].startswith("/api/v1/") for asked in system.asked)
    assert "GET /api/v1/applications/a%2F..%2Fb%3Fc%23d" in system.asked


# ---- certificates ----


@pytest.mark.parametrize("shown", list(Certificate))
def test_only_a_good_certificate_of_a_trusted_authority_is_accepted(tmp_path: Path, shown: Certificate) -> None:
    certificates = Certificates(tmp_path, shown)
    clock, system = MovedClock(), System()
    with served(system, certificates.context) as url:
        wire = Wire(profile(), url, "bridge", lambda: "right", clock, certificates.ca_file)
        source = RestSource(profile(), wire, clock)
        if shown is Certificate.GOOD:
            assert len(source.approved()) == 1
        else:
            with pytest.raises(StopRunError) as told:
                source.approved()
            assert "証明書を確かめられない" in told.value.message
            assert system.bodies == []
        source.close()


def test_an_authority_that_nobody_named_is_not_trusted(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path, Certificate.GOOD)
    clock = MovedClock()
    with served(System(), certificates.context) as url:
        source = RestSource(profile(), Wire(profile(), url, "bridge", lambda: "right", clock), clock)
        with pytest.raises(StopRunError):
            source.approved()
        source.close()


def test_a_ca_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    with pytest.raises(ConfigError) as told:
        Wire(profile(), "https://127.0.0.1:1", "bridge", lambda: "x", MovedClock(), missing)
    assert str(missing) in told.value.message


def test_an_hour_is_not_waited_for_by_date_either(make: Callable[..., Made]) -> None:
    later = (NOW + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    source, _, _ = make(once=[raw(b"", 429, Retry_After=later)])
    with pytest.raises(SystemDown):
        source.approved()
