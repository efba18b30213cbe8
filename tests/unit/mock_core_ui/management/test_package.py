"""The downloaded ZIP: what an application says comes back from it, and broken folders are broken as ordered."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from mock_core_ui.management.package import to_cp932
from mock_core_ui.management.vendor_columns import ENVELOPE, TABLES, all_columns
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application

from .conftest import Desk


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read(data: bytes, encoding: str = "cp932") -> dict[str, str]:
    header, line = csv.reader(io.StringIO(data.decode(encoding), newline=""))
    assert len(header) == len(set(header))
    return dict(zip(header, line, strict=True))


def downloaded(desk: Desk, application: Application) -> dict[str, str]:
    files = opened(desk.download(application.receipt_no).data)
    return read(files[f"{application.receipt_no}/申請データ.csv"])


def expected_items(application: Application) -> dict[str, str]:
    """Item (`group.row.item` in groups) -> text."""
    items: dict[str, str] = {}
    for key, value in application.values.items():
        if isinstance(value, str):
            items[key] = value
            continue
        for number, row in enumerate(value, start=1):
            items |= {f"{key}.{number}.{item}": text for item, text in row.items()}
    return items


def test_values_come_back(desk: Desk) -> None:
    good = [each for each in desk.world.applications if each.expected.column == "registered"]
    files = opened(desk.download(*(each.receipt_no for each in good)).data)
    for application in good:
        found = read(files[f"{application.receipt_no}/申請データ.csv"])
        columns = all_columns(TABLES[application.procedure_code])
        items = {item: found.pop(column) for column, item in columns}
        assert {item: text for item, text in items.items() if text} == {
            item: text for item, text in expected_items(application).items() if text
        }
        assert list(found) == list(ENVELOPE.values())
        assert found["受付番号"] == application.receipt_no
        assert found["申請日時"] == application.received_at.isoformat()
        assert found["宛名番号"] == application.atena_no
        assert found["様式版"] == "2026-04"
        assert found["版"] == "1"


@pytest.mark.parametrize("seed", range(2))
def test_every_answer_has_a_column(seed: int) -> None:
    for application in build_world(seed, 60).applications:
        items = {item for _, item in all_columns(TABLES[application.procedure_code])}
        assert set(expected_items(application)) <= items


def test_csv_is_quoted_with_crlf_and_keeps_line_breaks(desk: Desk) -> None:
    application = desk.application(procedure_id="disaster_victim_certificate")
    data = opened(desk.download(application.receipt_no).data)[f"{application.receipt_no}/申請データ.csv"]
    assert data.startswith('"受付番号","手続コード",'.encode("cp932"))
    assert data.endswith(b'"\r\n')
    assert data.count(b"\r\n") == 2
    assert b"\n" in data.replace(b"\r\n", b"")


def test_folder_holds_form_and_attachments(desk: Desk) -> None:
    application = desk.application(procedure_id="disaster_victim_certificate")
    answer = desk.download(application.receipt_no)
    assert answer.mimetype == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    files = opened(answer.data)
    number = application.receipt_no
    assert set(files) == {
        f"{number}/申請データ.csv",
        f"{number}/申請書.pdf",
        *(f"{number}/添付/{name}" for name in application.attachments),
    }
    form = files[f"{number}/申請書.pdf"]
    assert form.startswith(b"%PDF-1.4")
    assert number.encode() in form
    photograph = files[f"{number}/添付/{application.attachments[0]}"]
    assert photograph.startswith(b"\xff\xd8")
    assert photograph.endswith(b"\xff\xd9")


def test_cross_references_of_the_form_are_right(desk: Desk) -> None:
    number = desk.application().receipt_no
    form = opened(desk.download(number).data)[f"{number}/申請書.pdf"]
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n", form)]
    assert [form[offset:].split(b" ", 1)[0] for offset in offsets] == [b"1", b"2", b"3", b"4", b"5"]
    start = int(form.rsplit(b"startxref\n", 1)[1].split()[0])
    assert form[start:].startswith(b"xref")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("髙橋﨑①㈱", "髙橋﨑①㈱"),
        ("\U00020bb7田", "〓田"),
        ("葛\U000e0100飾", "〓飾"),
        ("か\u3099", "か〓"),
        ("\ue000", "\ue000"),
    ],
)
def test_characters_beyond_cp932_become_geta(text: str, written: str) -> None:
    assert to_cp932(text).decode("cp932") == written


def test_lost_and_private_characters(desk: Desk) -> None:
    assert downloaded(desk, desk.application("variation_sequence"))["被保険者_氏名"].startswith("〓西\u3000")
    assert downloaded(desk, desk.application("beyond_bmp"))["申請者氏名"].startswith("〓岡\u3000")
    assert downloaded(desk, desk.application("private_area"))["被保険者_氏名"].startswith("\ue000村\u3000")


def test_missing_column(desk: Desk) -> None:
    found = downloaded(desk, desk.application("column_missing"))
    assert "被保険者_氏名" not in found
    assert "被保険者_氏名カナ" in found


def test_wrong_encoding_and_neighbour_unharmed(desk: Desk) -> None:
    bad, good = desk.application("encoding"), desk.application(procedure_id="ltci_burden_ratio_reissue")
    files = opened(desk.download(bad.receipt_no, good.receipt_no).data)
    data = files[f"{bad.receipt_no}/申請データ.csv"]
    assert read(data, "utf-8")["受付番号"] == bad.receipt_no
    with pytest.raises(UnicodeDecodeError):
        data.decode("cp932")
    assert read(files[f"{good.receipt_no}/申請データ.csv"])["受付番号"] == good.receipt_no


def test_same_number_twice_with_other_content(desk: Desk) -> None:
    number = desk.application("conflict").receipt_no
    files = opened(desk.download(number).data)
    first, second = read(files[f"{number}/申請データ.csv"]), read(files[f"{number}_2/申請データ.csv"])
    assert first["受付番号"] == second["受付番号"] == number
    assert sum(first[column] != second[column] for column in first) == 1


def test_nothing_selected(desk: Desk) -> None:
    answer = desk.download()
    assert "ダウンロードする申請を選択してください。" in answer.text


def test_columns_are_listed(desk: Desk) -> None:
    page = desk.page("/help/columns")
    for table in TABLES.values():
        for column, _ in all_columns(table):
            assert f"<td>{column}</td>" in page
