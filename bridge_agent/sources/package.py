"""The one package parser: a downloaded ZIP -> what each listed application says. Nothing is half-taken or repaired.

Every text stays as it came: no normalising, no stripping, leading zeros kept, encodings as declared and never guessed.
Notes name columns, counts and kinds of damage, never a value or the name of an attachment (applicants name those).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_agent.domain.application import Application, ApplicationKey, Attachment, Delivered, Listed
from bridge_agent.domain.clock import JST
from bridge_agent.domain.package_shape import Charset, DataShape, PackageShape
from bridge_agent.domain.ports import PaperStore
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.archive import Archive, Entry, PackageDamaged, colliding
from bridge_agent.sources.xml_check import check_xml

# What the declared encoding lets through although no such text exists: control characters, halves of characters (JSON
# can write them), and the places where cp932 puts the stray bytes 80, A0, FD, FE and FF. Tab and line ends may stand
# inside a quoted text.
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\uf8f0-\uf8f3\ufeff]")
RECEIPT_NO = re.compile(r"[0-9A-Za-z_\-]{1,40}")
"""The shape of a 受付番号 from a file or an interface; anything else is a sign of other data."""
_AGAIN = re.compile(r"_\d{1,3}$")
"""Ending that a second folder of the same 受付番号 has."""
_YEARS = range(1950, 2950)
"""What is further away stands for no date at all, and calendars end before the end of the year 9999."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN_NAMES = 3
_SHOWN_LENGTH = 30


@dataclass(frozen=True, slots=True)
class KeptPapers:
    """Attachments are kept only where a recipe sends them on; of all others name, size and checksum will do."""

    store: PaperStore
    procedure_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose numbers these are: the part of an application's identity that is not in the package."""

    source: str
    scope: str
    papers: KeptPapers | None = None
    """Whose attachments are kept, and where; None: nobody's."""


class Refused(Exception):
    """This application's package is not taken."""

    def __init__(
        self,
        reason: Reason,
        note: str,
        procedure_code: str = "",
        procedure_name: str = "",
        *,
        form_changed: bool = False,
    ) -> None:
        super().__init__(reason, note)
        self.reason = reason
        self.note = note
        self.procedure_code = procedure_code
        self.procedure_name = procedure_name
        """As far as they can be told."""
        self.form_changed = form_changed
        """A column is there that the form did not have, or stands elsewhere: one that is only missing may be this package's."""


@dataclass(frozen=True, slots=True)
class Found:
    """An application that a package holds, and whether its data can be read."""

    listed: Listed
    refusal: Reason | None = None
    note: str = ""


def inventory(file: Path, shape: PackageShape) -> Iterator[Found]:
    """What a ZIP holds, once for each folder, from the data files alone: nothing else of it is read yet.

    Raises PackageDamaged before the first one when the ZIP as a whole cannot be trusted.
    """
    with Archive(file, shape.names_charset) as archive:
        for folder, entries in archive.folders.items():
            again = _AGAIN.sub("", folder)
            number = again if again in archive.folders else folder
            try:
                data, _, _, _ = _sorted_out(entries, shape)
                yield Found(listed_as(read_columns(archive.read(data), shape), shape))
            except Refused as refused:
                listed = Listed(number, refused.procedure_code, refused.procedure_name or refused.procedure_code, "")
                yield Found(listed, refused.reason, refused.note)
            except PackageDamaged as damaged:
                yield Found(Listed(number, "", "", ""), Reason.PACKAGE_DAMAGED, damaged.why)


def listed_as(columns: Mapping[str, str], shape: DataShape) -> Listed:
    """The line that a list of applications would have for this one. Without a column for the 版 its content stands in."""
    envelope = shape.envelope
    lasting = [[name, text] for name, text in columns.items() if name not in shape.volatile]
    digest = hashlib.sha256(json.dumps(lasting, ensure_ascii=False).encode()).hexdigest()[:16]
    return Listed(
        columns[envelope.receipt_no],
        columns[envelope.procedure_code],
        columns[envelope.procedure_name],
        columns[envelope.revision] if envelope.revision else digest,
    )


