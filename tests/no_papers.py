"""A store of attachments for nights in which nothing has any."""

from __future__ import annotations

from bridge_agent.domain.application import ApplicationKey, Attachment


class NoPapers:
    def keep(self, key: ApplicationKey, attachment: Attachment, content: bytes) -> None:
        raise AssertionError("no attachments here")

    def of(self, key: ApplicationKey) -> NoPapers:
        return self

    def read(self, attachment: Attachment) -> bytes:
        raise AssertionError("no attachments here")
