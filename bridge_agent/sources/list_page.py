"""Reads the list of approved applications from its pages, and refuses a list that does not add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bridge_agent.domain.application import Listed, SourceState
from bridge_agent.domain.errors import StopRunError, TransientError
from bridge_agent.domain.ports import PageRequest, Pages, Peeked, Wanted
from bridge_agent.domain.source_profile import ScreenProfile

_NUMBER = re.compile(r"\d[\d,]*")
_MOST_PAGES = 1000  # a list that never ends is a broken one


@dataclass(frozen=True, slots=True)
class ListedPage:
    total: int
    """What the page says of all pages together."""
    rows: tuple[Listed, ...]


def odd_screen(profile: ScreenProfile, what: str) -> StopRunError:
    """A page is not as the profile says: nothing can be trusted until a person has looked."""
    return StopRunError(
        f"{profile.name}の画面が想定と違います（{what}）。情報担当者に画面の変更を確かめてもらってください。"
    )


def answered(page: Peeked, profile: ScreenProfile) -> Peeked:
    """The page itself. Raises TransientError when the system is in trouble, StopRunError when it is another page."""
    if page.status >= 500:
        raise TransientError(f"{profile.name}がエラーを返しました（{page.status}）。")
    if page.status != 200:
        raise odd_screen(profile, f"応答 {page.status}")
    return page


def page_path(profile: ScreenProfile, page: int) -> str:
    return profile.list_page.path.replace("{page}", str(page))


def read_page(pages: Pages, profile: ScreenProfile, page: int) -> ListedPage:
    shape = profile.list_page
    wanted = Wanted(rows=shape.rows, headings=shape.headings, texts={"total": shape.total})
    peeked = answered(pages.peek(PageRequest(page_path(profile, page)), wanted), profile)
    told = _NUMBER.search(peeked.texts.get("total") or "")
    if told is None:
        raise odd_screen(profile, "一覧の件数")
    places = _places(peeked.headings, profile)
    return ListedPage(int(told[0].replace(",", "")), tuple(_row(row, places, profile) for row in peeked.rows))


def read_all(pages: Pages, profile: ScreenProfile) -> tuple[Listed, ...]:
    """All pages. Raises TransientError when the list moved under the reader: read it again."""
    found: dict[str, Listed] = {}
    rows = 0
    for number in range(1, _MOST_PAGES):
        page = read_page(pages, profile, number)
        rows += len(page.rows)
        found.update((listed.receipt_no, listed) for listed in page.rows)
        if rows >= page.total or not page.rows:
            if not rows == len(found) == page.total:
                break
            return tuple(found.values())
    raise TransientError(f"{profile.name}の一覧の件数（画面の件数と読んだ行数）が合いません。")


def _places(headings: Sequence[str], profile: ScreenProfile) -> dict[str, int]:
    """Our word -> column. Every heading of the profile must be there exactly once."""
    places: dict[str, int] = {}
    for word, heading in profile.list_page.columns.items():
        if headings.count(heading) != 1:
            raise odd_screen(profile, f"一覧の見出し「{heading}」")
        places[word] = headings.index(heading)
    return places


def _row(cells: Sequence[str], places: dict[str, int], profile: ScreenProfile) -> Listed:
    if len(cells) <= max(places.values()):
        raise odd_screen(profile, "一覧の列の数")
    receipt_no = cells[places["receipt_no"]]
    procedure = re.fullmatch(profile.list_page.procedure_pattern, cells[places["procedure"]])
    if not receipt_no or procedure is None:
        raise odd_screen(profile, "一覧の受付番号または手続")
    # A filter that does not filter would enter what nobody approved.
    if "state" in places and profile.states.get(cells[places["state"]]) is not SourceState.APPROVED:
        raise odd_screen(profile, "承認済でない申請が一覧にあります")
    return Listed(receipt_no, procedure["code"], procedure["name"], cells[places["revision"]])
