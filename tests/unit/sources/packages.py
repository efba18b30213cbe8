"""Small packages and a small profile for the tests of sources; every person in them is invented."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from bridge_agent.domain.application import Listed, SourceState
from bridge_agent.domain.core_profile import Login, MarkText, SignText, TargetText
from bridge_agent.domain.package_shape import ColumnGroup, Envelope, PackageShape
from bridge_agent.domain.source_profile import ApplicationList, LinkPage, ScreenProfile, StandingPage

DATA = "申請データ.csv"
FORM = "申請書.pdf"
NUMBER = "0202611050001"

SHAPE = PackageShape(
    charset="cp932",
    data_file=DATA,
    form_file=FORM,
    attachments="添付",
    envelope=Envelope(
        receipt_no="受付番号",
        procedure_code="手続コード",
        procedure_name="手続名",
        form_version="様式版",
        received_at="申請日時",
        atena_no="宛名番号",
        signature_result="署名検証結果",
        revision="版",
    ),
    columns={"K0020": ("氏名", "住所", ColumnGroup(repeat="子{n}_", rows=2, columns=("氏名", "生年月日")))},
)

PROFILE = ScreenProfile(
    source="minamo",
    name="みなも",
    scope="shi",
    login=Login(
        open="/login",
        user=TargetText(label="利用者ID"),
        password=TargetText(label="パスワード"),
        press=TargetText(role="button|ログイン"),
        done=MarkText(shows=(SignText(css="#operator"),)),
        refused=MarkText(shows=(SignText(css=".error"),)),
    ),
    session_lost=(MarkText(shows=(SignText(css="#login-form"),)),),
    list_page=ApplicationList(
        path="/applications?state=4&page={page}",
        ready=MarkText(shows=(SignText(css="#applications"),)),
        rows="tbody tr",
        headings="thead th",
        columns={"receipt_no": "受付番号", "procedure": "手続", "revision": "版", "state": "状態"},
        procedure_pattern="(?P<code>[A-Z][0-9]{4}) ?(?P<name>.+)",
        total="#total",
        page_size=2,
        tick=TargetText(css="input[value='{receipt_no}']"),
        download=TargetText(css="#download"),
    ),
    standing=StandingPage(
        path="/applications/{receipt_no}",
        receipt_no="#receipt-no",
        state="#state",
        revision="#revision",
        core_number="#core-number",
    ),
    link=LinkPage(
        ready=MarkText(shows=(SignText(css="#link"),)),
        core_number=TargetText(css="#core-number-input"),
        press=TargetText(css="#link"),
        done=MarkText(shows=(SignText(text="連携済にしました。"),)),
        refused=MarkText(shows=(SignText(css="#message.error"),)),
    ),
    package=SHAPE,
    states={
        "承認済": SourceState.APPROVED,
        "連携済": SourceState.LINKED,
        "取下げ": SourceState.WITHDRAWN,
        "補正依頼中": SourceState.SENT_BACK,
    },
)


def listed(number: str = NUMBER, revision: str = "1") -> Listed:
    return Listed(number, "K0020", "負担割合証の再交付", revision)


def columns(number: str = NUMBER, **changed: str) -> dict[str, str]:
    """All columns of one application in the declared order."""
    return {
        "受付番号": number,
        "手続コード": "K0020",
        "手続名": "負担割合証の再交付",
        "様式版": "R8.1",
        "申請日時": "2026-11-05T23:30:00+09:00",
        "宛名番号": "0000012345",
        "署名検証結果": "1",
        "版": "1",
        "氏名": "髙橋　花子",
        "住所": "汐見原市港町１－２－３",
        "子1_氏名": "髙橋　太郎",
        "子1_生年月日": "2020-05-01",
        "子2_氏名": "",
        "子2_生年月日": "",
    } | changed


def csv_bytes(filled: dict[str, str], charset: str = "cp932", rows: int = 1) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(filled)
    writer.writerows([list(filled.values())] * rows)
    return out.getvalue().encode(charset)


def folder(number: str = NUMBER, **changed: str) -> dict[str, bytes]:
    """The files of one good application."""
    return {
        f"{number}/{DATA}": csv_bytes(columns(number, **changed)),
        f"{number}/{FORM}": b"%PDF-1.4 form",
        f"{number}/添付/住民票.pdf": b"%PDF-1.4 attachment",
    }


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
