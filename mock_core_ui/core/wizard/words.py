"""JSON of dialect C: requests read without trust, answers made, and what stands in for the pages of the other dialects.

A page takes 200 as done, 401 {message} as the end of its session, everything else as trouble it shows. 200 may also
carry {message}, {failure}, {errors: [..]} or {fresh} instead of what was asked for, and always {scripts: [..]}, which it
runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from flask import Response, jsonify, request

from mock_core_ui.core.sessions import Draft
from mock_core_ui.core.site import Pages

Answer = Response


def asked() -> Mapping[str, object]:
    """The body of the request; {} when it is no JSON object."""
    found = request.get_json(force=True, silent=True)
    return cast(Mapping[str, object], found) if isinstance(found, dict) else {}


def text_in(given: Mapping[str, object], key: str) -> str:
    """A text of the request without blanks around it, '' when it is not there or no text."""
    found = given.get(key)
    return found.strip() if isinstance(found, str) else ""


def posted_in(given: Mapping[str, object]) -> Callable[[str], list[str]]:
    """The entered values as a form would have them: all texts under a name."""
    values = given.get("values")
    held = cast(Mapping[str, object], values) if isinstance(values, dict) else {}

    def posted(name: str) -> list[str]:
        found = held.get(name)
        listed = found if isinstance(found, list) else [found]
        return [text for text in listed if isinstance(text, str)]

    return posted


def answer(content: Mapping[str, object], status: int = 200) -> Answer:
    """A JSON answer."""
    made = jsonify(content)
    made.status_code = status
    return made


def message(text: str, status: int = 200) -> Answer:
    """A note of the system."""
    return answer({"message": text}, status)


def pages() -> Pages:
    """What faults put in the place of an answer, and what a lost session gets."""
    return Pages(
        login=lambda text: message(text or "ログインしてください。", 401),
        error=lambda status: message(f"サーバーエラーが発生しました。（{status}）", status),
        message=message,
        failure=lambda text: answer({"failure": text}),
        password=lambda text: answer({"message": text or "パスワードの有効期限が切れています。", "expired": True}, 401),
        entry=_form,
    )


def _form(_draft: Draft, errors: list[str]) -> Answer:
    """The page has the form itself: it is told what is wrong with it, or to begin anew."""
    return answer({"errors": errors} if errors else {"fresh": True})
