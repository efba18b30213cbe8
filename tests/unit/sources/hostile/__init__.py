"""Files that mean harm or are broken, made on the spot: each with the code that it must be refused with."""

from __future__ import annotations

from tests.unit.sources.hostile.case import Case
from tests.unit.sources.hostile.csv_files import CSV_CASES
from tests.unit.sources.hostile.data_files import DATA_CASES
from tests.unit.sources.hostile.drop_places import PLACE_CASES
from tests.unit.sources.hostile.xml_files import XML_CASES
from tests.unit.sources.hostile.zip_files import ZIP_CASES

CASES: tuple[Case, ...] = (*ZIP_CASES, *DATA_CASES, *XML_CASES, *CSV_CASES, *PLACE_CASES)

__all__ = ["CASES", "Case"]
