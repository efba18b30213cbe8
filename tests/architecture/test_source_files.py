"""How every file looks: a first line that says what it is for, a size that can be read, a name that says something."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.architecture.source_files import CODE, ROOT, imports_of, python_files, short, text_files

LONGEST_MODULE = 400  # lines; 350 is the goal
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"})
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org")
MACHINE_PATH = re.compile(r"(?<![\w.~/])/(?:wo" + r"rk|ro" + r"ot|home/\w+|Us" + r"ers/\w+)/")
INVERSE_READING = "tests/e2e/inverse"


def test_every_module_says_first_what_it_is_for() -> None:
    silent = []
    for path in python_files(*CODE):
        text = path.read_text(encoding="utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            silent.append(short(path))
    assert silent == []


def test_modules_stay_short_enough_to_read() -> None:
    counted = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*CODE)}
    assert {name: lines for name, lines in counted.items() if lines > LONGEST_MODULE} == {}


def test_names_say_something() -> None:
    named = {
        short(path) for path in python_files(*CODE) if EMPTY_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)
    }
    assert named == set()


def test_text_is_utf8_with_unix_line_ends() -> None:
    odd = []
    for path in text_files():
        content = path.read_bytes()
        if b"\r" in content or content.startswith(b"\xef\xbb\xbf"):
            odd.append(short(path))
        content.decode("utf-8")
    assert odd == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in text_files():
        text = path.read_text(encoding="utf-8")
        found += [f"{short(path)}: {host}" for host in REGISTRIES if host in text]
        found += [f"{short(path)}: {hit.group()}" for hit in MACHINE_PATH.finditer(text)]
    assert found == []


def test_the_inverse_reading_shares_no_code_with_the_agent() -> None:
    """It judges what the agent entered, so nothing of the agent may reach it, not even through another test module."""
    allowed = (sys.stdlib_module_names - {"importlib", "runpy"}) | {
        "mock_core_ui"
    }  # the mock knows nothing of the agent
    strange = {
        f"{short(path)}: {name}"
        for path in python_files(INVERSE_READING)
        for name in imports_of(path)
        if name.split(".")[0] not in allowed and not name.startswith("tests.e2e.inverse")
    }
    assert python_files(INVERSE_READING)
    assert strange == set()


@pytest.mark.parametrize("planted", ["/" + "root/x", "see /" + "work/main here", "'/" + "Users/hanako/x'"])
def test_a_planted_machine_path_is_found(planted: str) -> None:
    assert MACHINE_PATH.search(planted)
