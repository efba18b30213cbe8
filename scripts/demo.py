"""One night of the bridge agent in a made-up town, from nothing: sets up, runs, balances, runs again, cleans up.

Exit code 0: every application stands where it should, and the second run entered nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.demo_agent import DESKTOP_CORE, client_command
from scripts.demo_run import DemoOptions, DemoResult, run_demo
from scripts.demo_said import say_result
from scripts.demo_town import Town
from scripts.demo_ways import EVERY_WAY, SCREEN
from scripts.desktop_parts import bring_desktop
from scripts.environment import ROOT, go_on_in_environment
from scripts.file_lock import file_lock
from scripts.steps_shown import SetupFailed, say, use_plain_console

IN_JAPANESE = """作り物の町で、エージェントの一晩を見せます。この端末の中に模擬の申請管理システムと基幹システムを始め、
申請を入力し、1件ずつ正しい行き先かを調べ、突合表を作り、もう一度動かして（何も入力しないはず）、片付けます。
終了コード 0: すべての申請が正しい行き先にあり、2回目は何も入力しませんでした。"""


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="demo.py",
        description=f"{IN_JAPANESE}\n\n{__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,  # lines stay as they are: Japanese has no blanks to fold at
    )
    option = parser.add_argument
    option("--applications", type=_count, default=60, metavar="N", help="申請の件数（既定 60） / how many (default 60)")
    option("--headed", action="store_true", help="ブラウザーの画面を出す / show the browser's window")
    option(
        "--keep",
        action="store_true",
        help="終わっても模擬システムを止めず、アドレスとログインを示す / leave the servers up and print addresses and log-ins",
    )
    option(
        "--web-only",
        action="store_true",
        help="クライアント（Web でない画面）の基幹システムを省く / leave out the core with a client program",
    )
    option(
        "--procedures",
        metavar="LIST",
        default="",
        help="手続の id をコンマで並べる。all は 31 手続すべてを、画面・受け渡しフォルダー・自動車OSS（API）の 3 つから /"
        " procedure ids with commas between, or all 31, which come in by three ways",
    )
    option("--json", type=Path, metavar="FILE", help="件数を FILE に書く / write the numbers to FILE")
    option("--seed", type=int, default=1, help="別の町にする（既定 1） / another town (default 1)")
    option(
        "--data",
        type=Path,
        default=ROOT / ".demo",
        metavar="DIR",
        help="作業フォルダー。初めに空にする / folder to work in; emptied first",
    )
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return number


def _with_client(given: argparse.Namespace) -> bool:
    """Whether the core with a client program takes part; says why not."""
    if given.web_only:
        return False
    reason = bring_desktop(Path(sys.executable))
    if reason:
        say(f"クライアントの基幹システムは省きます / without the core that has a client program: {reason}")
    return not reason


def _stay_up(town: Town) -> None:
    """Until Ctrl-C, or until the town ends by itself."""
    with contextlib.suppress(KeyboardInterrupt):
        say("")
        for name, place in {**town.sources, **town.cores}.items():
            way_in = " ".join(client_command(place.url)) if name == DESKTOP_CORE else place.url
            log_in = f"   user {place.user}   password {place.password}" if place.user else ""
            say(f"  {name:<11}{way_in}{log_in}")
        say("Ctrl-C で終わります / Ctrl-C stops them")
        while not town.ended(within_s=1):  # a wait without limit would keep Ctrl-C from a process on Windows
            pass


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _end(number: int, _frame: object) -> None:
    """Unlike Ctrl-C this reached nobody else: leaving stops the agent too."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    use_plain_console()  # the help is in Japanese
    given = parse(arguments)
    started = go_on_in_environment()
    signal.signal(signal.SIGTERM, _end)
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, _interrupt)

    def finish(town: Town, result: DemoResult) -> None:
        say_result(result)
        if given.json is not None:
            given.json.write_text(json.dumps(result.numbers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if given.keep:
            _stay_up(town)

    try:
        browser = bring_browser(Path(sys.executable), headless=not given.headed)
        data = given.data.resolve()
        options = DemoOptions(
            data,
            browser,
            given.applications,
            given.seed,
            given.headed,
            _with_client(given),
            given.procedures,
            EVERY_WAY if given.procedures == "all" else (SCREEN,),
            started=started,
        )
        data.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(data.with_name(f"{data.name}.lock"), limit_s=0):
            result = run_demo(options, finish)
    except SetupFailed as error:
        say(str(error))
        return 2
    except TimeoutError:
        say("このフォルダーで別のデモが動いています / another demonstration is running in this folder.")
        return 2
    except KeyboardInterrupt:
        say("中断しました / interrupted")
        return 130
    return 1 if result.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
