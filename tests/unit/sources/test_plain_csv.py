"""Rows of a list are found again by their place, in every declared encoding, without the list being kept."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from bridge_agent.domain.package_shape import Charset
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.package import Origin, Refused
from bridge_agent.sources.plain_csv import Row, read_row, rows
from tests.unit.sources.packages import SHAPE, columns

ORIGIN = Origin("minamo", "shi")


def number(n: int) -> str:
    return f"0202611{n:06}"


def table(lines: Sequence[dict[str, str]], charset: str, ends: str = "\r\n", quoting: int = csv.QUOTE_ALL) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting, lineterminator=ends)  # type: ignore[arg-type]
    writer.writerow(lines[0])
    writer.writerows(list(line.values()) for line in lines)
    return out.getvalue().encode(charset)


def read(file: Path, charset: Charset) -> list[Row]:
    return list(rows(file, charset, SHAPE))


@pytest.mark.parametrize("charset", ["cp932", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_each_row_is_read_again_from_its_place(tmp_path: Path, charset: Charset, ends: str) -> None:
    lines = [columns(number(n), 住所=f'汐見原市{n}丁目{ends}ソ表能"{n}"', 氏名="髙﨑　ー～") for n in range(9)]
    file = tmp_path / "list.csv"
    file.write_bytes(table(lines, charset, ends))
    found = read(file, charset)
    assert [row.found.listed.receipt_no for row in found] == [number(n) for n in range(9)]
    for line, row in reversed(list(zip(lines, found, strict=True))):
        assert dict(read_row(file, charset, row, SHAPE, ORIGIN).columns) == line


def test_without_quotes_and_with_empty_lines_between(tmp_path: Path) -> None:
    lines = [columns(number(n)) for n in range(3)]
    file = tmp_path / "list.csv"
    file.write_bytes(table(lines, "cp932", quoting=csv.QUOTE_MINIMAL).replace(b"\r\n", b"\r\n\r\n"))
    found = read(file, "cp932")
    assert [dict(read_row(file, "cp932", row, SHAPE, ORIGIN).columns) for row in found] == lines


def test_a_mark_may_stand_at_the_beginning_only(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    good = table([columns(number(1))], "utf-8-sig")
    head, rest = good.split(b"\r\n", 1)
    file.write_bytes(head + b"\r\n" + b"\xef\xbb\xbf" + rest)
    with pytest.raises(Refused) as refused:
        read(file, "utf-8-sig")
    assert refused.value.reason is Reason.PACKAGE_ENCODING
    file.write_bytes(good)
    with pytest.raises(Refused):
        read(file, "utf-8")
    assert len(read(file, "utf-8-sig")) == 1


def test_a_list_without_a_mark_is_read_where_one_may_stand(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(table([columns(number(1))], "utf-8"))
    assert len(read(file, "utf-8-sig")) == 1


def test_a_procedure_without_declared_columns_is_taken_as_it_comes(tmp_path: Path) -> None:
    """It is held afterwards, as there is no recipe for it."""
    file = tmp_path / "list.csv"
    file.write_bytes(table([columns(number(1), 手続コード="Z9999") | {"備考": "x"}], "cp932"))
    (row,) = read(file, "cp932")
    assert (row.found.refusal, row.found.listed.procedure_code) == (None, "Z9999")


def test_a_list_that_changed_while_it_was_read_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    lines = [columns(number(n)) for n in range(3)]
    file.write_bytes(table(lines, "cp932"))
    row = read(file, "cp932")[1]
    file.write_bytes(table(list(reversed(lines)), "cp932").replace(b"R8.1", b"R8.10"))
    with pytest.raises(Refused):
        read_row(file, "cp932", row, SHAPE, ORIGIN)


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(table([columns(number(n)) for n in range(20_000)], "cp932"))
    tracemalloc.start()
    try:
        count = sum(1 for _ in rows(file, "cp932", SHAPE))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 1_000_000
