"""The words of the fault menu: when a fault may strike, what a server can be made to do, and a line of the menu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Parameters = Mapping[str, str | float]


class Phase(StrEnum):
    """Where the plan is asked; each rule counts the questions that concern it."""

    ON_REQUEST = "on_request"
    """Any request of the core's own pages has come in."""
    ON_LOGIN = "on_login"
    """User and password were right."""
    ON_PAGE = "on_page"
    """A page is about to be shown; `page` says which kind."""
    BEFORE_COMMIT = "before_commit"
    """A register request has come in and nothing is stored yet."""
    AT_COMMIT = "at_commit"
    """The record is about to be stored: what is stored may still change."""
    AFTER_COMMIT = "after_commit"
    """The record is stored and the answer not yet sent."""
    ON_LOOKUP = "on_lookup"
    """A list or a detail of the look-up is asked for."""
    ON_WINDOW = "on_window"
    """The windowed client opens a window and asks what is wrong with it; `page` says which window."""


class AnswerEffect(StrEnum):
    """Takes the place of the answer to this request, or holds it up. Before a commit nothing is stored then."""

    ERROR = "error"
    """Answer with `status` and the system's error page."""
    WAIT = "wait"
    """Wait `seconds`, then go on as usual."""
    SLOW = "slow"
    """Wait `usual` seconds times `factor`, more or less by the share `jitter`, then go on as usual."""
    LOGIN_PAGE = "login_page"
    """End the session and answer with the log-in page, status 200."""
    FRESH_FORM = "fresh_form"
    """End the session and answer with the entry form as if it had just been opened, status 200."""
    TAKEN_OVER = "taken_over"
    """The same account logs in elsewhere, which ends this session; answer with the page that says so."""
    PASSWORD_EXPIRED = "password_expired"
    """Let in only as far as the page on which the password has to be changed."""
    DROP = "drop"
    """Close the connection without a byte of answer."""
    RESET = "reset"
    STALL = "stall"
    """Keep the answer back for `seconds`."""
    SWALLOW = "swallow"
    """Do nothing with the request, and close its connection unanswered after `seconds`."""
    REFUSE = "refuse"
    """Cut all connections and refuse new ones for `seconds`: the listening socket is closed."""
    BAD_CERTIFICATE = "bad_certificate"
    """Cut all connections; for `seconds` handshakes get a `certificate` that must not be trusted."""
    UNKNOWN_HOST = "unknown_host"
    """Lead the browser to `host`, a name that cannot be resolved."""
    EMPTY = "empty"
    """Status 200 and no body."""
    MESSAGE = "message"
    """A page of the core with `text`, status 200."""
    FAILURE = "failure"
    """A page of the core's style for errors with `text`, status 200."""
    VALIDATION = "validation"
    """The entry form again, its values kept, with the error `text`."""
    MAINTENANCE = "maintenance"
    """A page that says `text`, with `status`."""


class PageEffect(StrEnum):
    """Changes a page that is shown."""

    TRUNCATE = "truncate"
    """Send the whole Content-Length but only `bytes` of the body, half of it at most."""
    EMPTY_PAGE = "empty_page"
    WRONG_ENCODING = "wrong_encoding"
    """Bytes of CP932 under a header that says UTF-8."""
    ALERT = "alert"
    """Show an alert with `text` when the page is loaded."""
    CONFIRM = "confirm"
    """Ask `text` when the page is loaded; 'cancel' goes back one page."""
    BEFORE_UNLOAD = "before_unload"
    """The browser asks before the page is left."""
    POP_UP = "pop_up"
    """Open a window with `text` when the page is loaded."""
    DOWNLOAD = "download"
    """A PDF to be saved in the place of the page."""
    PRINT = "print"
    """Open the printer's dialog when the page is loaded."""
    FRESH_FORM = "fresh_form"
    """The session ends, and the entry form comes in the place of the page as if it had just been opened."""
    DUPLICATE_WARNING = "duplicate_warning"
    """The confirm screen warns of an earlier application and lets the clerk override that."""
    OTHER_RECORD = "other_record"
    """The completion screen shows number and person of another record."""
    SUBMIT_TWICE = "submit_twice"
    """The confirm screen's script sends the register request twice; the core takes both."""
    SECOND_REFUSED = "second_refused"
    """The same, but the core refuses the second for its used token and the browser shows that refusal."""
    SCRIPT_ERROR = "script_error"
    """The first click on the register button dies in a script error: nothing is sent, the button stays usable."""
    SENT_THEN_SCRIPT_ERROR = "sent_then_script_error"
    """The click registers in the background, then a script error leaves screen and button as they were."""
    CUT_FIELD = "cut_field"
    """The core keeps `keep` characters of a field and its confirm screen shows so."""
    WIDEN_FIELD = "widen_field"
    """The core turns a field to full width and its confirm screen shows so."""
    RENAME_OPTION = "rename_option"
    """An option of the entry form has another text (`text` behind the old one) under the old code."""
    REORDER_OPTIONS = "reorder_options"
    """The options of a list of the entry form come in the opposite order."""
    MOVE_FIELD = "move_field"
    """A field of the entry form stands last in its group, under the old name."""
    ADD_FIELD = "add_field"
    """The entry form has a new field `label` that must be filled, or the core refuses the entry."""


