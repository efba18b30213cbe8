"""Plain CSV files with many rows: endless, half written, in another encoding, with other columns."""

from __future__ import annotations

import csv
import io

from bridge_agent.domain.reasons import Reason
from tests.unit.sources.hostile.case import ACCEPTED, Case, Put, put_bytes
from tests.unit.sources.packages import columns

COLUMNS, ENCODING = Reason.PACKAGE_COLUMN, Reason.PACKAGE_ENCODING


def table(*rows: dict[str, str], charset: str = "cp932") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(list(row.values()) for row in rows)
    return out.getvalue().encode(charset)


def number(n: int) -> str:
    return f"02026110600{n:02}"


ROWS = [columns(number(n)) for n in range(1, 4)]
GOOD = table(*ROWS)
HEADING, FIRST, REST = GOOD.split(b"\r\n", 2)


def file(raw: bytes) -> Put:
    return put_bytes("list.csv", raw)


def changed(**cells: str) -> bytes:
    return table(ROWS[0], {**ROWS[1], **cells})


CSV_CASES: tuple[Case, ...] = (
    Case("a line without an end", file(HEADING + b"\r\n" + b"x" * 20_000_000)),
    Case("a heading without an end", file(b",".join([HEADING] * 20_000))),
    Case("a row of many lines without an end", file(HEADING + b'\r\n"' + b"x\r\n" * 3_000_000)),
    Case(
        "5,000 columns in a list", file(HEADING + b"," + b",".join(b"c%d" % n for n in range(5000)) + b"\r\n" + FIRST)
    ),
    Case("two million quotes", file(GOOD.replace(b"R8.1", b'""' * 1_000_000, 1))),
    Case("a quote that is never closed in a list", file(GOOD + b'"0202611060099,x')),
    Case("a list cut in the middle of a row", file(GOOD[: len(HEADING) + len(FIRST) + 20])),
    Case(
        "a list cut in the middle of a character",
        file(HEADING + b"\r\n" + FIRST[: FIRST.index("髙".encode("cp932")) + 1]),
        ENCODING,
    ),
    Case("a list in UTF-8", file(table(*ROWS, charset="utf-8")), ENCODING),
    Case("a list in UTF-16", file(table(*ROWS, charset="utf-16")), ENCODING),
    Case("a list with a mark that nobody declared", file(b"\xef\xbb\xbf" + GOOD), ENCODING),
    Case("a list with NUL", file(GOOD.replace(b"R8.1", b"R8\x001")), ENCODING),
    Case("a list of NULs", file(b"\0" * 3_000_000)),
    Case("a list with stray bytes in its last row", file(GOOD[:-20] + b"\xfd" + GOOD[-20:]), ENCODING),
    Case("a list without a heading", file(FIRST + b"\r\n" + REST), ENCODING),
    Case("a list of another system", file(b"a,b,c\r\n1,2,3\r\n"), ENCODING),
    Case("a list with a column twice", file(GOOD.replace("住所".encode("cp932"), "氏名".encode("cp932"), 1)), COLUMNS),
    Case(
        "a list with a column less", file(table(*({k: v for k, v in r.items() if k != "住所"} for r in ROWS))), COLUMNS
    ),
    Case("a list with a column more", file(table(*({**r, "備考": ""} for r in ROWS))), COLUMNS),
    Case("a list with a column moved", file(table(*(dict(reversed(list(r.items()))) for r in ROWS))), COLUMNS),
    Case(
        "a list without numbers", file(table(*({k: v for k, v in r.items() if k != "受付番号"} for r in ROWS))), COLUMNS
    ),
    Case(
        "a list without procedures",
        file(table(*({k: v for k, v in r.items() if k != "手続コード"} for r in ROWS))),
        COLUMNS,
    ),
    Case("a row with a cell too few", file(GOOD[: GOOD.rindex(b",")] + b"\r\n")),
    Case("a row with a cell too many", file(GOOD + FIRST + b',"x"\r\n')),
    Case("a row without a number", file(changed(受付番号=""))),
    Case("a row whose number leads elsewhere", file(changed(受付番号="../../x"))),
    Case("a row whose number is a formula", file(changed(受付番号="=1+1"))),
    Case("a row whose number is 100,000 digits long", file(changed(受付番号="1" * 100_000))),
    Case("line ends of old", file(GOOD.replace(b"\r\n", b"\r"))),
    Case("a heading and nothing else in a list", file(HEADING + b"\r\n")),
    Case("an empty list", file(b""), ENCODING),
    Case("one number with two contents", file(changed(受付番号=number(1), 住所="別の所")), Reason.RECEIPT_CONFLICT),
    Case(
        "one number with revisions of no order",
        file(table({**ROWS[0], "版": "初版"}, {**ROWS[0], "版": "改版"})),
        Reason.RECEIPT_CONFLICT,
    ),
    Case(
        "formulas in a list",
        file(changed(氏名='=HYPERLINK("http://x")', 住所="+1", 様式版="-1", 宛名番号="@x")),
        ACCEPTED,
    ),
)
