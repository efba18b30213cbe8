"""Judges one mutant: a process of its own imports the changed module and runs the tests until the first one fails."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from scripts.mutation.mutants import Mutant

WARM = ("pytest", "sqlalchemy", "pydantic", "loguru")
"""Imported once by the judging process before it forks; nothing of the project itself."""
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant's process while it runs."""

    mutant: Mutant
    process: BaseProcess
    noticed: Any
    """Where the process says which test was the first to fail."""

    def noticed_by(self) -> str:
        """The test as pytest calls it, without parameters; '' when none failed."""
        try:
            return str(self.noticed.recv()) if self.noticed.poll() else ""
        except EOFError:
            return ""

    def verdict(self) -> str | None:
        """None while it runs. A process that cannot even import the module has killed the mutant."""
        if self.process.exitcode is None:
            return None
        return SURVIVED if self.process.exitcode == 0 else KILLED


def start(mutant: Mutant, tests: Sequence[str], root: Path) -> Trial:
    context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=judge, args=(mutant, tuple(tests), str(root), there))
    process.start()
    there.close()
    return Trial(mutant, process, here)


def judge(mutant: Mutant, tests: tuple[str, ...], root: str, out: Any) -> None:
    """Entry point of the process; exit code 0 = every test is green, the mutant survived."""
    os.chdir(root)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    name = mutant.file.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _MutantFinder(name, mutant))
    import pytest

    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header"]
    code = pytest.main([*options, *tests], plugins=[_FirstFailure(out)])
    os._exit(0 if code == 0 else 1)


class _FirstFailure:
    """A pytest plugin: tells the first test that fails."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._out.send(report.nodeid.partition("[")[0])


class _MutantFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, name: str, mutant: Mutant) -> None:
        self._name, self._mutant = name, mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.source, self._mutant.file, "exec"), module.__dict__)
