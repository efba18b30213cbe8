"""The console command `bridge-agent`: exit codes, and one Japanese sentence for every error. Never a traceback."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import typer
from loguru import logger
from rich.console import Console

from bridge_agent.cli import audits, books, cores, desk, lanes, recipes, runs, setting_up  # noqa: F401 - adds commands
from bridge_agent.cli.app import app
from bridge_agent.cli.japanese import PROGRAM, refusal_of
from bridge_agent.domain.errors import BridgeError, ConfigError, StopRunError
from bridge_agent.file_errors import cause_and_remedy
from bridge_agent.logs import place_of, redact

EXIT_CONFIG, EXIT_STOPPED = 2, 3
_BY_CTRL_C = 130
"""What the command line's library makes of an interrupt outside a run."""


def main() -> None:
    """Exit codes: 0 balanced · 1 a person is needed · 2 nothing started · 3 stopped early · 4 the books do not balance."""
    errors = Console(stderr=True)
    try:
        code = app(standalone_mode=False, prog_name=PROGRAM)
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except typer.Abort:
        errors.print("中止しました。")
        sys.exit(EXIT_STOPPED)
    except ConfigError as error:
        # No mark-up: "[site] data" is a setting's name. Paths are not broken at the edge, so that they can be copied.
        errors.print(error.message, style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(EXIT_CONFIG)
    except StopRunError as error:
        errors.print(error.message, markup=False)
        sys.exit(EXIT_STOPPED)
    except BridgeError as error:
        errors.print(error.message, markup=False)
        sys.exit(EXIT_STOPPED)
    except KeyboardInterrupt:
        _interrupted(errors)
    except OSError as error:
        _unusable_file(error, errors)
    except Exception as error:  # a clerk never sees a traceback; the text may hold typed values
        told = refusal_of(error)
        if told is None:
            _unexpected(error, errors)
        typer.echo(told, err=True)
        sys.exit(EXIT_CONFIG)
    if code == _BY_CTRL_C:
        _interrupted(errors)
    sys.exit(code if isinstance(code, int) else 0)


def _interrupted(errors: Console) -> NoReturn:
    errors.print("中断しました。続きは bridge-agent run で再開できます。")
    sys.exit(EXIT_STOPPED)


def _unusable_file(error: OSError, errors: Console) -> NoReturn:
    """The last net for a path that a person gave or a folder that has become read-only."""
    if not isinstance(error.filename, str):  # not about a file: a connection, for instance
        _unexpected(error, errors)
    logger.critical("ファイルのエラー: {}", _kind(error))
    told = f"{error.filename} を読み書きできません。{cause_and_remedy(error, Path(error.filename))}"
    more = f"直しても続くときは、ログを添えて情報担当者に連絡してください（{_kind(error)}）。"
    errors.print(redact(told) + more, markup=False, soft_wrap=True)
    sys.exit(EXIT_STOPPED)


def _unexpected(error: Exception, errors: Console) -> NoReturn:
    logger.critical("想定外のエラー: {}", _kind(error))
    errors.print(
        f"想定外のエラーが起きました（{_kind(error)}）。ログを添えて情報担当者に連絡してください。台帳は無事です。"
    )
    sys.exit(EXIT_STOPPED)


def _kind(error: Exception) -> str:
    return f"{type(error).__name__} {place_of(error.__traceback__)}".strip()
