"""One section of a brief. Owns: what each kind of section is made of, and what it says it lacks. Does not own: the order of sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.briefs import tables
from assistant.briefs.desk import Desk
from assistant.briefs.nouns import BriefRequest, BriefSection, BriefTable, Prompt, Researched, Statement
from assistant.briefs.prove import Naming, proved
from assistant.briefs.research import Found, Said, research
from assistant.briefs.template import Ask, SectionPlan, Template, filled, scaled
from assistant.compose.candidates import Candidate
from assistant.compose.writing import ChatRecord
from assistant.nouns import Evidence
from assistant.refusal import who_might_know

PEOPLE_PARTS = ("what", "join")
SAID_ABOVE = "What the library holds on this stands in the sections above."


@dataclass(frozen=True)
class Made:
    """A section with what the chat model had to do with it."""

    section: BriefSection
    chats: tuple[ChatRecord, ...] = ()


@dataclass(frozen=True)
class Workbench:
    """What the sections of one brief are made with."""

    desk: Desk
    template: Template
    request: BriefRequest
    said: Said

    def questions(self, about: str) -> list[str]:
        """All questions of the template on one subject."""
        asks = [ask for plan in self.template.sections for ask in [*plan.asks, *(prompt.ask for prompt in plan.prompts)]]
        same = [ask.question for ask in asks if filled(ask.about, self.request) == about and "$case" not in ask.question]
        return [filled(question, self.request) for question in same if "$option" not in question]


def make_section(bench: Workbench, plan: SectionPlan) -> Made:
    """Research and write one section."""
    base = BriefSection(
        id=plan.id,
        heading=filled(plan.heading, bench.request),
        purpose=filled(plan.purpose, bench.request),
        kind=plan.kind,
        own_words=[filled(words, bench.request) for words in plan.words],
    )
    if plan.kind == "request":
        return Made(base.model_copy(update={"own_words": [*request_words(bench.request), *base.own_words]}))
    if plan.kind in {"cases", "comparison", "options"}:
        return _with_table(bench, plan, base)
    if plan.kind == "prompts":
        return _with_prompts(bench, plan, base)
    if plan.kind == "people":
        return Made(_with_people(bench, base))
    return _with_statements(bench, plan, base)


def request_words(request: BriefRequest) -> list[str]:
    """The client's own words, each under its name."""
    given = [
        ("Decision at stake", request.decision or "not stated by the client"),
        ("Topic", request.topic),
        ("Client", request.client),
        ("Audience", request.audience),
        ("Situation", request.situation),
    ]
    return [f"{name}: {' '.join(words.split())}" for name, words in given if words.strip()]


def _with_statements(bench: Workbench, plan: SectionPlan, base: BriefSection) -> Made:
    naming = Naming(plan.id)
    statements: list[Statement] = []
    researched: list[Researched] = []
    gaps: list[str] = []
    chats: list[ChatRecord] = []
    for ask in plan.asks:
        found = _ask(bench, ask, most=scaled(ask.most, bench.request.length))
        made = proved(bench.desk, found.researched.question, found.chosen, naming)
        statements += made.statements
        researched.append(found.researched)
        gaps += made.gaps
        chats += [made.chat] if made.chat else []
    words = [*base.own_words, SAID_ABOVE] if not statements and any(r.fitting for r in researched) else base.own_words
    statements += [_advice(filled(question, bench.request), naming) for question in plan.questions]
    update = {"statements": statements, "researched": researched, "gaps": [*gaps, *_unanswered(researched)], "own_words": words}
    section = base.model_copy(update=update)
    return Made(section, tuple(chats))


def _with_table(bench: Workbench, plan: SectionPlan, base: BriefSection) -> Made:
    desk, request, said = bench.desk, bench.request, bench.said
    if plan.kind == "options":
        table = tables.options_table(desk, plan, request, said)
    else:
        cases = tables.chosen_cases(desk, request, bench.questions(request.topic), most=plan.most_rows)
        make = tables.cases_table if plan.kind == "cases" else tables.comparison_table
        table = make(desk, plan, request, cases, said)
    empty = _empty_cells(table)
    gaps = [f"{base.heading}: nothing found for {empty} of the table's cells."] if empty else []
    if not table.rows or not table.columns:
        gaps = [f"{base.heading}: the library holds no case on this topic."]
    section = base.model_copy(update={"table": table if table.rows and table.columns else None, "gaps": gaps})
    return Made(section)


def _with_prompts(bench: Workbench, plan: SectionPlan, base: BriefSection) -> Made:
    naming = Naming(plan.id)
    prompts, researched = [], []
    for each in plan.prompts:
        found = _ask(bench, each.ask, most=each.ask.most)
        statements = proved(bench.desk, found.researched.question, found.chosen, naming, quoted_only=True).statements
        prompts.append(Prompt(text=filled(each.text, bench.request), statements=list(statements)))
        researched.append(found.researched)
    update = {"prompts": prompts, "researched": researched, "gaps": _unanswered(researched)}
    return Made(base.model_copy(update=update))


def _with_people(bench: Workbench, base: BriefSection) -> BriefSection:
    """Networks whose remit fits: what each is and how to join, in the library's own words."""
    library = bench.desk.assistant.library
    known = who_might_know(library, bench.desk.study(bench.request.topic)[1])
    chosen: list[Candidate] = []
    for who in known:
        source = library.source(who.source_id)
        for part in PEOPLE_PARTS:
            passage = next((p for p in bench.desk.passages_of(source.id) if p.section == part), None)
            if passage is not None:
                evidence = Evidence(rank=1, score=1.0, found_by=["link"], similarity=1.0, passage=passage, source=source)
                chosen.append(Candidate(evidence, 0, len(passage.text)))
    statements = proved(bench.desk, base.heading, chosen, Naming(base.id), quoted_only=True).statements
    gaps = [] if statements else [f"{base.heading}: the library knows no network whose remit fits."]
    return base.model_copy(update={"statements": list(statements), "gaps": gaps})


def _ask(bench: Workbench, ask: Ask, *, most: int) -> Found:
    about = filled(ask.about, bench.request)
    found = research(bench.desk, ask, bench.request, bench.said, most=most, questions=bench.questions(about))
    bench.said.say(found.chosen)
    return found


def _advice(text: str, naming: Naming) -> Statement:
    return Statement(id=naming.next(), text=text, status="advice", origin="template")


def _unanswered(researched: Iterable[Researched]) -> list[str]:
    return [f"Nothing found on: {each.question}" for each in researched if not each.fitting]


def _empty_cells(table: BriefTable) -> int:
    cells: Sequence[bool] = [not cell.statements for row in table.rows for cell in row.cells]
    return sum(cells)