def parse(file: Path, wanted: Sequence[Listed], shape: PackageShape, origin: Origin) -> Iterator[Delivered]:
    """One Delivered for each of `wanted`, in its order.

    Raises PackageDamaged before the first one when the ZIP as a whole cannot be trusted: nothing of it is taken then.
    """
    with Archive(file, shape.names_charset) as archive:
        owned = _folders_by_number(archive.folders, {listed.receipt_no for listed in wanted})
        for listed in wanted:
            try:
                application = _one(archive, owned.get(listed.receipt_no, ()), listed, shape, origin)
            except Refused as refused:
                yield Delivered(listed, None, refused.reason, refused.note, refused.form_changed)
            except PackageDamaged as damaged:
                yield Delivered(listed, None, Reason.PACKAGE_DAMAGED, damaged.why)
            else:
                yield Delivered(listed, application)


def _folders_by_number(folders: Mapping[str, tuple[Entry, ...]], numbers: set[str]) -> dict[str, tuple[str, ...]]:
    owned: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        number = folder if folder in numbers else _AGAIN.sub("", folder)
        owned[number] = (*owned.get(number, ()), folder)
    return owned


def _one(archive: Archive, folders: Sequence[str], listed: Listed, shape: PackageShape, origin: Origin) -> Application:
    if not folders:
        raise Refused(Reason.PACKAGE_DAMAGED, "ZIPの中にこの申請のフォルダーがありません")
    if len(folders) == 1:
        return _application(archive, archive.folders[folders[0]], listed, shape, origin)
    try:
        versions = [_application(archive, archive.folders[folder], listed, shape, origin) for folder in folders]
    except Refused:
        raise Refused(Reason.RECEIPT_CONFLICT, f"フォルダーが{len(folders)}つあります") from None
    if len({version.content_hash for version in versions}) > 1:
        raise Refused(Reason.RECEIPT_CONFLICT, f"内容の違うフォルダーが{len(folders)}つあります")
    return versions[0]


def _application(
    archive: Archive, entries: tuple[Entry, ...], listed: Listed, shape: PackageShape, origin: Origin
) -> Application:
    data, form, xml, attached = _sorted_out(entries, shape)
    if form is not None:
        archive.digest(form)
    if xml is not None:
        check_xml(archive.read(xml), shape.xml_receipt_no, listed.receipt_no)
    columns = read_columns(archive.read(data), shape, listed.procedure_code)
    papers = origin.papers
    if papers is not None and listed.procedure_code in papers.procedure_codes:
        key = ApplicationKey(origin.source, origin.scope, listed.receipt_no)
        attachments = tuple(_kept(archive, entry, key, papers.store) for entry in attached)
    else:
        attachments = tuple(Attachment(entry.name, *archive.digest(entry)) for entry in attached)
    return application_of(columns, listed, shape, origin, attachments)


def _kept(archive: Archive, entry: Entry, key: ApplicationKey, store: PaperStore) -> Attachment:
    content = archive.content(entry)
    attachment = Attachment(entry.name, hashlib.sha256(content).hexdigest(), len(content))
    store.keep(key, attachment, content)
    return attachment


