"""What would turn one person's name into another's stands nowhere near a value: read from the syntax, not by words."""

from __future__ import annotations

import ast
import codecs
from collections.abc import Iterator

import pytest

from tests.architecture.source_files import python_files, short

ALLOWED = {
    "bridge_agent/ledger/restoring.py": {"normalize"},  # words that a person types to confirm
    "bridge_agent/drivers/moments.py": {"normalize"},  # the core's times, never a name
    "bridge_agent/sources/archive.py": {"normalize"},  # file names that would meet on a disk
    "bridge_agent/logs.py": {"normalize", "errors=backslashreplace"},  # masks: every form of a name must be found
    "bridge_agent/outputs/evidence.py": {"errors=backslashreplace"},  # an outline's stray halves of a pair
    "bridge_agent/drivers/desktop/x11.py": {"errors=replace"},  # read back: what was replaced differs
    "bridge_agent/sources/rest/reading.py": {"errors=replace"},  # a list's line; the content is held against it
    "bridge_agent/drivers/browser/fuse.py": {"errors=replace"},  # a header's type
    "bridge_agent/drivers/sender.py": {"errors=replace"},  # the system's own process table
}
"""File -> what it may do because no value of an application passes there; the reason stands beside it."""
GUESSING = {
    "chardet",
    "charset_normalizer",
    "cchardet",
    "neologdn",
    "mojimoji",
    "namedivider",
    "pykakasi",
    "normalize_japanese_addresses",
}
LOSSY = {"replace", "ignore", "backslashreplace", "xmlcharrefreplace", "namereplace"}
SJIS = {"shift_jis", "shift_jisx0213", "shift_jis_2004"}


def _is_sjis(text: object) -> bool:
    if not isinstance(text, str) or not text.isascii() or len(text) > 20:
        return False
    try:
        return codecs.lookup(text).name in SJIS
    except (LookupError, ValueError):
        return False


def forbidden(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr="normalize") | ast.Name(id="normalize") | ast.alias(name="normalize"):
                yield "normalize"
            case ast.Import(names=names):
                yield from ("import " + name.name for name in names if name.name.split(".")[0] in GUESSING)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in GUESSING:
                yield "import " + module
            case ast.keyword(arg="errors", value=ast.Constant(value=str(how))) if how in LOSSY:
                yield f"errors={how}"
            case ast.Call(func=ast.Attribute(attr="encode" | "decode"), args=[_, ast.Constant(value=str(how))]):
                yield from (f"errors={word}" for word in LOSSY & {how})
            case ast.Constant(value=text) if _is_sjis(text):
                yield "shift_jis"
            case _:
                pass


def test_nothing_that_changes_values_is_used() -> None:
    found = {short(path): set(forbidden(path.read_text(encoding="utf-8"))) for path in python_files("bridge_agent")}
    assert {name: what for name, what in found.items() if what - ALLOWED.get(name, set())} == {}
    assert {name: found[name] for name in ALLOWED} == ALLOWED, "an exception that nothing needs"


def test_the_modules_that_handle_values_have_no_exception() -> None:
    handling = ("bridge_agent/mapping/", "bridge_agent/domain/", "bridge_agent/steps/", "bridge_agent/pipeline/")
    assert [name for name in ALLOWED if name.startswith(handling)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "import unicodedata\nname = unicodedata.normalize('NFC', name)",
        "from unicodedata import normalize",
        "from unicodedata import normalize as n",
        "import jaconv\njaconv.normalize(name)",
        "import neologdn",
        "from charset_normalizer import from_bytes",
        "name.encode('cp932', errors='replace')",
        "name.encode('cp932', 'ignore')",
        "content.decode('Shift_JIS')",
        "CHARSET = 'sjis'",
        "open(path, encoding='s_jis')",
        "open(path, encoding='cp932', errors='ignore')",
        "getattr(unicodedata, 'x'), unicodedata.normalize",
    ],
)
def test_a_planted_one_is_found(planted: str) -> None:
    assert list(forbidden(planted))


@pytest.mark.parametrize(
    "harmless", ["content.decode('cp932')", "text.replace('a', 'b')", "open(path, encoding='utf-8', errors='strict')"]
)
def test_what_keeps_values_is_not_found(harmless: str) -> None:
    assert list(forbidden(harmless)) == []
