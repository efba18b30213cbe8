"""A recipe's samples: applications written by its author and, by hand, what must be typed or why it must be held.

recipes/<core>/<procedure>/samples/<name>.yaml and expected/<name>.yaml; nothing here drives a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, Field, model_validator

from bridge_agent.domain.application import SIGNATURE_SOUND, Application, ApplicationKey, Attachment
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import Part
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import Act, BoundField, Control, EntryPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.loader import Node, build, read, refusal
from bridge_agent.mapping.model_errors import Problem, nearest
from bridge_agent.mapping.planner import choose, plan
from bridge_agent.steps.binding import ROW

_LEFT_OUT = "署名が正常な見本には signature_result を書きません"
SAMPLES_FOLDER = "samples"
EXPECTED_FOLDER = "expected"


class Envelope(Part):
    """What every application has; what is left out is the recipe's own first procedure code and form version."""

    receipt_no: str = Field(min_length=1)
    received_at: AwareDatetime
    atena_no: str
    procedure_code: str = ""
    form_version: str = ""
    signature_result: str = SIGNATURE_SOUND
    """Left out for a sound signature, whatever word the source has for it: a recipe does not know its source."""


class SampleText(Part):
    application: Envelope
    columns: dict[str, str]
    """Columns that are left out are empty."""
    attachments: tuple[str, ...] = ()
    """Names of the files that came with it."""


class ExpectedText(Part):
    """Either the values typed (fields that are left out stay empty), or the reason why nothing is typed."""

    fields: dict[str, str] = Field(default_factory=dict)
    reason: Reason | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> ExpectedText:
        if bool(self.fields) == (self.reason is not None):
            raise ValueError("fields か reason のどちらか一方を書いてください")
        return self


@dataclass(frozen=True, slots=True)
class Difference:
    """How a sample's result differs from what its author expected. Samples are invented, so values may be told."""

    key: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    application: Application
    expected: ExpectedText


def sample_names(folder: Path) -> tuple[str, ...]:
    """Names of the samples of a recipe folder, without '.yaml'."""
    return tuple(sorted(file.stem for file in (folder / SAMPLES_FOLDER).glob("*.yaml")))


def load_sample(loaded: LoadedRecipe, name: str) -> Sample:
    """Raises RecipeError, also for a column that the recipe does not know."""
    folder = loaded.file.parent
    written = read(folder / SAMPLES_FOLDER / f"{name}.yaml", f"{SAMPLES_FOLDER}/{name}.yaml")
    text = build(SampleText, written.plain(), dict(written.places()))
    expected = read(folder / EXPECTED_FOLDER / f"{name}.yaml", f"{EXPECTED_FOLDER}/{name}.yaml")
    columns = dict.fromkeys(columns_of(loaded), "")
    _refuse_unknown(text, columns, written)
    envelope, accepts = text.application, loaded.recipe.accepts
    application = Application(
        key=ApplicationKey("sample", "sample", envelope.receipt_no),
        procedure_code=envelope.procedure_code or accepts.procedure_codes[0],
        procedure_name=loaded.recipe.name,
        form_version=envelope.form_version or accepts.form_versions[0],
        revision="0",
        received_at=_aware(envelope.received_at),
        atena_no=envelope.atena_no,
        signature_result=envelope.signature_result,
        columns=columns | text.columns,
        attachments=tuple(Attachment(name, "", 0) for name in text.attachments),
    )
    return Sample(name, application, build(ExpectedText, expected.plain(), dict(expected.places())))


def _aware(moment: AwareDatetime) -> datetime:
    return datetime.fromisoformat(moment.isoformat())


def columns_of(loaded: LoadedRecipe) -> list[str]:
    """Every column of the application that the recipe reads, the rows of groups written out."""
    columns = [item.column for item in loaded.recipe.inputs.values()]
    for group in loaded.recipe.groups.values():
        columns += [
            item.column.replace(ROW, str(row)) for row in range(1, group.max + 1) for item in group.inputs.values()
        ]
    return columns


def _refuse_unknown(text: SampleText, columns: dict[str, str], written: Node) -> None:
    unknown = tuple(
        Problem(("columns", column), f"レシピに「{column}」という列はありません", nearest(column, columns))
        for column in text.columns
        if column not in columns
    )
    if unknown:
        raise refusal(unknown, dict(written.places()))


def differences(loaded: LoadedRecipe, sample: Sample, variants: VariantTable) -> tuple[Difference, ...]:
    """Empty when the plan of the sample is exactly what its author expected."""
    try:
        made = plan(sample.application, choose([loaded], sample.application), variants)
    except BusinessError as held:
        return _held_otherwise(sample.expected, held)
    if sample.expected.reason is not None:
        return (Difference("reason", sample.expected.reason.value, "（保留にならない）"),)
    typed = typed_values(made)
    keys = dict.fromkeys((*sample.expected.fields, *typed))
    return tuple(
        Difference(key, sample.expected.fields.get(key, ""), typed.get(key, ""))
        for key in keys
        if sample.expected.fields.get(key, "") != typed.get(key, "")
    )


def _held_otherwise(expected: ExpectedText, held: BusinessError) -> tuple[Difference, ...]:
    wanted = expected.reason.value if expected.reason else "（保留にならない）"
    found = []
    if wanted != held.reason.value:
        note = held.note or (_LEFT_OUT if held.reason is Reason.SIGNATURE_INVALID else "")
        found.append(Difference("reason", wanted, f"{held.reason.value}（{note}）" if note else held.reason.value))
    elif expected.note and expected.note != held.note:
        found.append(Difference("note", expected.note, held.note))
    return tuple(found)


def typed_values(made: EntryPlan) -> dict[str, str]:
    """Key -> value of every field that the plan types, without the empty ones."""
    fields = (field for act in made.acts for field in _fields_of(act))
    return {field.key: field.value for field in fields if field.control is not Control.SHOWN and field.value}


def _fields_of(act: Act) -> tuple[BoundField, ...]:
    fields: tuple[BoundField, ...] = getattr(act, "fields", ())
    return fields
