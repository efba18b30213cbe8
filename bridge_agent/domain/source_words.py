"""What the profile of every source says, whatever its kind: whose numbers these are and what its states are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.core_profile import Part

States: TypeAlias = dict[str, SourceState]
"""The system's own name of a state -> approved, withdrawn, sent_back, linked. Any other name is unknown."""


class Named(Part):
    source: str
    """Part of every application's identity: never change it once it has been used."""
    name: str
    scope: str
    """Numbering scope of the 受付番号; part of the identity, too."""


def check_states(states: Mapping[str, SourceState], wanted: Iterable[SourceState]) -> None:
    """Raises ValueError unless there is a name for each of `wanted`."""
    missing = set(wanted) - set(states.values())
    if missing:
        raise ValueError(f"states に {'・'.join(sorted(missing))} にあたる状態名が要ります")


def check_words(place: str, given: Iterable[str], wanted: Iterable[str]) -> None:
    """Raises ValueError unless each of `wanted` is in the table that stands at `place`."""
    missing = set(wanted) - set(given)
    if missing:
        raise ValueError(f"{place} に {'・'.join(sorted(missing))} が要ります")
