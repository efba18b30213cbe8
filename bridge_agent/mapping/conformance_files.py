"""recipes/<core>/conformance.json: where a core's signed conformance record lies, read and written whole."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from bridge_agent.domain.conformance import ConformanceRecord
from bridge_agent.domain.errors import ConfigError
from bridge_agent.file_errors import writable

RECORD_FILE = "conformance.json"


def record_file(recipes: Path, core: str) -> Path:
    return recipes / core / RECORD_FILE


def load_record(recipes: Path, core: str) -> ConformanceRecord | None:
    """None when there is none. Raises ConfigError when it cannot be read; the signature is not looked at."""
    file = record_file(recipes, core)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise ConfigError(f"適合試験の記録 {file} を読めません。ファイルの権限を確かめてください。") from None
    try:
        return ConformanceRecord.model_validate_json(content)
    except ValidationError:
        raise ConfigError(
            f"適合試験の記録 {file} が壊れています。bridge-agent core test {core} で作り直してください。"
        ) from None


def save_record(file: Path, record: ConformanceRecord) -> None:
    """The file is the old one or the new one, never a part. Raises ConfigError when it cannot be written."""
    half = file.with_suffix(".part")
    with writable("適合試験の記録", file):
        with half.open("wb") as out:
            out.write(record.model_dump_json(indent=2).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
