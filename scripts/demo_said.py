"""What the demonstration came to, for a person: the balance, in a column for each way in where there are several.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.demo_run import DemoResult
from scripts.demo_ways import EVERY_WAY
from scripts.steps_shown import say

TITLES = {
    "approved": "承認済",
    "registered": "登録確認済",
    "already_there": "登録済だった",
    "held": "保留",
    "in_doubt": "結果不明",
    "withdrawn": "取下げ",
    "closed": "職員が終了",
    "not_yet_entered": "未入力",
    "duplicates": "二重登録",
    "missing": "登録の消失",
    "lost": "行方不明",
}
_TITLES_OF_WAYS = {way.name: way.title for way in EVERY_WAY}


def say_result(result: DemoResult) -> None:
    """The balance and what was found."""
    numbers: Mapping[str, Any] = result.numbers
    ways: Mapping[str, Mapping[str, Any]] = numbers["ways"]
    several = len(ways) > 1
    say("")
    if several:
        say(came_by(ways))
        say("")
        say(f"  {'':　<8}{'合計':>4}{''.join(f'{_TITLES_OF_WAYS[name]:　>8}' for name in ways)}")
    for word, title in TITLES.items():
        if word in numbers:
            columns = "".join(f"{of_way.get(word, '')!s:>16}" for of_way in ways.values()) if several else ""
            say(f"  {title:　<8}{numbers[word]!s:>6}{columns}   {word}")
    say("")
    say(
        f"  登録 {numbers['values_read_back_of']} 件の値を申請と照合 / values read back: {numbers['values_wrong']} wrong"
    )
    for word in ("second_run_entered", "seconds", "entries_per_minute", "total_seconds"):
        say(f"  {word}: {numbers[word]}")
    for name, of_way in ways.items():
        of = f"（{_TITLES_OF_WAYS[name]}）" if several else ""
        say(f"  突合表{of} / morning sheet: {of_way['sheet'] or '-'}")
    for problem in result.problems:
        say(f"  × {problem}")
    say(
        "すべて期待どおりです / everything is as expected"
        if not result.problems
        else "期待と違います / not as expected"
    )


def came_by(ways: Mapping[str, Mapping[str, Any]]) -> str:
    """How many applications came by which way in, as the sources' own books say."""
    parts = "、".join(f"{_TITLES_OF_WAYS[name]}から {of_way['given']} 件" for name, of_way in ways.items())
    total = sum(of_way["given"] for of_way in ways.values())
    return f"申請 {total} 件は、{parts}届きました。"
