"""A package is taken as it came or refused by name; nothing in between."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bridge_agent.domain.application import Application, Delivered
from bridge_agent.domain.clock import JST
from bridge_agent.domain.package_shape import PackageShape
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.archive import PackageDamaged
from bridge_agent.sources.package import Origin, parse
from tests.unit.sources.packages import DATA, FORM, NUMBER, SHAPE, columns, csv_bytes, folder, listed, zipped

ORIGIN = Origin("minamo", "shi")
OTHER = "0202611050002"


def parsed(tmp_path: Path, files: dict[str, bytes], shape: PackageShape = SHAPE) -> Delivered:
    (delivered,) = parse(zipped(tmp_path / "a.zip", files), [listed()], shape, ORIGIN)
    return delivered


def taken(delivered: Delivered) -> Application:
    assert delivered.refusal == ""
    assert delivered.application is not None
    return delivered.application


def with_data(raw: bytes) -> dict[str, bytes]:
    return {**folder(), f"{NUMBER}/{DATA}": raw}


def test_everything_stays_as_it_came(tmp_path: Path) -> None:
    application = taken(parsed(tmp_path, folder(氏名="　ｶﾞブ～－\ue000〓 ", 住所='1行目\r\n"2", =3行目')))
    assert application.key.receipt_no == NUMBER
    assert (application.key.source, application.key.scope) == ("minamo", "shi")
    assert application.columns["氏名"] == "　ｶﾞブ～－\ue000〓 "
    assert application.columns["住所"] == '1行目\r\n"2", =3行目'
    assert application.columns["子2_氏名"] == ""
    assert application.atena_no == "0000012345"
    assert application.received_at == datetime(2026, 11, 5, 23, 30, tzinfo=JST)
    assert (application.form_version, application.revision, application.signature_result) == ("R8.1", "1", "1")
    assert [(file.name, file.size) for file in application.attachments] == [("住民票.pdf", 19)]


def test_the_forms_picture_is_not_part_of_the_content(tmp_path: Path) -> None:
    """It carries the time of printing; a new download must not look like a changed application."""
    first = taken(parsed(tmp_path, folder()))
    again = taken(parsed(tmp_path, {**folder(), f"{NUMBER}/{FORM}": b"%PDF-1.4 printed later"}))
    other = taken(parsed(tmp_path, {**folder(), f"{NUMBER}/添付/住民票.pdf": b"another"}))
    assert first.content_hash == again.content_hash != other.content_hash


def test_volatile_columns_are_left_out(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(update={"volatile": ("更新日時",)})
    application = taken(parsed(tmp_path, with_data(csv_bytes({**columns(), "更新日時": "12:00"})), shape))
    assert "更新日時" not in application.columns


def test_a_utf8_file_is_never_read_as_cp932(tmp_path: Path) -> None:
    for charset in ("utf-8", "utf-8-sig", "utf-16", "euc_jp", "iso2022_jp_3"):
        delivered = parsed(tmp_path, with_data(csv_bytes(columns(氏名="山田", 住所="港町", 子1_氏名="山田"), charset)))
        assert (charset, delivered.refusal) == (charset, Reason.PACKAGE_ENCODING)
        assert delivered.application is None


def test_mojibake_that_decodes_without_error_is_found_by_its_heading(tmp_path: Path) -> None:
    raw = "氏名,住所\r\n1,2\r\n".encode()
    assert raw.decode("cp932").startswith("豌丞錐")
    assert parsed(tmp_path, with_data(raw)).refusal == Reason.PACKAGE_ENCODING


def test_a_cp932_file_is_never_read_as_utf8(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(update={"charset": "utf-8"})
    assert parsed(tmp_path, folder(), shape).refusal == Reason.PACKAGE_ENCODING
    assert taken(parsed(tmp_path, with_data(csv_bytes(columns(), "utf-8")), shape)).columns["氏名"] == "髙橋　花子"


@pytest.mark.parametrize("stray", [b"\x80", b"\xa0", b"\xfd", b"\xff", b"\x00", b"\x1b", b"\x7f"])
def test_stray_bytes_that_decode_without_error_are_refused(tmp_path: Path, stray: bytes) -> None:
    raw = csv_bytes(columns()).replace("花子".encode("cp932"), stray)
    assert parsed(tmp_path, with_data(raw)).refusal == Reason.PACKAGE_ENCODING


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in columns().items() if name not in names}


@pytest.mark.parametrize(
    ("filled", "note", "form_changed"),
    [
        (without("氏名"), "列「氏名」がありません", False),
        (without("受付番号"), "列「受付番号」がありません", False),
        (without("子2_生年月日"), "列「子2_生年月日」がありません", False),
        (without("住所") | {"住所2": "x"}, "列「住所」がありません、列「住所2」が増えています", True),
        (without("様式版") | {"様式の版": "R8.1"}, "列「様式版」がありません、列「様式の版」が増えています", True),
        (without("手続コード") | {"番号": "K0020"}, "列「手続コード」がありません、列「番号」が増えています", True),
        (columns() | {"備考": "x"}, "列「備考」が増えています", True),
        (without("氏名", "住所", "子1_氏名", "子2_氏名"), "列「氏名」「住所」「子1_氏名」など4列がありません", False),
        (without("氏名") | {"氏名": "x"}, "列「住所」が決まりの順番と違う所にあります", True),
    ],
)
def test_a_changed_column_is_named(tmp_path: Path, filled: dict[str, str], note: str, form_changed: bool) -> None:
    """A column that is only missing may be this package's; any other change is the form's."""
    delivered = parsed(tmp_path, with_data(csv_bytes(filled)))
    assert (delivered.refusal, delivered.note) == (Reason.PACKAGE_COLUMN, note)
    assert delivered.form_changed is form_changed


def test_a_file_that_stands_on_its_side_tells_no_value(tmp_path: Path) -> None:
    """Its first line holds the first item, and everything else comes below."""
    lines = [f"{name},{text}\r\n" for name, text in reversed(columns().items())]
    delivered = parsed(tmp_path, with_data("".join(["氏名,髙橋　花子\r\n", *lines]).encode("cp932")))
    assert delivered.refusal == Reason.PACKAGE_COLUMN
    assert "髙橋" not in delivered.note


def test_a_doubled_column_is_refused(tmp_path: Path) -> None:
    raw = csv_bytes(columns()).replace("住所".encode("cp932"), "氏名".encode("cp932"), 1)
    delivered = parsed(tmp_path, with_data(raw))
    assert (delivered.refusal, delivered.note) == (Reason.PACKAGE_COLUMN, "列「氏名」が2つあります")
    assert delivered.form_changed


def test_columns_of_an_unknown_procedure_are_taken_as_they_come(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(update={"columns": {}})
    application = taken(parsed(tmp_path, with_data(csv_bytes(columns() | {"何か": "x"})), shape))
    assert application.columns["何か"] == "x"


@pytest.mark.parametrize("rows", [0, 2])
def test_one_application_is_one_row(tmp_path: Path, rows: int) -> None:
    delivered = parsed(tmp_path, with_data(csv_bytes(columns(), rows=rows)))
    assert delivered.refusal == Reason.PACKAGE_DAMAGED
    assert f"{rows}行" in delivered.note


@pytest.mark.parametrize("raw", [b"", csv_bytes(columns())[:-3], csv_bytes(columns())[:-4] + b'","more"\r\n'])
def test_a_file_that_is_no_csv_is_refused(tmp_path: Path, raw: bytes) -> None:
    assert parsed(tmp_path, with_data(raw)).refusal == Reason.PACKAGE_DAMAGED


IMPOSSIBLE = ["9999-12-31T23:59:59+09:00", "0001-01-01T00:00:00+09:00", "1899-12-30T00:00:00+09:00"]
"""What a system writes where it has no date; no calendar reckons with the first two."""


@pytest.mark.parametrize(
    "moment", ["", "2026-11-05T23:30:00", "令和8年11月5日", "2026-13-05T00:00:00+09:00", *IMPOSSIBLE]
)
def test_an_arrival_time_must_be_sure(tmp_path: Path, moment: str) -> None:
    delivered = parsed(tmp_path, folder(申請日時=moment))
    assert delivered.refusal == Reason.DATE_INVALID
    assert "申請日時" in delivered.note


def test_an_arrival_time_by_pattern_is_japanese_time(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(update={"received_at": "%Y/%m/%d %H:%M"})
    application = taken(parsed(tmp_path, folder(申請日時="2026/11/05 00:10"), shape))
    assert application.received_at.isoformat() == "2026-11-05T00:10:00+09:00"


@pytest.mark.parametrize(
    ("told", "words", "sound"),
    [
        ("1", ("1",), True),
        ("4", ("1",), False),
        ("正常", ("正常", "正常（職責）"), True),
        ("正常（職責）", ("正常", "正常（職責）"), True),
        ("1", ("正常",), False),  # another system's word for something else
        ("", ("正常",), False),
    ],
)
def test_the_profile_says_which_words_mean_a_sound_signature(
    tmp_path: Path, told: str, words: tuple[str, ...], sound: bool
) -> None:
    shape = SHAPE.model_copy(update={"signature_sound": words})
    application = taken(parsed(tmp_path, folder(署名検証結果=told), shape))
    assert (application.signature_result == "1") is sound
    assert application.columns["署名検証結果"] == told


def test_a_system_without_a_column_for_signatures_must_say_so() -> None:
    content = SHAPE.model_dump()
    content["envelope"]["signature_result"] = ""
    with pytest.raises(ValidationError, match="signature_sound"):
        PackageShape.model_validate(content)
    with pytest.raises(ValidationError, match="signature_sound"):  # an empty column says nothing
        PackageShape.model_validate(SHAPE.model_dump() | {"signature_sound": [""]})
    silent = PackageShape.model_validate(content | {"signature_sound": []})
    assert silent.signature({}) == "1"


def test_two_folders_of_one_number_with_other_content_are_a_conflict(tmp_path: Path) -> None:
    again = {name.replace(NUMBER, f"{NUMBER}_2"): raw for name, raw in folder(住所="別").items()}
    again[f"{NUMBER}_2/{DATA}"] = csv_bytes(columns(住所="別"))
    delivered = parsed(tmp_path, folder() | again)
    assert (delivered.refusal, delivered.application) == (Reason.RECEIPT_CONFLICT, None)


def test_two_folders_of_one_number_with_the_same_content_are_one(tmp_path: Path) -> None:
    again = {name.replace(f"{NUMBER}/", f"{NUMBER}_2/"): raw for name, raw in folder().items()}
    assert taken(parsed(tmp_path, folder() | again)).key.receipt_no == NUMBER


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_file_twice_is_a_conflict(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", folder())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{NUMBER}/{DATA}", csv_bytes(columns(住所="別")))
    (delivered,) = parse(path, [listed()], SHAPE, ORIGIN)
    assert delivered.refusal == Reason.RECEIPT_CONFLICT


@pytest.mark.parametrize("gone", [DATA, FORM])
def test_a_missing_file_is_named(tmp_path: Path, gone: str) -> None:
    files = {name: raw for name, raw in folder().items() if not name.endswith(gone)}
    delivered = parsed(tmp_path, files)
    assert (delivered.refusal, delivered.note) == (Reason.PACKAGE_DAMAGED, f"「{gone}」がありません")


def test_a_file_of_no_known_kind_is_refused_without_its_name(tmp_path: Path) -> None:
    for name in (f"{NUMBER}/山田花子.txt", f"{NUMBER}/other/山田花子.txt"):
        delivered = parsed(tmp_path, {**folder(), name: b"x"})
        assert delivered.refusal == Reason.PACKAGE_DAMAGED
        assert "山田" not in delivered.note
    shape = SHAPE.model_copy(update={"other_files": ("申請データ.xml",)})
    assert parsed(tmp_path, {**folder(), f"{NUMBER}/申請データ.xml": b"<x/>"}, shape).refusal == ""


def test_the_number_of_attachments_must_be_the_declared_one(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(update={"envelope": SHAPE.envelope.model_copy(update={"attachment_count": "様式版"})})
    assert parsed(tmp_path, folder(様式版="1"), shape).refusal == ""
    assert parsed(tmp_path, folder(様式版="2"), shape).refusal == Reason.PACKAGE_DAMAGED


@pytest.mark.parametrize("changed", [{"受付番号": OTHER}, {"手続コード": "J0001"}])
def test_what_was_listed_must_be_what_came(tmp_path: Path, changed: dict[str, str]) -> None:
    shape = SHAPE.model_copy(update={"columns": {}})
    assert parsed(tmp_path, with_data(csv_bytes(columns() | changed)), shape).refusal == Reason.PACKAGE_DAMAGED


def test_a_bad_package_leaves_the_others_alone(tmp_path: Path) -> None:
    files = with_data(csv_bytes(columns(), "utf-8")) | folder(OTHER)
    path = zipped(tmp_path / "a.zip", files)
    bad, good, missing = parse(path, [listed(), listed(OTHER), listed("0202611050003")], SHAPE, ORIGIN)
    assert (bad.refusal, missing.refusal) == (Reason.PACKAGE_ENCODING, Reason.PACKAGE_DAMAGED)
    assert taken(good).key.receipt_no == OTHER


def test_bytes_that_do_not_match_their_check_sum_refuse_one_application(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {**folder(), **folder(OTHER)}.items():
            archive.writestr(name, content)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"%PDF-1.4 attachment", b"%PDF-1.5 attachment", 1))
    bad, good = parse(path, [listed(), listed(OTHER)], SHAPE, ORIGIN)
    assert bad.refusal == Reason.PACKAGE_DAMAGED
    assert good.refusal == ""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_cut_download_is_refused_as_a_whole(tmp_path: Path, share: float) -> None:
    path = zipped(tmp_path / "a.zip", folder())
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(PackageDamaged):
        list(parse(path, [listed()], SHAPE, ORIGIN))