def application_of(
    columns: Mapping[str, str],
    listed: Listed,
    shape: DataShape,
    origin: Origin,
    attachments: tuple[Attachment, ...] | None,
) -> Application:
    """What the columns say, held against the list. `attachments`: None = they do not come this way. Raises Refused."""
    envelope = shape.envelope
    if columns[envelope.receipt_no] != listed.receipt_no:
        raise Refused(Reason.PACKAGE_DAMAGED, "フォルダー名または一覧と、申請データの受付番号が違います")
    if columns[envelope.procedure_code] != listed.procedure_code:
        raise Refused(Reason.PACKAGE_DAMAGED, "一覧と申請データの手続コードが違います")
    counted = columns[envelope.attachment_count].strip() if envelope.attachment_count else ""
    if attachments is not None and envelope.attachment_count and counted != str(len(attachments)):
        raise Refused(Reason.PACKAGE_DAMAGED, f"添付ファイルが{len(attachments)}件で、申請データの件数と違います")

    def told(column: str, otherwise: str = "") -> str:
        return columns[column] if column else otherwise

    return Application(
        key=ApplicationKey(origin.source, origin.scope, listed.receipt_no),
        procedure_code=listed.procedure_code,
        procedure_name=columns[envelope.procedure_name],
        form_version=told(envelope.form_version),
        revision=told(envelope.revision, listed.revision),
        received_at=_moment(columns[envelope.received_at], shape),
        atena_no=told(envelope.atena_no),
        signature_result=shape.signature(columns),
        columns={name: text for name, text in columns.items() if name not in shape.volatile},
        attachments=attachments or (),
    )


def _sorted_out(
    entries: tuple[Entry, ...], shape: PackageShape
) -> tuple[Entry, Entry | None, Entry | None, list[Entry]]:
    """The data file, the form, the XML and the attachments; a file of no known kind refuses the package."""
    twin = colliding(entries)
    if twin is not None:
        conflict = twin.path == (shape.data_file,)
        raise Refused(
            Reason.RECEIPT_CONFLICT if conflict else Reason.PACKAGE_DAMAGED, "同じ名前のファイルが2つあります"
        )
    by_path = {entry.path: entry for entry in entries}
    data = by_path.pop((shape.data_file,), None)
    form = by_path.pop((shape.form_file,), None) if shape.form_file else None
    xml = by_path.pop((shape.xml_file,), None) if shape.xml_file else None
    for name in shape.other_files:
        by_path.pop((name,), None)
    if data is None:
        raise Refused(Reason.PACKAGE_DAMAGED, f"「{shape.data_file}」がありません")
    if shape.form_file and form is None:
        raise Refused(Reason.PACKAGE_DAMAGED, f"「{shape.form_file}」がありません")
    if shape.xml_file and xml is None:
        raise Refused(Reason.PACKAGE_DAMAGED, f"「{shape.xml_file}」がありません")
    if any(len(path) != 2 or path[0] != shape.attachments for path in by_path):
        raise Refused(Reason.PACKAGE_DAMAGED, "決まりにないファイルがあります")
    return data, form, xml, list(by_path.values())


def read_columns(raw: bytes, shape: PackageShape, listed_code: str = "") -> dict[str, str]:
    """Column name -> text of the one application in a data file. Raises Refused.

    `listed_code`: the 手続コード of the source's list, for a file that does not tell it.
    """
    text = _decoded(raw, shape)
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except csv.Error:
        raise Refused(Reason.PACKAGE_DAMAGED, "申請データがCSVとして読めません") from None
    if not lines:
        raise Refused(Reason.PACKAGE_DAMAGED, "申請データが空です")
    header, *rows = lines
    code = _code_in(header, rows[0] if rows else (), shape) or listed_code
    check_envelope(header, shape, code)
    if len(rows) != 1:
        raise Refused(Reason.PACKAGE_DAMAGED, f"申請データが{len(rows)}行あります（1行のはずです）", code)
    if len(rows[0]) != len(header):
        raise Refused(Reason.PACKAGE_DAMAGED, "申請データの項目の数が見出しと違います", code)
    columns = dict(zip(header, rows[0], strict=True))
    check_declared(header, code, shape, columns[shape.envelope.procedure_name])
    return columns


def _code_in(header: Sequence[str], row: Sequence[str], shape: DataShape) -> str:
    """手続コード, '' when its column is not there: then the procedure cannot be told."""
    name = shape.envelope.procedure_code
    if header.count(name) != 1 or header.index(name) >= len(row):
        return ""
    return row[header.index(name)]


def _decoded(raw: bytes, shape: PackageShape) -> str:
    text = decoded(raw, shape.charset)
    if text:
        check_reads(text, shape, shape.charset)
    return text


