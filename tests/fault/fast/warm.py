"""Imported once by the server that night processes are forked from: all modules, and the recipes read."""

from __future__ import annotations

import gc

from mock_core_ui.core.catalogue import DESKTOP
from tests.fault.fast import nights, serving

nights.book()
for _core in serving.CORES:
    if _core != DESKTOP:  # no browser, so the fast driver cannot drive it
        nights.core_profile(_core)
gc.collect()
gc.freeze()  # forked processes share this memory; a collection would copy it
