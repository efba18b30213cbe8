"""An interface modelled on the national one's steps: log in, list, get by 受付番号, list of states, status update.

Paths, fields and state names are the vendor's own and stand in tables; the address comes from the settings.
"""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.core_profile import Part
from bridge_agent.domain.package_shape import DataShape
from bridge_agent.domain.source_words import Named, States, check_states, check_words

_PLACE = re.compile(r"\{([a-z_]*)\}")


class Call(Part):
    """One request. {words} in path, query and body are replaced; in the path they are URL-encoded."""

    words: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[frozenset[str]] = frozenset()

    method: Literal["GET", "POST", "PUT"] = "GET"
    path: str
    query: dict[str, str] = Field(default_factory=dict)
    body: dict[str, str] = Field(default_factory=dict)
    """Fields of the JSON that is sent."""

    @field_validator("path")
    @classmethod
    def _a_path(cls, path: str) -> str:
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError("path は / で始めてください（アドレスは bridge.toml に書きます）")
        return path

    @model_validator(mode="after")
    def _knows_its_words(self) -> Call:
        texts = (self.path, *self.query.values(), *self.body.values())
        used = {word for text in texts for word in _PLACE.findall(text)}
        if strange := used - self.words:
            raise ValueError(f"{{{sorted(strange)[0]}}} は使えません（使える語：{'、'.join(sorted(self.words))}）")
        if missing := self.needs - used:
            raise ValueError(f"{{{sorted(missing)[0]}}} が要ります")
        return self


class LoginCall(Call):
    words: ClassVar[frozenset[str]] = frozenset({"user", "password"})
    needs: ClassVar[frozenset[str]] = words

    token: str
    """Where the token stands in the answer; fields inside others are divided by dots, as everywhere here."""
    header: str = "Authorization"
    prefix: str = "Bearer "


class ListCall(Call):
    words: ClassVar[frozenset[str]] = frozenset({"page", "size"})
    needs: ClassVar[frozenset[str]] = frozenset({"page"})

    first_page: int = Field(1, ge=0)
    page_size: int = Field(gt=0, le=1000)
    total: str
    """How many applications there are on all pages."""
    items: str
    fields: dict[Literal["receipt_no", "procedure_code", "procedure_name", "revision", "state"], str]

    @field_validator("fields")
    @classmethod
    def _tells_enough(cls, fields: dict[str, str]) -> dict[str, str]:
        check_words("fields", fields, ("receipt_no", "procedure_code", "procedure_name", "revision"))
        return fields


class ApplicationCall(Call):
    """`columns` is a list of pairs in the order of the form: a field's name and its text."""

    words: ClassVar[frozenset[str]] = frozenset({"receipt_no"})
    needs: ClassVar[frozenset[str]] = words

    columns: str
    name: str
    value: str
    attachments: str = ""
    """List of the attachments; '' = this system tells nothing of them."""
    attachment: dict[Literal["name", "sha256", "size"], str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _tells_attachments(self) -> ApplicationCall:
        if self.attachments:
            check_words("attachment", self.attachment, ("name", "sha256", "size"))
        return self


class StatesCall(Call):
    words: ClassVar[frozenset[str]] = frozenset({"receipt_no"})
    needs: ClassVar[frozenset[str]] = words

    items: str
    fields: dict[Literal["receipt_no", "state", "revision", "core_number"], str]

    @field_validator("fields")
    @classmethod
    def _tells_enough(cls, fields: dict[str, str]) -> dict[str, str]:
        check_words("fields", fields, ("receipt_no", "state", "revision", "core_number"))
        return fields


class LinkCall(Call):
    words: ClassVar[frozenset[str]] = frozenset({"receipt_no", "core_number"})
    needs: ClassVar[frozenset[str]] = words


class RestLimits(Part):
    """Seconds."""

    connect_s: float = Field(5.0, gt=0)
    answer_s: float = Field(30.0, gt=0)
    """A whole answer, from the request to its last byte."""
    retry_after_max_s: float = Field(60.0, ge=0)
    """A longer wait than this is not waited for."""


class RestProfile(Named):
    """Asks an interface."""

    kind: Literal["rest"]
    login: LoginCall
    listing: ListCall = Field(alias="list")
    application: ApplicationCall
    state_list: StatesCall = Field(alias="standing")
    link: LinkCall
    limits: RestLimits = Field(default_factory=RestLimits)
    package: DataShape
    states: States

    @model_validator(mode="after")
    def _tells_the_states_apart(self) -> RestProfile:
        check_states(self.states, (SourceState.APPROVED, SourceState.WITHDRAWN, SourceState.LINKED))
        return self
