"""Dates, months and times: every day both ways, both sides of every boundary, and days that never were."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms import dates, months
from bridge_agent.mapping.transforms.table import TRANSFORMS
from bridge_agent.mapping.transforms.unfit import Unfit

FIRST, LAST = date(1873, 1, 1), date(2100, 12, 31)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]

# Written down from the 元号 ordinances, apart from the code: name, letter, its year 1, first and last day.
TABLE = [
    ("明治", "M", 1868, "1873-01-01", "1912-07-29"),
    ("大正", "T", 1912, "1912-07-30", "1926-12-24"),
    ("昭和", "S", 1926, "1926-12-25", "1989-01-07"),
    ("平成", "H", 1989, "1989-01-08", "2019-04-30"),
    ("令和", "R", 2019, "2019-05-01", "2100-12-31"),
]


def in_era(day: date) -> tuple[str, str, int]:
    name, letter, first_year = next(line[:3] for line in TABLE if line[3] <= day.isoformat() <= line[4])
    return name, letter, day.year - first_year + 1


def test_every_day_goes_to_its_era_and_back() -> None:
    assert len(DAYS) == 83_275
    for day in DAYS:
        iso = day.isoformat()
        name, letter, year = in_era(day)
        assert dates.wareki_parts(iso) == (name, str(year), str(day.month), str(day.day))
        gannen, plain, short = dates.wareki(iso), dates.wareki_1nen(iso), dates.wareki_letters(iso)
        assert plain == f"{name}{year}年{day.month}月{day.day}日"
        assert gannen == (plain if year > 1 else f"{name}元年{day.month}月{day.day}日")
        assert short == f"{letter}{year:02d}.{day.month:02d}.{day.day:02d}"
        assert {dates.read_wareki(text) for text in (gannen, plain, short)} == {iso}


def test_every_month_goes_to_its_era_or_has_two() -> None:
    doubled = set()
    for year in range(1873, 2101):
        for month in range(1, 13):
            text = f"{year}-{month:02d}"
            first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            assert months.seireki_month_parts(text) == (str(year), str(month))
            assert (months.month_slashes(text), months.six_digits(text)) == (
                f"{year}/{month:02d}",
                f"{year}{month:02d}",
            )
            if in_era(first)[0] != in_era(last)[0]:
                doubled.add(text)
                with pytest.raises(Unfit):
                    months.wareki_month_parts(text)
                continue
            name, _, year_of_era = in_era(first)
            assert months.wareki_month_parts(text) == (name, str(year_of_era), str(month))
            written = "元" if year_of_era == 1 else str(year_of_era)
            assert months.wareki_month(text) == f"{name}{written}年{month}月"
    assert doubled == {"1912-07", "1926-12", "1989-01"}


NEVER = ["平成31年5月1日", "昭和64年1月8日", "令和元年4月30日", "大正15年12月25日", "明治45年7月30日", "平成元年1月7日"]


@pytest.mark.parametrize(
    "refused",
    [
        *NEVER,
        "明治5年12月2日",
        "令和8年2月29日",
        "令和8年13月1日",
        "令和0年1月1日",
        "令和8年11月",
        "令和八年十一月五日",
        "安政元年1月1日",
        "2026年11月5日",
        "8年11月5日",
        "R8.11-5",
        "令和8.11月5日",
        "令和8年11月5日頃",
        "令和٨年11月5日",
        "r8.11.5",
        "",
    ],
)
def test_days_that_never_were_and_texts_that_are_no_day_are_held(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        dates.read_wareki(refused)
    assert unfit.value.reason is Reason.DATE_INVALID
    assert not refused or refused not in unfit.value.why


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("令和8年11月5日", "2026-11-05"),
        ("令和　８年　５月　１日", "2026-05-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("令1.5.1", "2019-05-01"),
        ("R08.11.05", "2026-11-05"),
        ("Ｈ３１／４／３０", "2019-04-30"),
        ("S64-1-7", "1989-01-07"),
        ("明治6年1月1日", "1873-01-01"),
    ],
)
def test_what_applicants_write_is_read(written: str, wanted: str) -> None:
    assert dates.read_wareki(written) == wanted


@pytest.mark.parametrize("name", ["wareki", "wareki_1nen", "wareki_letters", "slashes", "eight_digits"])
@pytest.mark.parametrize(
    "refused", ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "", "２０２６-０１-０１", "2026-11-05T00:00"]
)
def test_dates_are_taken_in_one_form_only(name: str, refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        TRANSFORMS[name](refused)
    assert unfit.value.reason is Reason.DATE_INVALID


def test_old_years_keep_their_digits() -> None:
    assert (dates.slashes("0987-06-05"), dates.eight_digits("0987-06-05")) == ("0987/06/05", "09870605")
    assert (months.month_slashes("0987-06"), months.six_digits("0987-06")) == ("0987/06", "098706")


@pytest.mark.parametrize("refused", ["2026-00", "2026-13", "2026-1", "2026-11-05", "202611", "", "1872-12"])
def test_months_that_do_not_exist(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        months.wareki_month(refused)
    assert unfit.value.reason is Reason.DATE_INVALID


def test_every_minute_of_a_day() -> None:
    for minute in range(24 * 60):
        text = f"{minute // 60:02d}:{minute % 60:02d}"
        assert months.time_parts(text) == (str(minute // 60), str(minute % 60))
        assert months.four_digits(text) == text.replace(":", "")


@pytest.mark.parametrize("refused", ["24:00", "9:30", "09:60", "0930", "09:30:00", "０９：３０", "", "午前9時"])
def test_times_that_do_not_exist(refused: str) -> None:
    for convert in (months.time_parts, months.four_digits):
        with pytest.raises(Unfit):
            convert(refused)


def test_the_first_year_as_a_screen_wants_it() -> None:
    assert [dates.gannen(year) for year in ("1", "2", "11", "31", "64")] == ["元", "2", "11", "31", "64"]
