"""Settings become objects here: the only package that knows which adapter stands behind which port."""

from __future__ import annotations

from bridge_agent.wiring.checks import browser_found, desk_state, secrets_missing, try_log_ins
from bridge_agent.wiring.keys import Start, open_store, passphrase_for, sealer_of, secret_names, site_sealer, store_with
from bridge_agent.wiring.ledgers import Desk, books, desk, lock_folder, open_books, person
from bridge_agent.wiring.nights import (
    browser_options,
    browser_session,
    core_access,
    core_session,
    lanes_for,
    night,
    reconcile_all,
    reconcile_alone,
    source_of,
    web_account,
)
from bridge_agent.wiring.parts import NobodyWatches, NoTimer, Protector, SystemClock, boot_id, this_process
from bridge_agent.wiring.recording import WindowRecord, record_window
from bridge_agent.wiring.sites import Site, open_site, read_site, refuse_resending, resending_needs

__all__ = [
    "Desk",
    "NoTimer",
    "NobodyWatches",
    "Protector",
    "Site",
    "Start",
    "SystemClock",
    "WindowRecord",
    "books",
    "boot_id",
    "browser_found",
    "browser_options",
    "browser_session",
    "core_access",
    "core_session",
    "desk",
    "desk_state",
    "lanes_for",
    "lock_folder",
    "night",
    "open_books",
    "open_site",
    "open_store",
    "passphrase_for",
    "person",
    "read_site",
    "reconcile_all",
    "reconcile_alone",
    "record_window",
    "refuse_resending",
    "resending_needs",
    "sealer_of",
    "secret_names",
    "secrets_missing",
    "site_sealer",
    "source_of",
    "store_with",
    "this_process",
    "try_log_ins",
    "web_account",
]
