"""The list of applications: filter, pages, order, and the list of states as CSV."""

from __future__ import annotations

import csv
import io
import re

from .conftest import Desk


def numbers_on(page: str) -> list[str]:
    return re.findall(r'name="receipt_no" value="([^"]+)"', page)


def test_pages_hold_all_in_order_once(desk: Desk) -> None:
    pages = [desk.page(f"/applications?page={page}") for page in (1, 2, 3)]
    assert [len(numbers_on(page)) for page in pages] == [25, 25, 10]
    assert [number for page in pages for number in numbers_on(page)] == [
        each.receipt_no for each in desk.world.applications
    ]
    assert '全 <b id="total">60</b> 件' in pages[0]
    assert "1 / 3 ページ" in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]


def test_page_beyond_the_last_shows_the_last(desk: Desk) -> None:
    assert "3 / 3 ページ" in desk.page("/applications?page=99")
    assert "1 / 3 ページ" in desk.page("/applications?page=x&size=-1&state=nonsense")


def test_filter_by_procedure_and_size(desk: Desk) -> None:
    page = desk.page("/applications?procedure=K0020&size=50")
    wanted = [each.receipt_no for each in desk.world.applications if each.procedure_code == "K0020"]
    assert numbers_on(page) == wanted


def test_default_shows_only_approved(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.post(f"/applications/{number}/link", core_number="A1")
    assert number not in numbers_on(desk.page("/applications"))
    assert numbers_on(desk.page("/applications?state=5")) == [number]
    assert number in numbers_on(desk.page("/applications?state=all&size=100"))


def test_names_are_escaped_and_shown(desk: Desk) -> None:
    name = desk.application("beyond_bmp").values["applicant_name"]
    assert isinstance(name, str)
    assert name in desk.page("/applications?state=all&size=100")


def test_export_lists_states(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.post(f"/applications/{number}/link", core_number="A1")
    answer = desk.client.get("/applications/export?state=all")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(io.StringIO(answer.data.decode("cp932"), newline="")))
    assert lines[0] == ["受付番号", "手続コード", "手続名", "申請日時", "状態", "版", "更新日時", "基幹側受付番号"]
    assert len(lines) == 61
    line = next(line for line in lines if line[0] == number)
    assert line[4:] == ["連携済", "1", "2026-11-20T20:45:00+09:00", "A1"]
    approved = desk.client.get("/applications/export").data.decode("cp932")
    assert number not in approved


def test_empty_list_says_so(desk: Desk) -> None:
    assert "該当する申請はありません。" in desk.page("/applications?state=6")
