"""What can go wrong at a mock server (the menu), and the plan that says when. Nothing here touches a request.

The servers ask the plan at fixed places (`Phase`) and carry out the effects that fire. A fault with an old effect is
one line of the menu; one with a new effect also adds a word to an enumeration of effects, and the type checker then
names the place that has to carry it out.
"""

from mock_core_ui.faults.menu import MENU, fault_named, menu_report
from mock_core_ui.faults.model import (
    AnswerEffect,
    ClockEffect,
    Effect,
    Fault,
    LookupEffect,
    PageEffect,
    Phase,
    RecordEffect,
    StoreEffect,
    WindowEffect,
)
from mock_core_ui.faults.plan import BadRule, FaultPlan, Firing

__all__ = [
    "MENU",
    "AnswerEffect",
    "BadRule",
    "ClockEffect",
    "Effect",
    "Fault",
    "FaultPlan",
    "Firing",
    "LookupEffect",
    "PageEffect",
    "Phase",
    "RecordEffect",
    "StoreEffect",
    "WindowEffect",
    "fault_named",
    "menu_report",
]