def decoded(raw: bytes, charset: Charset) -> str:
    """Text as declared. Raises Refused."""
    try:
        text = raw.decode(charset)
    except UnicodeDecodeError:
        raise Refused(Reason.PACKAGE_ENCODING, f"{charset} として読めません") from None
    check_stray(text, charset)
    return text


def check_stray(text: str, charset: Charset) -> None:
    """Raises Refused for what no text of an application holds, but a decoder lets through."""
    if _STRAY.search(text):
        raise Refused(Reason.PACKAGE_ENCODING, f"{charset} として読むと、あり得ない文字があります")


def check_reads(heading: str, shape: DataShape, charset: Charset) -> None:
    """Another encoding can decode without an error, but then hardly one of the common names is left of the heading."""
    names = shape.envelope.names
    if sum(name in heading for name in names) * 2 < len(names):
        raise Refused(Reason.PACKAGE_ENCODING, f"{charset} として読むと、知っている列名がありません")


def check_envelope(header: Sequence[str], shape: DataShape, procedure_code: str = "") -> None:
    """Raises Refused for a common column that is not there, and for any that is there twice."""
    missing = [name for name in shape.envelope.names if name not in header]
    if missing:
        known = {*shape.envelope.names, *shape.volatile, *(shape.expected(procedure_code) or header)}
        added = [name for name in header if name not in known]
        if len(missing) * 2 > len(shape.envelope.names):  # then this is no heading, and may hold what was applied for
            raise Refused(
                Reason.PACKAGE_COLUMN, _named("ありません", missing), procedure_code, form_changed=bool(added)
            )
        raise _columns_refused(missing, added, procedure_code)
    counts = Counter(header)
    doubled = [name for name, count in counts.items() if count > 1]
    if doubled:
        raise Refused(Reason.PACKAGE_COLUMN, _named("2つあります", doubled), procedure_code, form_changed=True)


def check_declared(header: Sequence[str], procedure_code: str, shape: DataShape, procedure_name: str = "") -> None:
    """Raises Refused with the columns that a procedure's form has gained, lost or moved."""
    expected = shape.expected(procedure_code)
    if expected is None:
        return
    common = {*shape.envelope.names, *shape.volatile}
    found = [name for name in header if name not in common]
    missing = [name for name in expected if name not in set(found)]
    added = [name for name in found if name not in set(expected)]
    if missing or added:
        raise _columns_refused(missing, added, procedure_code, procedure_name)
    for name, place in zip(found, expected, strict=True):
        if name != place:
            moved = _named("決まりの順番と違う所にあります", [name])
            raise Refused(Reason.PACKAGE_COLUMN, moved, procedure_code, procedure_name, form_changed=True)


def _columns_refused(missing: Sequence[str], added: Sequence[str], code: str, procedure_name: str = "") -> Refused:
    parts = [_named(what, names) for what, names in (("ありません", missing), ("増えています", added)) if names]
    return Refused(Reason.PACKAGE_COLUMN, "、".join(parts), code, procedure_name, form_changed=bool(added))


def _named(what: str, names: Sequence[str]) -> str:
    shown = "".join(f"「{_CONTROL.sub('□', name[:_SHOWN_LENGTH])}」" for name in names[:_SHOWN_NAMES])
    more = f"など{len(names)}列" if len(names) > _SHOWN_NAMES else ""
    return f"列{shown}{more}が{what}"


def _moment(text: str, shape: DataShape) -> datetime:
    """到達日時, aware. A time without an offset is read as Japanese time only where the profile gives a pattern."""
    column = shape.envelope.received_at
    try:
        if shape.received_at == "iso":
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.strptime(text, shape.received_at).replace(tzinfo=JST)
    except ValueError:
        raise Refused(Reason.DATE_INVALID, f"列「{column}」") from None
    if moment.tzinfo is None:
        raise Refused(Reason.DATE_INVALID, f"列「{column}」に時差がありません")
    if moment.year not in _YEARS:
        raise Refused(Reason.DATE_INVALID, f"列「{column}」の年があり得ません")
    return moment
