"""What a person is told when a file or folder cannot be read or written: which one, why, and what to do about it.

The system's own text is English and names an errno; the causes that people meet are told apart here, once for all.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bridge_agent.domain.errors import ConfigError

_NO_RIGHT: Final = frozenset({errno.EACCES, errno.EPERM})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})


@contextmanager
def readable(what: str, path: Path) -> Iterator[None]:
    """Raises ConfigError in place of an OSError from reading `path`, which a person knows as `what`."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{what} {path} を読めません。{cause_and_remedy(error, path, '読み取り')}") from None


@contextmanager
def writable(what: str, path: Path) -> Iterator[None]:
    """Raises ConfigError in place of an OSError from writing to `path`, which a person knows as `what`."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{what} {path} に書き込めません。{cause_and_remedy(error, path)}") from None


def cause_and_remedy(error: OSError, path: Path, deed: str = "書き込み") -> str:
    """Two sentences: why, and the next action. `deed` is what the agent's account may not do."""
    if error.errno in _FULL:
        return "ディスクの空きがありません。要らないファイルを移すか消して、空きを作ってください。"
    if error.errno == errno.EROFS:
        return "読み取り専用のディスクです。書き込めるディスクの場所を指定してください。"
    if isinstance(error, FileNotFoundError):
        return f"{_first_missing(path)} がありません。フォルダを作るか、場所の指定を直してください。"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return "フォルダがあるはずの場所に、ファイルがあります。ファイルを移すか、場所の指定を直してください。"
    if isinstance(error, IsADirectoryError):
        return "ファイルではなくフォルダです。ファイルの名前まで指定してください。"
    if error.errno in _NO_RIGHT:
        return (
            f"{deed}の権限がありません。エージェントを動かすアカウントに{deed}を許すか、"
            "読み取り専用になっていないか、ほかのプログラムで開いていないかを確かめてください。"
        )
    return f"ディスクとネットワークの接続を確かめて、もう一度試してください（{type(error).__name__}）。"


def _first_missing(path: Path) -> str:
    """The outermost folder of `path` that is not there: it is the one to make or to correct."""
    for folder in reversed([path, *path.parents]):
        try:
            if not folder.exists():
                return str(folder)
        except OSError:
            break
    return str(path)