class StoreEffect(StrEnum):
    """Changes what a registration stores; the completion screen says nothing of it."""

    FORGET = "forget"
    """Store nothing and show the completion screen with a number nobody has."""
    FORGET_SHOW_OTHER = "forget_show_other"
    """Store nothing and show the completion screen of another record."""
    CUT = "cut"
    """Store `keep` characters of a field."""
    WIDEN = "widen"
    """Store a field in full width."""
    LOSE_GROUP = "lose_group"
    """Store the record without the values of a group."""


class RecordEffect(StrEnum):
    """Something happens to the records beside this registration."""

    HIDE = "hide"
    """Keep the new record out of the look-up for `seconds`."""
    EDIT = "edit"
    """A clerk puts `text` behind a field of the new record; `operator`, when given, becomes the one shown."""
    CLERK_TOO = "clerk_too"
    """`operator` registers the same application of the same person with the same values."""
    REUSE_NUMBER = "reuse_number"
    """The new record is cancelled and its number given to another person's record by `operator`."""


class LookupEffect(StrEnum):
    """Changes what the look-up's list shows."""

    NO_HITS = "no_hits"
    """No hits: whatever there is (`scope` all) or as far as it was registered by this server (`scope` new)."""
    CUT_LIST = "cut_list"
    """Say how many there are and show `at` of them, the `keep` ones, with no way to the others."""
    SMALL_PAGES = "small_pages"
    """Show `size` hits a page."""
    NAMESAKE = "namesake"
    """Show a record of another person of the same name in addition."""


class ClockEffect(StrEnum):
    """Sets the clock by which this request is served; the idle time of sessions keeps the true one."""

    OFFSET = "offset"
    """`minutes` fast, or slow when negative."""
    MIDNIGHT = "midnight"
    """The first second of the next day in Tokyo."""
    NEW_ERA = "new_era"
    """Year `from_year` of 令和 and later ones are shown, and offered, as a new `era` with a `letter`."""


class WindowEffect(StrEnum):
    """Changes how a window of the windowed client behaves; the client itself carries it out."""

    MODAL = "modal"
    """A message box with `text` that nobody asked for, `after_s` seconds after the window opened."""
    MOVE = "move"
    """The window jumps by `dx` and `dy` pixels after `after_s` seconds."""
    SLOW = "slow"
    """The window opens, and every key that leaves a field is answered, `seconds` later."""
    FREEZE = "freeze"
    """No key and no click is handled for `seconds` after the window opened."""
    TWIN = "twin"
    """A second window with the same title stands beside it."""
    OTHER_FOCUS = "other_focus"
    """A notice of the client itself takes the focus after `after_s` seconds."""
    SWALLOW_PASTE = "swallow_paste"
    """A paste into `field` does nothing."""
    CHANGE_PASTE = "change_paste"
    """A paste into `field` loses its last character."""


Effect = AnswerEffect | PageEffect | StoreEffect | RecordEffect | LookupEffect | ClockEffect | WindowEffect

EFFECTS_OF: Mapping[Phase, tuple[type[Effect], ...]] = {
    Phase.ON_REQUEST: (AnswerEffect, ClockEffect),
    Phase.ON_LOGIN: (AnswerEffect,),
    Phase.ON_PAGE: (PageEffect,),
    Phase.BEFORE_COMMIT: (AnswerEffect, RecordEffect),
    Phase.AT_COMMIT: (StoreEffect,),
    Phase.AFTER_COMMIT: (AnswerEffect, RecordEffect),
    Phase.ON_LOOKUP: (AnswerEffect, LookupEffect),
    Phase.ON_WINDOW: (WindowEffect,),
}
"""Phase -> the effects that the servers carry out there."""


PAGE_CORES = ("sogo", "nintei")
"""The cores that send a page for every screen: only there a screen can be left, or a file come in its place."""
ONE_PAGE_CORES = ("wakaba", "jidosha")
"""The cores whose one page is drawn by its script."""
BROWSER_CORES = (*PAGE_CORES, *ONE_PAGE_CORES)
"""The cores that a browser shows: only they can do what lies in a page, its scripts or the browser's own windows."""
DESKTOP_CORES = ("hibari",)
"""The cores whose screens are windows of a client program."""


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    """Its line in the fault menu (M4; D1 for windows), with a letter for a variant (M4b)."""
    name: str
    title: str
    """What the core does, for the page on which faults are chosen by hand."""
    phase: Phase
    effect: Effect
    origin: Literal["real", "imitated"]
    """Whether the thing itself happens (a socket is closed) or only what is seen of it."""
    page: str = ""
    """For ON_PAGE, ON_LOOKUP and ON_WINDOW: what kind of page or window it strikes unless a rule names another; ''
    any."""
    parameters: Parameters = field(default_factory=dict)
    """Defaults; a rule may give other values of the same type under the same keys."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameter -> the only values it may have."""
    cores: tuple[str, ...] = (*BROWSER_CORES, *DESKTOP_CORES)
    """The cores that can do it."""
    needs_tls: bool = False
    """Whether it can only happen at a core that is served behind TLS."""

    @property
    def line(self) -> str:
        """Its code without the letter of a variant."""
        return self.code.rstrip("abcdefgh")
