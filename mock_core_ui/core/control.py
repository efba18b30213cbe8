"""The control addresses of a core below /_mock/: the fault plan as JSON, the wire front's counts, cuts, the page."""

from __future__ import annotations

import secrets

from flask import Flask, g, request

from mock_core_ui.core import training
from mock_core_ui.core.site import CoreSite
from mock_core_ui.faults import BadRule, menu_report

PREFIX = "/_mock"
TOKEN_HEADER = "X-Mock-Token"

_Answer = tuple[dict[str, object], int]


def add_addresses(app: Flask, here: CoreSite) -> None:
    """Adds them to an application; all ask for the control token."""

    @app.route(f"{PREFIX}/faults", methods=["GET", "POST"])
    def _faults() -> _Answer:
        if not _trusted(here):
            return _refused()
        if request.method == "POST":
            try:
                here.plan.replace(request.get_json(force=True, silent=True))
            except BadRule as error:
                return {"error": str(error)}, 400
        return {"rules": here.plan.report(), "menu": list(menu_report())}, 200

    @app.get(f"{PREFIX}/wire")
    def _wire() -> _Answer:
        return (dict(here.wire_report()), 200) if _trusted(here) else _refused()

    @app.post(f"{PREFIX}/wire/drop-all")
    def _drop_all() -> _Answer:
        """Cuts every connection but the one that asks; requests that came in already are worked off."""
        if not _trusted(here):
            return _refused()
        g.wire = "cut-others"
        return {"cut": True}, 200

    @app.post(f"{PREFIX}/wire/refuse")
    def _refuse() -> _Answer:
        """The same, and new connections are refused for some `seconds` of the query."""
        seconds = request.args.get("seconds", 5.0, type=float)
        if not _trusted(here):
            return _refused()
        g.wire = f"refuse-others:{seconds:g}"
        return {"refused_for_seconds": seconds}, 200

    training.add_page(app, here, PREFIX)


def _trusted(here: CoreSite) -> bool:
    given = request.headers.get(TOKEN_HEADER, "")
    return secrets.compare_digest(given.encode(), here.settings.control_token.encode())


def _refused() -> _Answer:
    return {"error": "token"}, 403
