"""The ways by which applications come into the demonstration's town, and which procedures come by which.

Standard library only. Each way has a site of its own: a configuration has one source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayIn:
    """One source of applications and the site that takes from it."""

    name: str
    """Its word in --json."""
    title: str
    """For a person; full-width characters only, so that tables stand."""
    profile: str
    """recipes/sources/PROFILE.yaml"""
    source: str
    """`source:` of that profile, under which its password is kept."""
    place: str
    """Its name in the mock town's report."""
    site: str
    """Name of the site's folder."""
    office: str
    procedures: tuple[str, ...] = ()
    """What comes by it; of the first way: whatever comes by no other."""
    asked_for_by: tuple[str, ...] = ()
    """What makes the mock town offer it."""


SCREEN = WayIn(
    name="screen",
    title="画面",
    profile="minamo",
    source="minamo",
    place="management",
    site="site",
    office="汐見原市（模擬）",
)
_BY_FOLDER = (
    "disaster_victim_certificate",
    "ltci_category_change",
    "ltci_high_cost",
    "ltci_burden_limit",
    "ltci_equipment",
    "ltci_home_renovation",
    "ltci_after_move",
)
FOLDER = WayIn(
    name="folder",
    title="フォルダー",
    profile="minamo-folder",
    source="minamo",
    place="drop",
    site="site-folder",
    office="汐見原市・被災者支援と介護（模擬）",
    procedures=_BY_FOLDER,
    asked_for_by=("--drop", ",".join(_BY_FOLDER)),
)
OSS = WayIn(
    name="oss",
    title="自動車ＯＳＳ",
    profile="oss",
    source="oss",
    place="oss",
    site="site-oss",
    office="県・自動車（模擬）",
    procedures=("parking_space_certificate", "vehicle_env_tax", "vehicle_tax_report", "vehicle_tax_address_change"),
    asked_for_by=("--oss",),
)
EVERY_WAY = (SCREEN, FOLDER, OSS)


def way_of(procedure: str, ways: Sequence[WayIn]) -> WayIn:
    return next((way for way in ways if procedure in way.procedures), ways[0])
