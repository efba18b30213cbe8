"""Attachments between source and core as sealed files, one folder an application; deleted with the application's content."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bridge_agent.domain.application import ApplicationKey, Attachment
from bridge_agent.domain.errors import BusinessError, ConfigError, StopRunError
from bridge_agent.domain.ports import Sealer
from bridge_agent.domain.reasons import Reason
from bridge_agent.file_errors import cause_and_remedy

PURPOSE = "paper"
ENDING = ".sealed"
_UNFINISHED = ".writing-"


@dataclass(frozen=True, slots=True)
class PaperFiles:
    """Implements the PaperStore port: `folder`/<key of the application>/<key of the file>.sealed.

    Neither a receipt number nor a file's name or checksum stands in the names.
    """

    folder: Path
    sealer: Sealer

    def keep(self, key: ApplicationKey, attachment: Attachment, content: bytes) -> None:
        place = self._place(key, attachment)
        if place.exists():
            return
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(place, self.sealer.seal(content, PURPOSE))
        except OSError as error:
            raise StopRunError(
                f"添付ファイルを {self.folder} に保存できません。{cause_and_remedy(error, self.folder)}"
            ) from None

    def has(self, key: ApplicationKey, attachment: Attachment) -> bool:
        return self._place(key, attachment).is_file()

    def of(self, key: ApplicationKey) -> OnePersonsPapers:
        return OnePersonsPapers(self, key)

    def read(self, key: ApplicationKey, attachment: Attachment) -> bytes:
        try:
            content = self.sealer.unseal(self._place(key, attachment).read_bytes(), PURPOSE)
        except (OSError, ConfigError):
            raise BusinessError(Reason.ATTACHMENT_LOST, attachment.name) from None
        if hashlib.sha256(content).hexdigest() != attachment.sha256:
            raise BusinessError(Reason.ATTACHMENT_LOST, attachment.name)
        return content

    def forget_all_but(self, keys: Collection[str]) -> int:
        """Deletes the folders of applications that are not among `keys` (of `application_key`); returns how many."""
        gone = 0
        for folder in self.folder.glob("*"):
            if folder.is_dir() and not folder.is_symlink() and folder.name not in keys:
                with suppress(OSError):
                    shutil.rmtree(folder)
                    gone += 1
        return gone

    def _place(self, key: ApplicationKey, attachment: Attachment) -> Path:
        name = self.sealer.fingerprint(PURPOSE, attachment.sha256, attachment.name)
        return self.folder / application_key(self.sealer, key) / f"{name}{ENDING}"


@dataclass(frozen=True, slots=True)
class OnePersonsPapers:
    store: PaperFiles
    key: ApplicationKey

    def read(self, attachment: Attachment) -> bytes:
        return self.store.read(self.key, attachment)


def application_key(sealer: Sealer, key: ApplicationKey) -> str:
    """What the ledger calls the application."""
    return sealer.fingerprint("app", key.source, key.scope, key.receipt_no)


def _write_whole(path: Path, content: bytes) -> None:
    """Mode 0600, on the disk, and the name only once everything is written."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
