"""A client that outlived its agent is ended by the next start; nobody else's process ever is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.drivers.desktop.left_behind import end_client_left_behind, forget_client, note_client
from bridge_agent.drivers.sender import sender_of


@pytest.fixture
def client() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "clients" / "hibari-bridge01.json"


def test_a_noted_client_is_ended_and_forgotten(client: subprocess.Popen[bytes], note: Path) -> None:
    note_client(note, sender_of(client.pid))
    assert end_client_left_behind(note)
    client.wait(timeout=10)  # it waited for input that never came
    assert not note.exists()
    assert end_client_left_behind(note)


def test_a_process_that_only_has_the_number_lives(client: subprocess.Popen[bytes], note: Path) -> None:
    told = sender_of(client.pid)
    note_client(note, replace(told, started=told.started - 100))
    assert end_client_left_behind(note)
    assert client.poll() is None
    assert not note.exists()


def test_another_machines_note_ends_nothing_here(client: subprocess.Popen[bytes], note: Path) -> None:
    note_client(note, replace(sender_of(client.pid), host="another"))
    assert not end_client_left_behind(note)
    assert client.poll() is None


@pytest.mark.parametrize("content", ["", "{", '{"pid": 1}', "[]"])
def test_a_note_that_cannot_be_read_ends_nothing(client: subprocess.Popen[bytes], note: Path, content: str) -> None:
    note.parent.mkdir()
    note.write_text(content, encoding="utf-8")
    assert end_client_left_behind(note)
    assert client.poll() is None


def test_a_client_that_was_ended_in_order_is_forgotten(client: subprocess.Popen[bytes], note: Path) -> None:
    note_client(note, sender_of(client.pid))
    forget_client(note)
    forget_client(note)
    assert not note.exists()
