"""Sets up what every core has around its pages: request ids, faults of a whole request, the control addresses."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as WerkzeugResponse

from mock_core_ui.core import control, page_faults
from mock_core_ui.core.answers import change_password, interruption
from mock_core_ui.core.site import CoreSite
from mock_core_ui.core.store import TOKYO
from mock_core_ui.faults import ClockEffect, Firing, Phase


def install(app: Flask, here: CoreSite) -> None:
    """Adds all of it to an application. No fault strikes the control addresses."""
    app.extensions["core_site"] = here

    @app.before_request
    def _begin() -> Response | None:
        g.request_id = uuid.uuid4().hex
        if request.path.startswith(control.PREFIX):
            return None
        firings = here.plan.fired(Phase.ON_REQUEST, here.settings.core)
        _set_clock(here, firings)
        return interruption(here, firings)

    @app.after_request
    def _finish(answer: Response) -> Response:
        return page_faults.finish(answer)

    @app.post("/password", endpoint="password")
    def _password() -> Response | WerkzeugResponse:
        return change_password(here)

    control.add_addresses(app, here)


def _set_clock(here: CoreSite, firings: Iterable[Firing]) -> None:
    for firing in firings:
        effect = firing.fault.effect
        if not isinstance(effect, ClockEffect):
            continue
        match effect:
            case ClockEffect.OFFSET:
                g.clock_offset = timedelta(minutes=firing.number("minutes"))
            case ClockEffect.MIDNIGHT:
                now = here.settings.clock()
                tomorrow = now.astimezone(TOKYO).date() + timedelta(days=1)
                g.clock_offset = datetime.combine(tomorrow, time(0, 0, 1), TOKYO) - now
            case ClockEffect.NEW_ERA:
                g.new_era = firing
