"""A brief's tables. Owns: what was tried where, a comparison of cases, options side by side. Every cell is quoted and cited, or empty.

Does not own: research. A cell may hold what the text says too: an empty cell means that the library has nothing, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.briefs.desk import Desk
from assistant.briefs.nouns import BriefRequest, BriefTable, Cell, TableRow
from assistant.briefs.prove import Naming, proved
from assistant.briefs.research import Said, diverse, fitting_statements
from assistant.briefs.template import Ask, Option, SectionPlan, filled
from assistant.compose.candidates import Candidate, candidates
from assistant.errors import InputError
from assistant.nouns import Evidence, Source

TRIED = 0.3  # what it adds that the catalogue lists the option among a case's tools
ON_TOPIC = 1.5  # what being on the brief's topic too adds to a statement on an option: it goes before any that is not


def chosen_cases(desk: Desk, request: BriefRequest, questions: Sequence[str], *, most: int) -> list[Source]:
    """The cases asked for, else the nearest on the topic. Raises NotFoundError, or InputError for a source that is no case."""
    if request.cases:
        named = [desk.source(i) for i in request.cases]
        wrong = next((source for source in named if source.kind not in {"case", "original"}), None)
        if wrong is not None:
            raise InputError(f"'{wrong.id}' is no case. `adviser sources --kind case` lists the cases.")
        return named
    subject = desk.subject(request.topic, questions)
    return [source for source in subject.sources if source.kind == "case"][:most]


def cases_table(desk: Desk, plan: SectionPlan, request: BriefRequest, cases: Sequence[Source], said: Said) -> BriefTable:
    """A row a case, a column a question."""
    naming = Naming(plan.id)
    rows = []
    for case in cases:
        row = Said()
        cells = [_case_cell(desk, ask, request, case, row, said, naming) for ask in plan.asks]
        rows.append(TableRow(label=case.title, detail=catalogue_words(case), source_id=case.id, cells=cells))
    return BriefTable(caption=plan.heading, corner="Case", columns=[ask.column for ask in plan.asks], rows=rows)


def comparison_table(desk: Desk, plan: SectionPlan, request: BriefRequest, cases: Sequence[Source], said: Said) -> BriefTable:
    """A row a question, a column a case."""
    naming = Naming(plan.id)
    told = [Said() for _ in cases]
    rows = [
        TableRow(
            label=ask.column,
            cells=[_case_cell(desk, ask, request, case, row, said, naming) for case, row in zip(cases, told, strict=True)],
        )
        for ask in plan.asks
    ]
    columns = [f"{case.title} ({words})" if (words := catalogue_words(case)) else case.title for case in cases]
    return BriefTable(caption=plan.heading, corner="", columns=columns, rows=rows)


def options_table(desk: Desk, plan: SectionPlan, request: BriefRequest, said: Said) -> BriefTable:
    """A row an option, a column a question."""
    naming = Naming(plan.id)
    rows = []
    for option in plan.options:
        row = Said()
        cells = [_option_cell(desk, ask, request, option, row, said, naming) for ask in plan.asks]
        rows.append(TableRow(label=option.label, cells=cells))
    return BriefTable(caption=plan.heading, corner="Option", columns=[ask.column for ask in plan.asks], rows=rows)


def catalogue_words(case: Source) -> str:
    """What the catalogue says of a case: place, level, period."""
    facts = (case.place, case.details.get("level"), case.details.get("period"))
    return ", ".join(str(fact) for fact in facts if fact)


def _case_cell(desk: Desk, ask: Ask, request: BriefRequest, case: Source, row: Said, said: Said, naming: Naming) -> Cell:
    text = filled(ask.question, request).replace("$case", case.title)
    passages = desk.passages_of(case.id)
    evidence = [
        Evidence(rank=p.ordinal + 1, score=0.0, found_by=["link"], similarity=0.0, passage=p, source=case)
        for p in passages
        if not ask.parts or p.section in ask.parts or case.kind == "original"
    ]
    subject = replace(desk.subject(request.topic, ()), candidates=tuple(candidates(evidence)))
    return _cell(desk, ask, text, fitting_statements(desk, ask, text, subject, said), row, said, naming)


def _option_cell(desk: Desk, ask: Ask, request: BriefRequest, option: Option, row: Said, said: Said, naming: Naming) -> Cell:
    text = filled(ask.question, request).replace("$option", option.about)
    subject = desk.subject(option.about, ())
    topic = {c.evidence.passage.id for c in desk.subject(request.topic, ()).candidates}
    tried = {s.id for s in desk.assistant.library.sources().values() if _uses(s, option)}
    did = {c.evidence.passage.id for c in subject.candidates if c.evidence.source.id in tried}
    fits = {key: fit + ON_TOPIC * (key[0] in topic) + TRIED * (key[0] in did) for key, fit in subject.fits.items()}
    return _cell(desk, ask, text, fitting_statements(desk, ask, text, replace(subject, fits=fits), said), row, said, naming)


def _uses(source: Source, option: Option) -> bool:
    kinds = source.details.get("tool_kinds")
    return isinstance(kinds, list) and bool(set(option.tool_kinds) & {str(kind) for kind in kinds})


def _cell(desk: Desk, ask: Ask, text: str, fitting: Sequence[Candidate], row: Said, said: Said, naming: Naming) -> Cell:
    chosen = diverse(fitting, most=ask.most, said=row) or diverse(fitting, most=ask.most, said=Said())
    row.say(chosen)
    said.say(chosen)
    return Cell(statements=list(proved(desk, text, chosen, naming, quoted_only=True).statements))
