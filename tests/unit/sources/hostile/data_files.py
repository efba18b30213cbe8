"""Packages whose ZIP is good, and whose data file is not."""

from __future__ import annotations

from bridge_agent.domain.reasons import Reason
from tests.unit.sources.hostile.case import ACCEPTED, COUNTING_SHAPE, XML, Case, Put, good, put_zip, with_file
from tests.unit.sources.packages import NUMBER, columns, csv_bytes

DATA = f"{NUMBER}/申請データ.csv"
COLUMNS, ENCODING = Reason.PACKAGE_COLUMN, Reason.PACKAGE_ENCODING


def data(raw: bytes) -> Put:
    return put_zip(good() | {DATA: raw})


def without(name: str) -> Put:
    return put_zip({path: raw for path, raw in good().items() if path != f"{NUMBER}/{name}"})


def lost(column: str) -> dict[str, str]:
    return {name: text for name, text in columns().items() if name != column}


GOOD = csv_bytes(columns())
COUNTED = good(添付件数="1")

DATA_CASES: tuple[Case, ...] = (
    Case("data in UTF-8", data(csv_bytes(columns(), "utf-8")), ENCODING),
    Case("data in UTF-16", data(csv_bytes(columns(), "utf-16")), ENCODING),
    Case("data in EUC-JP", data(csv_bytes(columns(氏名="高橋", 住所="港町", 子1_氏名="高橋"), "euc_jp")), ENCODING),
    Case("mark that nobody declared", data(b"\xef\xbb\xbf" + GOOD), ENCODING),
    Case("stray byte 80", data(GOOD.replace(b"R8.1", b"R8\x801")), ENCODING),
    Case("stray byte FF", data(GOOD.replace(b"R8.1", b"R8\xff1")), ENCODING),
    Case("stray byte A0", data(GOOD.replace(b"R8.1", b"R8\xa01")), ENCODING),
    Case("half a character at the end", data(GOOD[:-3] + b"\x8d"), ENCODING),
    Case("NUL in a text", data(GOOD.replace(b"R8.1", b"R8\x001")), ENCODING),
    Case("escape sequence in a text", data(GOOD.replace(b"R8.1", b"\x1b[2J")), ENCODING),
    Case("no heading", data(GOOD.split(b"\r\n", 1)[1]), ENCODING),
    Case("heading and nothing else", data(GOOD.split(b"\r\n", 1)[0])),
    Case("two rows", data(csv_bytes(columns(), rows=2))),
    Case("one cell too few", data(GOOD[: GOOD.rindex(b",")] + b"\r\n")),
    Case("one cell too many", data(GOOD[:-2] + b',"x"\r\n')),
    Case("quote that is never closed", data(GOOD.replace(b'"R8.1"', b'"R8.1'))),
    Case("text after a quote", data(GOOD.replace(b'"R8.1"', b'"R8.1"x'))),
    Case("column is missing", data(csv_bytes(lost("住所"))), COLUMNS),
    Case("common column is missing", data(csv_bytes(lost("版"))), COLUMNS),
    Case("column of the procedure is missing", data(csv_bytes(lost("手続コード"))), COLUMNS),
    Case("column twice", data(GOOD.replace("住所".encode("cp932"), "氏名".encode("cp932"), 1)), COLUMNS),
    Case("column that is new", data(csv_bytes({**columns(), "備考": ""})), COLUMNS),
    Case("columns in another order", data(csv_bytes(dict(reversed(list(columns().items()))))), COLUMNS),
    Case("5,000 columns", data(csv_bytes({**columns(), **{f"c{n}": "" for n in range(5000)}})), COLUMNS),
    Case("a text of 4 MB", data(GOOD.replace(b"R8.1", b"x" * 4_000_000))),
    Case("a million quotes", data(GOOD.replace(b"R8.1", b'""' * 1_000_000))),
    Case("6 MB of empty lines", data(GOOD + b"\r\n" * 3_000_000)),
    Case("another number than its folder's", data(csv_bytes(columns("0202611059999")))),
    Case("a way up as the number", data(csv_bytes(columns("../../x")))),
    Case("a line break in the number", data(csv_bytes(columns("0202\n611")))),
    Case("no such day", data(csv_bytes(columns(申請日時="2026-02-30T00:00:00+09:00"))), Reason.DATE_INVALID),
    Case("a time without its offset", data(csv_bytes(columns(申請日時="2026-02-03T00:00"))), Reason.DATE_INVALID),
    Case("fewer attachments than said", put_zip(good(添付件数="2")), shape=COUNTING_SHAPE),
    Case("more attachments than said", put_zip(COUNTED | {f"{NUMBER}/添付/2.pdf": b"x"}), shape=COUNTING_SHAPE),
    Case("a number of attachments that is none", put_zip(good(添付件数="=1")), shape=COUNTING_SHAPE),
    Case("as many attachments as said", put_zip(COUNTED), ACCEPTED, COUNTING_SHAPE),
    Case("no data file", without("申請データ.csv")),
    Case("no form", without("申請書.pdf")),
    Case("no XML", without(XML)),
    Case("a file that nobody knows", put_zip(with_file(f"{NUMBER}/run.exe"))),
    Case("cells that begin like formulas", put_zip(good(氏名="=cmd|' /C calc'!A0", 住所="@SUM(1+1)")), ACCEPTED),
    Case(
        "an attachment that is a ZIP by its bytes",
        put_zip(good() | {f"{NUMBER}/添付/住民票.pdf": b"PK\x03\x04"}),
        ACCEPTED,
    ),
)
