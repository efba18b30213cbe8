"""The mock systems in a process of their own that can be killed and started again: same ports, passwords and databases."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from mock_core_ui.people.model import World
from mock_core_ui.serving import Options
from tests.e2e.agent_town import ROOT

STOP_LIMIT_S = 15.0
PORT_LIMIT_S = 20.0


class ServedMocks:
    """Stands in a town where the mocks of its own process would."""

    def __init__(self, options: Options, world: World | None = None) -> None:
        assert world is None, "a process of its own makes its world from the seed"
        self._command = [sys.executable, "-m", "mock_core_ui", "serve", "--data", str(options.data)]
        self._command += ["--seed", str(options.seed), "--applications", str(options.applications)]
        self._command += ["--plain"] if options.plain else []
        self._command += ["--procedures", ",".join(options.procedures)] if options.procedures else []
        # In one word each: a random one may begin with '-'.
        self._command += [f"--password={secrets.token_urlsafe(12)}", f"--control-token={secrets.token_urlsafe(24)}"]
        self._command += ["--until-stdin-closes"]
        self._ports: list[str] = []
        self._report: dict[str, Any] = {}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when requests are taken. A port that a passing connection of somebody else's has is waited for."""
        end = time.monotonic() + PORT_LIMIT_S
        told = self._begin()
        while not told:
            assert time.monotonic() < end, "the mock systems do not start"
            self._end()
            told = self._begin()
        self._report = json.loads(told)
        urls = {"management": self._report["management"]["url"]}
        urls |= {core: place["url"] for core, place in self._report["cores"].items()}
        self._ports = [word for name, url in urls.items() for word in (f"--port-{name}", str(urlsplit(url).port))]

    def _begin(self) -> str:
        """What the new process says of itself; '' when it ended instead."""
        self._process = subprocess.Popen(
            [*self._command, *self._ports],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def report(self) -> dict[str, Any]:
        return self._report

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._end()

    def stop(self) -> None:
        """Closing its input is the request to stop."""
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
