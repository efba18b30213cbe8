"""What people do at the agent's desk, in a process of its own that a trial can break like any other."""

from __future__ import annotations

import importlib
import os
import time
from pathlib import Path

from loguru import logger

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import Reason
from bridge_agent.pipeline.recipe_book import RecipeBook
from bridge_agent.pipeline.run import run
from tests.fault.fast.nights import NightProcess, TownPlan, book, context, open_night
from tests.fault.points import books

WHO, OTHER = "sato", "suzuki"
RELEASE, CLOSE, RESTART, STOP = "release", "close", "restart", "stop"
ASK_AGAIN = "ask_again"
RELEASE_ABSENT = "release_absent"
"""The only deed of two."""
NIGHT_WITHOUT_RECIPES = "night_without_recipes"
NIGHT_OF_A_CHANGED_FORM = "night_of_a_changed_form"
WHOLE = {"restore": books.restore, "accept": books.accept, "purge": books.purge}
RESTORE, ACCEPT, PURGE = WHOLE
"""What changes the ledger as a whole, and is done alone."""


def start_person(plan: TownPlan, deed: str, subject: str = "") -> NightProcess:
    result = plan.folder / f"person-{time.time_ns()}-{os.getpid()}.json"
    made = context()
    process = made.Process(  # type: ignore[attr-defined]
        target=person_process, args=(plan, deed, subject, result), daemon=True
    )
    process.start()
    return NightProcess(process, result, time.time())


def person_process(plan: TownPlan, deed: str, subject: str, result: Path) -> None:
    """Entry point of the process."""
    logger.remove()
    if plan.setting:
        module, function = plan.setting.split(":")
        getattr(importlib.import_module(module), function)(plan.argument)
    do(plan, deed, subject)
    result.write_text("{}", encoding="utf-8")


def do(plan: TownPlan, deed: str, subject: str = "") -> None:
    if deed in WHOLE:
        WHOLE[deed](plan)
    elif deed == NIGHT_WITHOUT_RECIPES:
        with open_night(plan, recipes=RecipeBook((), book().variants)) as night:
            run(night)
    elif deed == NIGHT_OF_A_CHANGED_FORM:
        with open_night(plan) as night:
            night.source.changed_forms = lambda: {"K9999": "列「備考」が増えています"}  # type: ignore[method-assign]
            run(night)
    else:
        at_the_desk(plan, deed, subject)


def at_the_desk(plan: TownPlan, deed: str, subject: str) -> None:
    with open_night(plan) as night:
        ledger = night.ledger
        match deed:
            case "release":
                ledger.release(subject, WHO)  # type: ignore[attr-defined]
            case "close":
                ledger.close_held(subject, Reason.DISMISSED, WHO)  # type: ignore[attr-defined]
            case "ask_again":
                ledger.ask_again(subject, WHO)  # type: ignore[attr-defined]
            case "restart":
                ledger.close_breaker(subject, WHO)  # type: ignore[attr-defined]
            case "stop":
                ledger.request_stop(WHO)  # type: ignore[attr-defined]
            case "release_absent":
                ledger.release_absent(subject.split(), WHO, OTHER)  # type: ignore[attr-defined]
            case _:
                raise ConfigError(deed)
