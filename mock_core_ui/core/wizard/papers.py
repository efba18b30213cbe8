"""Papers that an entry brings along: taken up one by one, kept as a name only, named by a token until then."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import request

from mock_core_ui.core.sessions import Session
from mock_core_ui.core.site import site
from mock_core_ui.core.wizard.words import Answer, answer, message

_KINDS = (".pdf", ".jpg", ".jpeg", ".png")


def take() -> Answer:
    """One paper; its token has to be sent with the entry."""
    session = site().session()
    given = request.files.get("paper")
    if session is None or given is None or not given.filename:
        return message("ファイルが選択されていません。", 400)
    name = given.filename.replace("\\", "/").rsplit("/", 1)[-1]
    if not name.lower().endswith(_KINDS):
        return message(f"この種類のファイルは添付できません。（{name}）", 400)
    size = len(given.stream.read())
    if not size:
        return message(f"ファイルが空です。（{name}）", 400)
    token = secrets.token_urlsafe(9)
    session.papers[token] = name
    return answer({"token": token, "name": name, "size": size})


def names_of(session: Session, tokens: Sequence[str]) -> list[str] | None:
    """What was taken up under these tokens; None when one of them is not known."""
    return [session.papers[token] for token in tokens] if set(tokens) <= session.papers.keys() else None
