"""The look-up in a browser: all pages, all columns, and no guess when something does not add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_agent.domain.ports import LookUpUnreadable, Search
from bridge_agent.drivers.browser import BrowserCoreSession
from tests.e2e.browser_sessions import session, shows
from tests.e2e.browser_site import Answer, Handler, Site, page, redirect

pytestmark = pytest.mark.browser

HEADS = "<thead><tr><th>受付番号</th><th>整理番号</th><th>登録者</th><th>登録日時</th></tr></thead>"
NONE = "<p>該当するデータがありません。</p>"


def row(number: str, reference: str = "R1", when: str = "2026/11/05 01:02:03") -> str:
    return f"<tr><td><a href='/records/{number}'>{number}</a></td><td>{reference}</td><td>連携　一号</td><td>{when}</td></tr>"


def listing(rows: list[str], count: int) -> Answer:
    return page(
        f"<p id=count>全 {count} 件</p><table id=list>{HEADS}<tbody>{''.join(rows)}</tbody></table>", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="module", params=["http", "screen"])
def core(site: Site, browser_path: Path, request: pytest.FixtureRequest) -> Iterator[BrowserCoreSession]:
    from tests.e2e.browser_sessions import profile

    shape = profile().lookup.model_dump(by_alias=True) | {"via": request.param}
    core = session(site.base, browser_path, lookup=shape)
    core.start()
    yield core
    core.close()


def unreadable(core: BrowserCoreSession) -> str:
    with pytest.raises(LookUpUnreadable) as raised:
        core.look_up.search(Search("p", reference="R1"))
    return raised.value.why


def test_all_pages_are_read(core: BrowserCoreSession, site: Site) -> None:
    asked = []

    def records(handler: Handler, form: dict[str, list[str]]) -> Answer:
        asked.append(form)
        assert handler.session() in site.sessions
        start = (int(form["page"][0]) - 1) * 2
        return listing([row(f"00{n}") for n in (1, 2, 3)][start : start + 2], 3)

    site.at("GET", "/records", records)
    core.screen.open("/menu")
    core.screen.recognise([shows("メニュー")])
    found = core.look_up.search(Search("p", reference="R 1/?&", atena_no="0000000012"))
    assert [r.record_id for r in found] == ["001", "002", "003"]
    assert (found[0].reference, found[0].operator) == ("R1", "連携　一号")
    assert found[0].registered_at == datetime(2026, 11, 4, 16, 2, 3, tzinfo=UTC)
    assert [form["page"] for form in asked] == [["1"], ["2"]]
    assert asked[0]["ref"] == ["R 1/?&"]
    core.look_up.search(Search("p", atena_no="0000000012"))
    assert asked[-1]["atena"] == ["0000000012"]
    core.screen.recognise([shows("メニュー")])  # the entry screen has not moved


def test_nothing_found_must_be_said(core: BrowserCoreSession, site: Site) -> None:
    site.show("/records", NONE)
    assert core.look_up.search(Search("p", reference="R1")) == ()
    site.show("/records", "<p id=count>全 0 件</p>" + NONE)
    assert core.look_up.search(Search("p", reference="R1")) == ()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (listing([row("1")], 2), "count_differs"),
        (listing([row("1"), row("1")], 2), "rows_repeated"),
        (listing([row("1", when="昨日")], 1), "time_unreadable"),
        (listing([row("")], 1), "no_record_id"),
        (listing(["<tr><td>1</td><td>R</td></tr>"], 1), "columns_differ"),
        (page("<p id=count>全 0 件</p>"), "no_list"),
        (page("<p>お待ちください</p>"), "no_list"),
        (page("<p id=count>全 1 件</p>" + NONE), "count_differs"),
        ((500, {"Content-Type": "text/html"}, b"<p>x"), "status_500"),
        (page("<p>只今停止しています</p>"), "system_down"),
        (page(f"<p id=count>全 1 件</p><table id=list>{HEADS.replace('整理', '整埋')}<tbody>{row('1')}</tbody></table>"),
         "heading_missing"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_unreadable(core: BrowserCoreSession, site: Site, answer: Answer, why: str) -> None:
    site.at("GET", "/records", lambda *_: answer)
    assert unreadable(core) == why


def test_a_dead_line_is_unreadable(core: BrowserCoreSession, site: Site) -> None:
    site.at("GET", "/records", lambda handler, _: handler.drop())
    assert unreadable(core) == "no_answer"


def test_a_lost_session_is_mended_once(core: BrowserCoreSession, site: Site) -> None:
    def records(handler: Handler, form: dict[str, list[str]]) -> Answer:
        return listing([row("1")], 1) if handler.session() in site.sessions else redirect("/login", 302)

    site.at("GET", "/records", records)
    site.sessions.clear()
    logins = site.logins
    assert len(core.look_up.search(Search("p", reference="R1"))) == 1
    assert site.logins == logins + 1
    site.at("GET", "/records", lambda *_: redirect("/login", 302))
    assert unreadable(core) == "session_lost"
    assert site.logins == logins + 2


def test_a_detail_is_told_by_group_and_label(core: BrowserCoreSession, site: Site) -> None:
    site.show("/records/0007", "<table class=detail><tr><th>受付番号</th><td>0007</td></tr></table><h2>申請者</h2>"
              "<table class=detail><tr><th>氏名：</th><td>髙橋　﨑<script>1</script></td><th>備考</th><td>一<br>二 \n 三</td></tr></table>"
              "<h2>児童</h2><table class=detail><tr><th>氏名</th><td>次郎</td></tr><tr><th>氏名</th><td></td></tr></table>")  # fmt: skip
    detail = core.look_up.detail("0007")
    assert detail.record_id == "0007"
    assert dict(detail.lines) == {
        "受付番号": "0007",
        "申請者/氏名": "髙橋　﨑",
        "申請者/備考": "一\n二 三",
        "児童/氏名": "次郎",
        "児童/氏名#2": "",
    }
    site.show("/records/8", "<p>ありません</p>")
    with pytest.raises(LookUpUnreadable, match="no_detail"):
        core.look_up.detail("8")


def test_a_query_may_be_a_post(site: Site, browser_path: Path) -> None:
    from tests.e2e.browser_sessions import profile

    post = {
        "post": "/search",
        "form": {"ACTION": "list", "ATENA": "{atena_no}", "PAGE": "{page}", "NAME": "{procedure}"},
    }
    site.at("POST", "/search", lambda _, form: listing([row(form["ATENA"][0] + form["NAME"][0])], 1))
    for via in ("http", "screen"):
        shape = profile().lookup.model_dump(by_alias=True) | {"via": via, "by_reference": None, "by_person": post}
        core = session(site.base, browser_path, lookup=shape)
        core.start()
        try:
            assert core.look_up.search(Search("認定", atena_no="12"))[0].record_id == "12認定"
        finally:
            core.close()


def test_a_question_asked_ahead_is_answered_once_and_only_once(core: BrowserCoreSession, site: Site) -> None:
    asked: list[str] = []

    def records(handler: Handler, form: dict[str, list[str]]) -> Answer:
        asked.append(form["ref"][0])
        return listing([row(f"A{len(asked)}")], 1)

    site.at("GET", "/records", records)
    core.look_up.ahead(Search("p", reference="R1"))
    first = core.look_up.search(Search("p", reference="R1"))
    again = core.look_up.search(Search("p", reference="R1"))
    assert [r.record_id for r in (*first, *again)] == ["A1", "A2"]  # a second look is a new look
    core.look_up.ahead(Search("p", reference="R1"))
    other = core.look_up.search(Search("p", reference="R2"))
    assert asked[-1] == "R2"
    assert other[0].record_id == f"A{len(asked)}"


def test_asking_ahead_never_fails(core: BrowserCoreSession, site: Site) -> None:
    site.at("GET", "/records", lambda *_: (500, {}, b"error"))
    core.look_up.ahead(Search("p", reference="R9"), "K-1")
    with pytest.raises(LookUpUnreadable):
        core.look_up.search(Search("p", reference="R9"))
