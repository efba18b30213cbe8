"""The console command `bridge-agent`: exit codes, and one Japanese sentence for every error. Never a traceback."""

from __future__ import annotations

import sys

import typer
from loguru import logger
from rich.console import Console

from bridge_agent.cli import audits, books, cores, desk, lanes, recipes, runs, setting_up  # noqa: F401 - adds commands
from bridge_agent.cli.app import app
from bridge_agent.domain.errors import BridgeError, ConfigError, StopRunError
from bridge_agent.logs import place_of

EXIT_CONFIG, EXIT_STOPPED = 2, 3


def main() -> None:
    """Exit codes: 0 balanced · 1 a person is needed · 2 nothing started · 3 stopped early · 4 the books do not balance."""
    errors = Console(stderr=True)
    try:
        code = app(standalone_mode=False)
    except typer.Exit as leave:
        sys.exit(leave.exit_code)
    except typer.Abort:
        errors.print("中止しました。")
        sys.exit(EXIT_STOPPED)
    except ConfigError as error:
        errors.print(f"[red]{error.message}[/red]" if "[" not in error.message else error.message)
        sys.exit(EXIT_CONFIG)
    except StopRunError as error:
        errors.print(error.message, markup=False)
        sys.exit(EXIT_STOPPED)
    except BridgeError as error:
        errors.print(error.message, markup=False)
        sys.exit(EXIT_STOPPED)
    except KeyboardInterrupt:
        errors.print("中断しました。続きは bridge-agent run で再開できます。")
        sys.exit(EXIT_STOPPED)
    except Exception as error:  # a clerk never sees a traceback; the text may hold typed values
        show = getattr(error, "show", None)
        if callable(show):  # wrong words on the command line
            show()
            sys.exit(EXIT_CONFIG)
        kind = f"{type(error).__name__} {place_of(error.__traceback__)}".strip()
        logger.critical("想定外のエラー: {}", kind)
        errors.print(
            f"想定外のエラーが起きました（{kind}）。ログを添えて情報担当者に連絡してください。台帳は無事です。"
        )
        sys.exit(EXIT_STOPPED)
    sys.exit(code if isinstance(code, int) else 0)
