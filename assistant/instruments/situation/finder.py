"""The case finder. Owns: comparing a situation with every case field by field, and which cases are shown.

Does not own: the cases' profiles and the warnings (data). Nothing is weighed: fields agree, differ or cannot be told, and that is
counted and shown. The same situation gives the same cases.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.errors import InputError
from assistant.instruments.assessment import Rubric
from assistant.instruments.literature import Literature
from assistant.instruments.situation.numbering import Numbers
from assistant.instruments.situation.profiles import CaseProfile, SituationsSpec, TransferRule, situations_spec
from assistant.instruments.situation.situation import Situation
from assistant.instruments.situation.vocabulary import FIELDS, OUTCOMES, in_words
from assistant.instruments.spec import rubric_of
from assistant.nouns import Citation, Noun

Verdict = Literal["agrees", "differs", "cannot_tell"]
MOST = 3  # of each of the three kinds
NOTHING_SAID = (
    "Say something about the situation first: country, level, sector, stage, budget, powers or politics. "
    "`adviser assess cases --ask` asks for each."
)
HOW = (
    "Cases are compared with yours field by field. Those in your sector come first, then those with more fields that agree, then "
    "those with fewer that differ. Nothing is weighed."
)


class FieldMatch(Noun):
    """One field of a case beside yours, in words, with the statements behind the case's values."""

    field: str
    label: str
    yours: list[str]
    case: list[str]
    shared: list[str]
    verdict: Verdict
    citations: list[Citation]


class TransferWarning(Noun):
    """What a difference may mean, with what the library says of it."""

    rule: str
    field: str
    text: str
    citations: list[Citation]


class CaseMatch(Noun):
    """A case beside a situation."""

    source_id: str
    title: str
    place: str
    outcome: str
    agrees: int
    differs: int
    cannot_tell: int
    fields: list[FieldMatch]
    warnings: list[TransferWarning]
    watch: list[Citation] = Field(description="The case's own lessons and criticisms to read before anything is carried over.")


class CaseFinding(Noun):
    """Cases for a situation: similar ones, the same problem elsewhere, and the same setting with another problem."""

    situation: Situation
    rubric: Rubric
    similar: list[CaseMatch]
    same_problem: list[CaseMatch] = Field(description="Same sector, and otherwise as different as can be.")
    same_setting: list[CaseMatch] = Field(description="Another sector, and otherwise as similar as can be.")
    compared: int
    how: str = HOW
    notes: list[str]


def find_cases(situation: Situation, literature: Literature, *, most: int = MOST) -> CaseFinding:
    """Compare with every case that this library holds. Raises InputError where the situation says nothing."""
    if not any(situation.given(field) for field in FIELDS):
        raise InputError(NOTHING_SAID)
    spec = situations_spec()
    held = literature.library.sources()
    compared = [_Compared(situation, profile) for profile in spec.cases if profile.case in held]
    similar = sorted(compared, key=lambda each: (not each.sector, -each.agrees, each.differs, each.profile.case))[:most]
    shown = {each.profile.case for each in similar}
    rest = [each for each in compared if each.profile.case not in shown]
    same_problem = sorted(
        (each for each in rest if each.sector and each.differs),
        key=lambda each: (-each.differs, each.agrees, each.profile.case),
    )
    other = [each for each in rest if not each.sector and each.agrees] if situation.sector else []
    same_setting = sorted(other, key=lambda each: (-each.agrees, each.differs, each.profile.case))
    return CaseFinding(
        situation=situation,
        rubric=rubric_of("situations", spec.version),
        similar=[_shown(each, spec, literature) for each in similar],
        same_problem=[_shown(each, spec, literature) for each in same_problem[:most]],
        same_setting=[_shown(each, spec, literature) for each in same_setting[:most]],
        compared=len(compared),
        notes=[spec.ours],
    )


class _Compared:
    """A case and a situation, value by value."""

    def __init__(self, situation: Situation, profile: CaseProfile) -> None:
        self.situation, self.profile = situation, profile
        self.verdicts = {field: self._verdict(field) for field in FIELDS}
        self.agrees = sum(verdict == "agrees" for verdict in self.verdicts.values())
        self.differs = sum(verdict == "differs" for verdict in self.verdicts.values())
        self.sector = self.verdicts["sector"] == "agrees"

    def case(self, field: str) -> dict[str, str]:
        return self.profile.stated(field)

    def shared(self, field: str) -> list[str]:
        yours = {value.casefold() for value in self.situation.given(field)}
        return [value for value in self.case(field) if value.casefold() in yours]

    def _verdict(self, field: str) -> Verdict:
        if not (self.case(field) and self.situation.given(field)):
            return "cannot_tell"
        return "agrees" if self.shared(field) else "differs"


def _shown(compared: _Compared, spec: SituationsSpec, literature: Literature) -> CaseMatch:
    source = literature.library.sources()[compared.profile.case]
    numbers = Numbers(literature)
    return CaseMatch(
        source_id=source.id,
        title=source.title,
        place=source.place or "",
        outcome=OUTCOMES.get(str(source.details.get("outcome")), "not stated"),
        agrees=compared.agrees,
        differs=compared.differs,
        cannot_tell=len(FIELDS) - compared.agrees - compared.differs,
        fields=[_field(field, compared, numbers) for field in FIELDS],
        warnings=[
            TransferWarning(rule=rule.id, field=rule.field, text=rule.text, citations=numbers.cite(rule.cited))
            for rule in _warnings(compared, spec)
        ],
        watch=numbers.cite([f"{compared.profile.case}#{each}" for each in compared.profile.watch]),
    )


def _field(field: str, compared: _Compared, numbers: Numbers) -> FieldMatch:
    stated = compared.case(field)
    return FieldMatch(
        field=field,
        label=FIELDS[field],
        yours=[in_words(field, value) for value in compared.situation.given(field)],
        case=[in_words(field, value) for value in stated],
        shared=[in_words(field, value) for value in compared.shared(field)],
        verdict=compared.verdicts[field],
        citations=numbers.cite(list(stated.values())),
    )


def _warnings(compared: _Compared, spec: SituationsSpec) -> list[TransferRule]:
    """The rules that apply: for a field, those that name a value, else the general one where the field differs."""
    found: list[TransferRule] = []
    for field in FIELDS:
        case, yours = set(compared.case(field)), set(compared.situation.given(field))
        applying = [rule for rule in spec.warnings if rule.field == field and rule.applies(case, yours)]
        if field not in {"powers", "politics"} and compared.verdicts[field] != "differs":
            continue
        named = [rule for rule in applying if not rule.is_general()]
        found += named or [rule for rule in applying if compared.verdicts[field] == "differs"]
    return found
