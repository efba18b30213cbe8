"""Commands of the mocks: `serve` starts them all in one process, `screens` prints the cores' screen catalogue,
`export` puts what is approved into a drop folder."""

from __future__ import annotations

import argparse
import errno
import json
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from mock_core_ui.core.catalogue import DESKTOP, screens_of
from mock_core_ui.core.describe import describe_all
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.export import export_csv, export_packages, export_states
from mock_core_ui.management.store import Store
from mock_core_ui.people.procedures import ALL_PROCEDURES, DESKTOP_ROUND, ROUND, WEB_PROCEDURES
from mock_core_ui.serving import MANAGEMENT_DATABASE, MockTown, Options
from mock_core_ui.tls import Certificate

PORT_ORDER = ("sogo", "nintei", DESKTOP, "wakaba", "jidosha")
"""The cores by their places behind the management system when ports are counted from a first one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the exit code is 0 after a clean stop."""
    given = _parser().parse_args(arguments)
    if given.command == "screens":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows console may say cp932
        print(describe_all())
        return 0
    return _export(given) if given.command == "export" else _serve(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mock_core_ui", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("screens", help="print every screen of the mock cores: labels, names, lengths, codes")
    serve = commands.add_parser("serve", help="serve the management system and the cores on loopback ports")
    serve.add_argument("--data", type=Path, required=True, help="folder of the databases; existing ones are used again")
    serve.add_argument(
        "--seed", type=int, default=1, help="which invented town: the same number, the same residents (default 1)"
    )
    serve.add_argument(
        "--applications",
        type=int,
        default=60,
        help="approved applications in a new town (default 60); an existing one is left as it is",
    )
    serve.add_argument("--plain", action="store_true", help="no troubled applications")
    serve.add_argument(
        "--procedures",
        help="procedure ids with commas between, `all`, or `all-web` for those that need no windowed client; the usual"
        " ones of the web cores when left out. One of the desktop core"
        f" ({', '.join(screen.procedure for screen in screens_of(DESKTOP))}) brings that core too",
    )
    serve.add_argument("--hibari", action="store_true", help="serve the desktop core in any case")
    serve.add_argument(
        "--every-core", action="store_true", help="the usual procedures of the web cores and those of the desktop core"
    )
    serve.add_argument("--expiry-minutes", type=float, default=30, help="idle minutes after which a session ends")
    serve.add_argument("--password", default="", help="one fixed password for all accounts; else random ones")
    serve.add_argument(
        "--control-token",
        default="",
        help="a fixed token for each core's fault page, /_mock/?token=TOKEN; else a random one",
    )
    serve.add_argument(
        "--ports-from",
        type=int,
        default=0,
        help=f"first of the ports in a row: the management system, then {', '.join(PORT_ORDER)}, each at its place"
        " whether the others are there or not; 0: free ones",
    )
    serve.add_argument(
        "--port-management", type=int, default=0, help="port of the management system; goes before --ports-from"
    )
    for core in PORT_ORDER:
        brings = ", which it brings" if core == DESKTOP else ""
        serve.add_argument(
            f"--port-{core}",
            type=int,
            default=0,
            help=f"port of the core {core}{brings}; goes before --ports-from",
        )
    serve.add_argument("--tls", choices=list(Certificate), help="serve the cores behind TLS, with this certificate")
    serve.add_argument("--one-session-per-account", action="store_true", help="a log-in to a core ends the earlier one")
    serve.add_argument(
        "--oss", action="store_true", help="serve the prefecture's vehicle system, too: an interface only"
    )
    serve.add_argument(
        "--drop",
        default="",
        metavar="LIST",
        help="procedure ids with commas between: the management system does not have their applications, a new town"
        " exports them into the folder DATA/drop",
    )
    serve.add_argument("--until-stdin-closes", action="store_true", help="stop when the starter goes away")
    _add_export(commands)
    return parser


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="export what is approved into a drop folder, as a nightly job would")
    export.add_argument("--data", type=Path, required=True, help="folder of the databases that `serve` uses")
    export.add_argument("--into", type=Path, required=True, help="the drop folder; made when it is not there")
    export.add_argument("--per-file", type=int, default=20, help="applications in a ZIP (default 20)")
    export.add_argument("--csv", action="store_true", help="one CSV a procedure in place of the ZIP files")


def _export(given: argparse.Namespace) -> int:
    database: Path = given.data / MANAGEMENT_DATABASE
    if not database.is_file():
        sys.stderr.write(f"{database} がありません。先に serve を実行してください。\n")
        return 2
    given.into.mkdir(parents=True, exist_ok=True)
    store = Store(database, japan_time)
    now = japan_time()
    if given.csv:
        written = export_csv(store, given.into, now)
    else:
        written = export_packages(store, given.into, now, per_file=max(1, given.per_file))
    export_states(store, given.into)
    print(json.dumps({"files": len(written)}))
    return 0


def procedures_named(words: str, *, every_core: bool = False) -> tuple[str, ...] | None:
    """What `--procedures` and `--every-core` ask for; None = the usual ones."""
    if words in ("all", "all-web"):
        return ALL_PROCEDURES if words == "all" else WEB_PROCEDURES
    if words:
        return tuple(words.split(","))
    return tuple(dict.fromkeys((*ROUND, *DESKTOP_ROUND))) if every_core else None


def _options(given: argparse.Namespace) -> Options:
    first = given.ports_from
    return Options(
        data=given.data,
        seed=given.seed,
        applications=given.applications,
        procedures=procedures_named(given.procedures, every_core=given.every_core),
        plain=given.plain,
        expiry_minutes=given.expiry_minutes,
        password=given.password,
        control_token=given.control_token,
        management_port=given.port_management or first,
        core_ports={
            core: getattr(given, f"port_{core}") or (first + place if first else 0)
            for place, core in enumerate(PORT_ORDER, start=1)
        },
        hibari=given.hibari or bool(given.port_hibari),
        tls=Certificate(given.tls) if given.tls else None,
        one_session_per_account=given.one_session_per_account,
        oss=given.oss,
        drop=tuple(given.drop.split(",")) if given.drop else (),
    )


def _serve(given: argparse.Namespace) -> int:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    for name in ("waitress", "werkzeug", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        town = MockTown(_options(given))
        town.start()
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        sys.stderr.write(
            "ポートが使用中か、使えません。--ports-from の番号を変えるか、前の模擬システムを止めてください。\n"
        )
        return 2
    print(json.dumps(town.report()), flush=True)
    if sys.stderr.isatty():  # a program that started this reads the same from the line above
        for core in town.cores.values():
            print(f"異常の切替（{core.site.name}）: {core.training_page}", file=sys.stderr)
    if given.until_stdin_closes:
        threading.Thread(target=_wait_for_stdin, args=(stopping,), daemon=True).start()
    while not stopping.wait(timeout=1):  # a wait without limit would keep Ctrl-C from a Windows process
        pass
    town.stop()
    return 0


def _wait_for_stdin(stopping: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    stopping.set()


if __name__ == "__main__":
    sys.exit(main())
