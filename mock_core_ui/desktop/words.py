"""Names and titles that several windows of the client use."""

from __future__ import annotations

SYSTEM = "ひばり介護保険"
VERSION = "Ver.3.2"
TROUBLE = "通信エラー"
"""Title of the box after a request without a usable answer."""
SESSION_LOST = "セッションエラー"
NOTICE = "お知らせ"
FAILURE = "システムエラー"
"""Titles of the boxes with a text that the server sends in the place of an answer."""
ERRORS = "入力エラー"
UNREADABLE = "サーバーの応答が正しくありません。"
