"""The web screen as a source: everything approved comes once, or with the reason why it does not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_agent.domain.application import Delivered, SourceState, Standing
from bridge_agent.domain.errors import BusinessError, SessionLost, StopRunError, SystemDown, TransientError
from bridge_agent.domain.plan import Target
from bridge_agent.domain.ports import Pages, Source
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.screen import ScreenSource, sweep_abandoned, work_folder
from tests.unit.sources.fake_pages import Entry, FakePages, FakeSystem
from tests.unit.sources.packages import PROFILE, listed

Make = Callable[..., tuple[ScreenSource, FakePages, FakeSystem]]
NUMBERS = ["001", "002", "003", "004", "005"]


class StoppedClock:
    def __init__(self) -> None:
        self.waited: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 11, 5, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def build(*numbers: str, **trouble: object) -> tuple[ScreenSource, FakePages, FakeSystem]:
        system = FakeSystem({number: Entry() for number in numbers or NUMBERS})
        for name, value in trouble.items():
            setattr(system, name, value)
        pages = FakePages(system)
        return ScreenSource(PROFILE, pages, tmp_path / "work", StoppedClock()), pages, system

    return build


def delivered(source: ScreenSource, *numbers: str) -> dict[str, Delivered]:
    found = list(source.deliver([listed(number) for number in numbers or NUMBERS]))
    by_number = {each.listed.receipt_no: each for each in found}
    assert len(by_number) == len(found), "delivered twice"
    return by_number


def refusals(found: dict[str, Delivered]) -> dict[str, str]:
    return {number: each.refusal for number, each in found.items() if each.application is None}


def test_fits_the_ports(make: Make) -> None:
    source, fake, _ = make()
    port: Source = source
    pages: Pages = fake
    assert (port.name, port.scope) == ("minamo", "shi")
    port.close()
    assert pages.screen is fake
    assert fake.log == ["close"]


def test_all_pages_of_the_list_are_read(make: Make) -> None:
    source, pages, _ = make()
    rows = source.approved()
    assert [row.receipt_no for row in rows] == NUMBERS
    assert (rows[0].procedure_code, rows[0].procedure_name, rows[0].revision) == ("K0020", "負担割合証の再交付", "1")
    assert pages.log.count("start") == 1


def test_an_empty_list_is_a_list(make: Make) -> None:
    source, _, system = make()
    system.entries.clear()
    assert source.approved() == ()


def test_a_list_that_does_not_add_up_is_read_again_and_then_refused(make: Make) -> None:
    source, pages, _ = make(total_shown="6")
    with pytest.raises(SystemDown, match="合いません"):
        source.approved()
    assert sum("page=1" in line for line in pages.log) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        {"total_shown": "たくさん"},
        {"headings": ("", "番号", "手続", "状態", "版")},
        {"headings": ("受付番号", "受付番号", "手続", "状態", "版")},
        {"statuses": [403]},
    ],
)
def test_a_list_that_looks_different_stops_the_run(make: Make, trouble: dict[str, object]) -> None:
    source, _, _ = make(**trouble)
    with pytest.raises(StopRunError, match="想定と違います"):
        source.approved()


def test_a_filter_that_does_not_filter_stops_the_run(make: Make) -> None:
    source, _, system = make(lists_everything=True)
    system.entries["003"].state = "取下げ"
    with pytest.raises(StopRunError, match="承認済でない"):
        source.approved()


@pytest.mark.parametrize("first", [TransientError("応答がありません。"), SystemDown("停止中です。")])
def test_a_system_that_is_down_gets_two_tries(make: Make, first: TransientError) -> None:
    source, _, system = make(trouble=[first])
    assert len(source.approved()) == 5
    system.trouble = [TransientError("応答がありません。"), TransientError("応答がありません。")]
    with pytest.raises(SystemDown, match="2回"):
        source.approved()


def test_an_error_page_is_a_failed_try(make: Make) -> None:
    source, _, system = make(statuses=[503])
    assert len(source.approved()) == 5
    system.statuses = [503, 500]
    with pytest.raises(SystemDown, match="500"):
        source.approved()


def test_a_lost_session_is_renewed_once(make: Make) -> None:
    source, pages, system = make(trouble=[SessionLost("切れました。")])
    assert len(source.approved()) == 5
    assert pages.log.count("renew") == 1
    system.trouble = [SessionLost("切れました。"), SessionLost("切れました。")]
    with pytest.raises(SystemDown, match="ログイン画面に戻されます"):
        source.approved()


def test_every_application_comes_once_and_nothing_is_left_on_the_disk(make: Make, tmp_path: Path) -> None:
    source, pages, _ = make()
    found = delivered(source)
    assert list(found) == NUMBERS
    assert refusals(found) == {}
    assert pages.downloads == [["001", "002"], ["003", "004"], ["005"]]
    assert list((tmp_path / "work").iterdir()) == []
    if sys.platform != "win32":
        assert set(pages.modes) == {0o700}


def test_only_what_is_wanted_is_ticked(make: Make) -> None:
    source, pages, _ = make()
    assert list(delivered(source, "002", "005")) == ["002", "005"]
    assert pages.downloads == [["002"], ["005"]]


def test_a_list_that_moves_under_the_download_loses_nobody(make: Make) -> None:
    """What is withdrawn right after its download leaves the list, and all others move forward."""
    source, _, _ = make(withdrawn_by_download=frozenset(NUMBERS))
    found = delivered(source)
    assert sorted(found) == NUMBERS
    assert refusals(found) == {}


def test_one_that_left_the_list_before_comes_with_what_it_is_now(make: Make) -> None:
    source, _, system = make()
    for number, state in {"001": "取下げ", "002": "補正依頼中", "003": "連携済", "004": "見たことのない状態"}.items():
        system.entries[number].state = state
    assert refusals(delivered(source)) == {
        "001": Reason.WITHDRAWN,
        "002": Reason.CONTENT_CHANGED,
        "003": Reason.ALREADY_AT_CORE,
        "004": Reason.SOURCE_STATE_UNKNOWN,
    }


def test_a_damaged_zip_is_downloaded_again(make: Make) -> None:
    source, pages, _ = make("001", "002", damaged=1)
    assert refusals(delivered(source, "001", "002")) == {}
    assert pages.downloads == [["001", "002"], ["001", "002"]]


def test_one_that_spoils_every_zip_is_found_and_refused_by_name(make: Make, tmp_path: Path) -> None:
    source, pages, _ = make(always_damaged=frozenset({"002"}))
    assert refusals(delivered(source)) == {"002": Reason.PACKAGE_DAMAGED}
    assert pages.downloads == [["001", "002"]] * 2 + [["001"], ["002"], ["002"], ["003", "004"], ["005"]]
    assert list((tmp_path / "work").iterdir()) == []


def test_one_that_the_system_cannot_give_is_found_and_refused_by_name(make: Make) -> None:
    source, pages, _ = make(never_given=frozenset({"002"}))
    assert refusals(delivered(source)) == {"002": Reason.PACKAGE_DAMAGED}
    assert pages.downloads == [["001", "002"]] * 2 + [["001"], ["002"], ["002"], ["003", "004"], ["005"]]


def test_downloads_that_never_begin_end_the_run_before_anything_is_refused(make: Make) -> None:
    source, _, _ = make(never_given=frozenset(NUMBERS[:3]), page_size=3)
    given: list[Delivered] = []
    with pytest.raises(SystemDown):
        given.extend(source.deliver([listed(number) for number in NUMBERS]))
    assert given == []


def test_the_zip_is_gone_even_when_the_download_dies(make: Make, tmp_path: Path) -> None:
    source, _, _ = make("001")
    stopped = source.deliver([listed("001")])
    next(stopped)
    assert list((tmp_path / "work").iterdir()) == []
    source.close()
    assert not (tmp_path / "work").exists()


def test_what_a_killed_process_left_is_swept_and_the_livings_is_not(tmp_path: Path) -> None:
    dead, living = work_folder(tmp_path, 11), work_folder(tmp_path, 22)
    for folder in (dead, living, tmp_path / "other-folder"):
        folder.mkdir()
        (folder / "a.zip").write_bytes(b"x")
    assert sweep_abandoned(tmp_path, lambda pid: pid == 22) == 1
    assert {folder.name for folder in tmp_path.iterdir()} == {living.name, "other-folder"}
    assert sweep_abandoned(tmp_path / "nowhere", lambda pid: False) == 0


def test_a_number_that_cannot_be_ticked_safely_is_refused(make: Make) -> None:
    source, pages, _ = make("001")
    odd = "1'],body,[x='"
    assert refusals(delivered(source, odd, "001")) == {odd: Reason.PACKAGE_DAMAGED}
    assert pages.downloads == [["001"]]


def test_a_trouble_in_the_middle_of_a_download_is_tried_again(make: Make) -> None:
    source, pages, system = make("001")
    system.trouble = []
    batches = source.deliver([listed("001")])
    original = pages.open

    def stumbling(place: str) -> None:
        pages.open = original  # type: ignore[method-assign]
        raise SessionLost("切れました。")

    pages.open = stumbling  # type: ignore[method-assign]
    assert [each.refusal for each in batches] == [""]
    assert pages.log.count("renew") == 1


def test_a_standing_is_one_request(make: Make) -> None:
    source, pages, system = make()
    system.entries["003"] = Entry("連携済", "2", "C-9")
    assert source.standing("003") == Standing(SourceState.LINKED, "2", "C-9")
    assert pages.log == ["start", "peek /applications/003"]
    assert source.standing("999").state is SourceState.UNKNOWN
    system.entries["003"].state = "見たことのない状態"
    assert source.standing("003").state is SourceState.UNKNOWN


def test_a_page_of_another_application_is_no_standing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    source, _, _ = make()
    monkeypatch.setattr("bridge_agent.sources.screen.quote", lambda text, safe: "002")
    with pytest.raises(StopRunError, match="想定と違います"):
        source.standing("001")


def test_linking_is_proven_by_the_state_and_done_once(make: Make) -> None:
    source, pages, system = make()
    source.report_linked("001", "C-1")
    source.report_linked("001", "C-1")
    assert system.entries["001"] == Entry("連携済", "1", "C-1")
    assert pages.log.count("press") == 1


def test_a_linking_whose_answer_was_lost_is_not_pressed_again(make: Make) -> None:
    source, pages, system = make()
    original = pages.press

    def cut(target: Target, over: Target | None = None) -> None:
        original(target, over)
        system.trouble = [TransientError("応答がありません。")]

    pages.press = cut  # type: ignore[method-assign]
    source.report_linked("001", "C-1")
    assert pages.log.count("press") == 1


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry("連携済", "1", "C-2"), Reason.OTHER_OPERATOR),
        (Entry("取下げ"), Reason.WITHDRAWN_AFTER_ENTRY),
        (Entry("補正依頼中"), Reason.WITHDRAWN_AFTER_ENTRY),
        (Entry("見たことのない状態"), Reason.SOURCE_STATE_UNKNOWN),
    ],
)
def test_what_cannot_be_linked_is_a_matter_for_a_person(make: Make, entry: Entry, reason: Reason) -> None:
    source, pages, system = make()
    system.entries["001"] = entry
    with pytest.raises(BusinessError) as caught:
        source.report_linked("001", "C-1")
    assert caught.value.reason is reason
    assert "press" not in pages.log


def test_a_refused_linking_is_a_matter_for_a_person(make: Make) -> None:
    source, _, _ = make(refuses_links=True)
    with pytest.raises(BusinessError, match="断られました"):
        source.report_linked("001", "C-1")


def test_nothing_is_not_a_number_to_link_with(make: Make) -> None:
    source, pages, _ = make()
    with pytest.raises(ValueError):
        source.report_linked("001", "")
    assert pages.log == []
