"""Attachments as sealed files: what came is what is read, nothing readable lies on the disk, nothing stays too long."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bridge_agent.domain.application import ApplicationKey, Attachment
from bridge_agent.domain.errors import BusinessError, StopRunError
from bridge_agent.domain.reasons import Reason
from bridge_agent.outputs.papers import PaperFiles, application_key
from bridge_agent.sealing import SiteSealer

KEY = ApplicationKey("minamo", "shiomihara", "0202611050001")
OTHER = ApplicationKey("minamo", "shiomihara", "0202611050002")
CONTENT = "%PDF 渚　美咲の妊娠届".encode()


def attachment(name: str = "届出書.pdf", content: bytes = CONTENT) -> Attachment:
    return Attachment(name, hashlib.sha256(content).hexdigest(), len(content))


@pytest.fixture
def sealer() -> SiteSealer:
    return SiteSealer(b"k" * 32)


@pytest.fixture
def store(tmp_path: Path, sealer: SiteSealer) -> PaperFiles:
    return PaperFiles(tmp_path / "papers", sealer)


def files(store: PaperFiles) -> list[Path]:
    return [file for file in store.folder.rglob("*") if file.is_file()]


def test_what_was_kept_is_read(store: PaperFiles) -> None:
    store.keep(KEY, attachment(), CONTENT)
    assert store.of(KEY).read(attachment()) == CONTENT


def test_nothing_of_it_can_be_read_on_the_disk(store: PaperFiles) -> None:
    store.keep(KEY, attachment(), CONTENT)
    (file,) = files(store)
    assert CONTENT not in file.read_bytes()
    named = "/".join(file.relative_to(store.folder).parts)
    assert not any(text in named for text in ("届出書", KEY.receipt_no, attachment().sha256))


def test_one_application_does_not_get_anothers(store: PaperFiles) -> None:
    store.keep(KEY, attachment(), CONTENT)
    with pytest.raises(BusinessError) as held:
        store.of(OTHER).read(attachment())
    assert (held.value.reason, held.value.note) == (Reason.ATTACHMENT_LOST, "届出書.pdf")


def test_a_file_that_was_changed_is_not_sent(store: PaperFiles, sealer: SiteSealer) -> None:
    store.keep(KEY, attachment(), CONTENT)
    (file,) = files(store)
    file.write_bytes(sealer.seal(b"another one", "paper"))
    with pytest.raises(BusinessError):
        store.of(KEY).read(attachment())
    file.write_bytes(b"rubbish")
    with pytest.raises(BusinessError):
        store.of(KEY).read(attachment())


def test_two_files_of_one_content_are_two(store: PaperFiles) -> None:
    store.keep(KEY, attachment("表.jpg"), CONTENT)
    store.keep(KEY, attachment("裏.jpg"), CONTENT)
    assert len(files(store)) == 2


def test_keeping_it_again_writes_nothing(store: PaperFiles) -> None:
    store.keep(KEY, attachment(), CONTENT)
    (before,) = [file.stat().st_mtime_ns for file in files(store)]
    store.keep(KEY, attachment(), CONTENT)
    assert [file.stat().st_mtime_ns for file in files(store)] == [before]


def test_what_belongs_to_no_content_any_more_goes(store: PaperFiles, sealer: SiteSealer) -> None:
    store.keep(KEY, attachment(), CONTENT)
    store.keep(OTHER, attachment(), CONTENT)
    assert store.forget_all_but({application_key(sealer, OTHER)}) == 1
    assert store.of(OTHER).read(attachment()) == CONTENT
    with pytest.raises(BusinessError):
        store.of(KEY).read(attachment())


def test_nothing_was_ever_kept(store: PaperFiles) -> None:
    assert store.forget_all_but(()) == 0


def test_a_folder_that_cannot_be_written_stops_with_a_sentence(tmp_path: Path, sealer: SiteSealer) -> None:
    (tmp_path / "papers").write_text("a file stands there", encoding="utf-8")
    with pytest.raises(StopRunError, match="添付ファイルを"):
        PaperFiles(tmp_path / "papers", sealer).keep(KEY, attachment(), CONTENT)
