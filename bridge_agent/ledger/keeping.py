"""The ledger's witness: a small file elsewhere that says how far this ledger had come, and of which epoch it is.

A ledger that was copied back by hand, deleted, or taken from another site does not agree with its witness and is not
worked with: it would have forgotten what was entered since.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from loguru import logger
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import BridgeError, ConfigError, sentence_of
from bridge_agent.ledger.audit import Head, head_from_line, head_of
from bridge_agent.ledger.copying import sync_folder
from bridge_agent.ledger.reading import Reading
from bridge_agent.ledger.tables import control

HOW_TO = (
    "控えから戻したときは bridge-agent ledger restore で復元し直すか、"
    "bridge-agent ledger verify --accept-restore で復元として扱ってください。"
)


def read_witness(file: Path) -> Head | None:
    """None when there is none. Raises ConfigError when it cannot be read."""
    try:
        return head_from_line(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise ConfigError(f"台帳の世代の控え {file} を読めません。ファイルと置き場所を確かめてください。") from None


def write_witness(file: Path, head: Head) -> None:
    """Whole or not at all, and on the disk. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")  # several commands may end at once
    with part.open("w", encoding="utf-8") as opened:
        opened.write(head.line + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)
    sync_folder(file.parent)


def append_head(file: Path, head: Head) -> None:
    """One line more in the list of heads. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(head.line + "\n")
        opened.flush()
        os.fsync(opened.fileno())


def read_heads(file: Path) -> Sequence[Head]:
    """Raises ConfigError when it cannot be read, or a line is no head."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ConfigError(f"記録の控え {file} がありません。run を1回終えると作られます。") from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"記録の控え {file} を読めません。") from None
    try:
        return [head_from_line(line) for line in lines]
    except ValueError:
        raise ConfigError(
            f"記録の控え {file} に、控えではない行があります。書き換えられていないか確かめてください。"
        ) from None


def refuse_missing(ledger: Path, witness: Path) -> None:
    """A ledger that was there once is never begun anew in silence: every old application would be let in again."""
    if not ledger.exists() and witness.exists():
        raise ConfigError(
            f"台帳 {ledger} がありません。控えから復元してください（bridge-agent ledger restore）。"
            "本当にはじめから作るときだけ bridge-agent ledger new を使ってください。"
        )


class Keeping(Reading):
    def head(self) -> Head:
        with self.engine.connect() as connection:
            return head_of(connection, self.now())

    def has_event(self, head: Head) -> bool:
        with self.engine.connect() as connection:
            query = "SELECT hash FROM event WHERE event_id = ?"
            found = connection.exec_driver_sql(query, (head.event,)).scalar_one_or_none()
        return head.event == 0 or found == head.hash

    def check_witness(self, file: Path) -> None:
        """Raises ConfigError when ledger and witness do not agree. A ledger that never had a witness gets one."""
        witness, own = read_witness(file), self.head()
        if witness is None:
            if self._witnessed():
                raise ConfigError(
                    f"台帳の世代の控え {file} がありません。台帳が新しいものか分からないため、開始しません。{HOW_TO}"
                )
        elif witness.ledger != own.ledger:
            raise ConfigError(f"台帳と世代の控え {file} が、別の台帳のものです。bridge.toml の場所を確かめてください。")
        elif witness.epoch > own.epoch or (witness.epoch == own.epoch and not self.has_event(witness)):
            raise ConfigError(f"台帳が、世代の控え {file} より古いものに戻されています。開始しません。{HOW_TO}")
        self.keep_witness(file)

    def keep_witness(self, file: Path) -> None:
        """Raises ConfigError when it cannot be written."""
        try:
            write_witness(file, self.head())
        except OSError as error:
            raise ConfigError(
                f"台帳の世代の控え {file} を書けません（{type(error).__name__}）。置き場所の空きと権限を確かめてください。"
            ) from None
        if not self._witnessed():
            with self.write(Write.WITNESSED) as connection:
                connection.execute(insert(control).values(key="witnessed", value=self.now()))

    def keep_elsewhere(self, witness: Path, heads: Path | None) -> None:
        """At the end of a command. What cannot be written elsewhere is told, and does not undo the night."""
        try:
            self.keep_witness(witness)
            if heads is not None:
                append_head(heads, self.head())
        except OSError as error:
            logger.error(
                "記録の控え {} を書けませんでした（{}）。置き場所の空きと権限を確かめてください。",
                heads,
                type(error).__name__,
            )
        except (BridgeError, DBAPIError) as error:
            logger.error("台帳の世代または記録の控えを書けませんでした。{}", sentence_of(error))

    def _witnessed(self) -> bool:
        with self.engine.connect() as connection:
            found = connection.execute(select(control.c.value).where(control.c.key == "witnessed")).scalar_one_or_none()
        return found is not None
