"""Faults of the pages on the way: scripts in them, spoiled bytes, another's completion screen."""

from __future__ import annotations

import pytest

from tests.unit.mock_core_ui.core.samples import HANA, TARO
from tests.unit.mock_core_ui.core.walking import Walk


@pytest.mark.parametrize(
    ("fault", "page", "script"),
    [
        ("M16", "entry", 'alert("'),
        ("M16b", "complete", 'alert("印刷サービス'),
        ("M17", "entry", 'if(!confirm("前回の操作'),
        ("M17b", "complete", 'if(!confirm("受付票'),
        ("M18", "confirm", '"beforeunload"'),
        ("M18b", "complete", '"beforeunload"'),
        ("M19", "entry", "var w=window.open("),
        ("M19b", "complete", "var w=window.open("),
        ("M21", "complete", "window.print()"),
        ("M21b", "confirm", "window.print()"),
        ("M27", "confirm", "send().finally"),
        ("M30", "confirm", "send().finally"),
        ("M35", "confirm", "throw new Error"),
        ("M35b", "confirm", "throw new Error"),
    ],
)
def test_script_stands_on_the_page_it_belongs_to_and_on_no_other(
    walk: Walk, fault: str, page: str, script: str
) -> None:
    walk.plan({"fault": fault})
    pages = {"entry": walk.entry(), "confirm": walk.confirm(), "complete": walk.register()}
    assert [kind for kind, shown in pages.items() if script in walk.scripts(shown)] == (
        [page] if walk.can(fault) else []
    )
    fired = {"entry": 1, "confirm": 2, "complete": 1}[page] if walk.can(fault) else 0
    assert walk.core.plan.report()[0]["fired"] == fired


@pytest.mark.parametrize(("fault", "kind"), [("M10", "complete"), ("M11", "complete"), ("M11b", "entry")])
def test_spoiled_bytes_under_a_good_header(walk: Walk, fault: str, kind: str) -> None:
    walk.plan({"fault": fault})
    answer = walk.register() if kind == "complete" else walk.entry()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == walk.content_type
    assert answer.content_length == len(answer.data)
    if fault == "M10":
        assert answer.data == b""
    else:
        with pytest.raises(UnicodeDecodeError):
            answer.data.decode("utf-8")
        known = HANA.name if kind == "complete" else walk.screen.title
        assert known in answer.data.decode("cp932")
    assert len(walk.commits()) == (kind == "complete")


@pytest.mark.parametrize(("fault", "commits"), [("M20", 1), ("M20b", 0)])
def test_a_file_instead_of_a_page(walk: Walk, fault: str, commits: int) -> None:
    walk.plan({"fault": fault})
    answer = walk.register() if commits else walk.confirm()
    assert answer.headers.get("Content-Disposition", "").startswith("attachment") == walk.can(fault)
    assert answer.data.startswith(b"%PDF-") == walk.can(fault)
    assert len(walk.commits()) == commits


def test_entry_page_cut_off(walk: Walk) -> None:
    walk.plan({"fault": "M9b", "bytes": 77})
    assert walk.entry().headers["X-Mock-Wire"] == "truncate:77"


def test_completion_screen_of_another_person(walk: Walk) -> None:
    walk.plan({"fault": "M24"})
    page = walk.register().text
    assert walk.completion_text in page
    assert TARO.name in page
    assert HANA.name not in page
    assert HANA.atena_no not in page
    [commit] = walk.commits()
    assert commit.atena_no == HANA.atena_no
    assert commit.receipt not in page


def test_completion_screen_of_another_person_with_nothing_stored(walk: Walk) -> None:
    walk.plan({"fault": "M24b"})
    page = walk.register().text
    assert walk.completion_text in page
    assert TARO.name in page
    assert walk.commits() == []


def test_second_request_is_refused_for_its_token(walk: Walk) -> None:
    walk.plan({"fault": "M27"})
    token = walk.token(walk.confirm())
    assert "トークンエラー" not in walk.send(token).text
    assert "トークンエラー" in walk.send(token).text
    assert len(walk.commits()) == 1


def test_second_request_is_accepted(walk: Walk) -> None:
    walk.plan({"fault": "M30"})
    token = walk.token(walk.confirm())
    for _ in range(2):
        walk.send(token)
    assert len(walk.commits()) == 2


def test_text_cannot_leave_its_script(walk: Walk) -> None:
    for fault in ("M16", "M17", "M19"):
        walk.plan({"fault": fault, "text": '</script><b>"x'})
        page = walk.entry().text
        assert "</script><b>" not in page
        assert "\\u003c/script>" in page
