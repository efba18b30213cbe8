"""A hostile file: how it is put into the drop folder, and what must come of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge_agent.domain.package_shape import PackageShape
from bridge_agent.domain.reasons import Reason
from tests.unit.sources.packages import NUMBER, SHAPE, columns, csv_bytes, folder

Put = Callable[[Path, Path], None]
"""(drop folder, folder that nobody may touch)"""

XML = "申請.xml"
GOOD_XML = f'<?xml version="1.0" encoding="UTF-8"?><申請><受付番号>{NUMBER}</受付番号></申請>'.encode()
HOSTILE_SHAPE: PackageShape = SHAPE.model_copy(update={"xml_file": XML, "xml_receipt_no": "受付番号"})
COUNTING_SHAPE: PackageShape = HOSTILE_SHAPE.model_copy(
    update={"envelope": SHAPE.envelope.model_copy(update={"attachment_count": "添付件数"})}
)
"""For the cases about the count alone: elsewhere a wrong count would hide that nothing else was noticed."""
ACCEPTED = "accepted"
LEFT_ALONE = "left alone"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    put: Put
    comes_to: Reason | str = Reason.PACKAGE_DAMAGED
    """The code of the refusal; or that it is accepted as the text it is, or left where it lies."""
    shape: PackageShape = HOSTILE_SHAPE


def good(number: str = NUMBER, **changed: str) -> dict[str, bytes]:
    """The files of a good package of the shape that is used here."""
    files = folder(number)
    files[f"{number}/申請データ.csv"] = csv_bytes(columns(number, **changed))
    files[f"{number}/{XML}"] = GOOD_XML.replace(NUMBER.encode(), number.encode())
    return files


def with_file(name: str, content: bytes = b"x", *, number: str = NUMBER) -> dict[str, bytes]:
    return good(number) | {name: content}


def put_zip(files: Mapping[str, bytes]) -> Put:
    def put(drop: Path, _: Path) -> None:
        write_zip(drop / "package.zip", files)

    return put


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def put_bytes(name: str, content: bytes) -> Put:
    def put(drop: Path, _: Path) -> None:
        (drop / name).write_bytes(content)

    return put
