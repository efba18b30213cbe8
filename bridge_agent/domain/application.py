"""An approved application exactly as the source issued it, and what the source says about it later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SIGNATURE_SOUND = "1"
"""署名検証結果 正常; 失効, 検証不能 and 署名なし are for a person."""


@dataclass(frozen=True, slots=True)
class ApplicationKey:
    """What makes an application one and the same: revision and form version are never part of it."""

    source: str
    scope: str
    receipt_no: str
    """受付番号, opaque text: leading zeros count, never a number."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Application:
    """Immutable. `columns` are the source's own column names and texts, nothing normalised."""

    key: ApplicationKey
    procedure_code: str
    procedure_name: str
    form_version: str
    revision: str
    received_at: datetime
    """到達日時 (aware). The application date is this moment's date in Asia/Tokyo, never today."""
    atena_no: str
    """宛名番号, '' when the source could not tell."""
    signature_result: str
    """SIGNATURE_SOUND, or the source's own word when the signature was not found to be sound."""
    columns: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 over what was applied for; the recipe is not in it, so a recipe change is no change of content."""
        content = {
            "columns": dict(sorted(self.columns.items())),
            "form_version": self.form_version,
            "revision": self.revision,
            "atena_no": self.atena_no,
            "attachments": sorted((a.name, a.sha256) for a in self.attachments),
        }
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class SourceState(StrEnum):
    """What the agent needs of a source's own state names; a table in the source profile maps them."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"
    LINKED = "linked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """An application's state at the source, asked just now."""

    state: SourceState
    revision: str | None
    """None = the source knows of no other than the one it has delivered."""
    core_receipt: str = ""
    """The core's number the source already has (連携済), else ''."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the source's list of approved applications."""

    receipt_no: str
    procedure_code: str
    procedure_name: str
    revision: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A listed application with its content, or with the reason why its package was refused."""

    listed: Listed
    application: Application | None
    refusal: str = ""
    """A Reason code when `application` is None."""
    note: str = ""
    """What is wrong with the package (column name, file name); never personal data."""
    form_changed: bool = False
    """This application shows that the form has other columns now: nothing of its procedure is to be entered this night."""
