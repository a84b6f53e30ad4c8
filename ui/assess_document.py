"""An assessment as a document: headed parts of plain blocks, which every export walks. Owns: order and words. Pure.

Does not own: how a block looks (`render_assess.py`, `assess_markdown.py`, `terminal.py`, later Word).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.instruments.assessment import Assessment, CaseShown, MarkResult, OwnQuote, Point
from assistant.instruments.drift import Drift
from assistant.instruments.maturity import maturity_spec
from assistant.nouns import Citation
from ui.assess_figures import Spoke, drift_lines, radar
from ui.markup import Markup

CONFIDENCE = {"high": "high", "medium": "medium", "low": "low"}
ADVICE = "our advice"
QUOTED = "quoted"
TAG_WORDS = {ADVICE: " (advice, not evidence)", QUOTED: " (quoted)"}  # as plain text says them
HEADINGS: dict[str, dict[str, str]] = {
    "litmus": {"strengths": "What speaks for a mission", "gaps": "Conditions to meet", "cases": "Cases on both sides"},
    "washing": {"strengths": "Strengths", "gaps": "What to mend", "cases": "Cases to look at"},
    "maturity": {"strengths": "What is working", "gaps": "Where to begin", "cases": "Cases that did the next level"},
    "outcomes": {"strengths": "Strengths", "gaps": "What to mend", "cases": "Cases to look at"},
}
PAGE_NOTE = "Quotes of the library say what the source says, not that it is true."


@dataclass(frozen=True)
class Words:
    """A sentence with the numbers of its citations and what kind of statement it is."""

    text: str
    numbers: tuple[int, ...] = ()
    tag: str = ""


@dataclass(frozen=True)
class Quoted:
    """Words of somebody else, and where they stand or who said them."""

    text: str
    place: str


@dataclass(frozen=True)
class Bullets:
    """A list; `numbered` where the order matters."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption and a head; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A picture as SVG with what it shows in words; a table beside it says the same."""

    words: str
    svg: Markup


Block = Words | Quoted | Bullets | Table | Figure


@dataclass(frozen=True)
class Part:
    """A headed part. `level`: 2 under the title, 3 under a part of level 2."""

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class AssessDocument:
    """The whole: title, what was assessed, parts, the sources cited, and how it was made."""

    title: str
    subject: str
    parts: tuple[Part, ...]
    sources: tuple[Citation, ...]
    made: str = ""
    notes: tuple[str, ...] = field(default=())


def assessment_document(assessment: Assessment, *, drift: Drift | None = None) -> AssessDocument:
    """The document of an assessment; of a repeated one with its drift."""
    cited = {citation.n: citation for citation in assessment.citations()}
    return AssessDocument(
        title=assessment.title,
        subject=assessment.subject,
        parts=tuple(part for part in _parts(assessment, drift) if part.blocks),
        sources=tuple(cited[n] for n in sorted(cited)),
        made=_made(assessment),
        notes=tuple(assessment.notes),
    )


def _parts(assessment: Assessment, drift: Drift | None) -> Iterator[Part]:
    words = HEADINGS[assessment.instrument]
    yield _result(assessment)
    if assessment.instrument == "maturity":
        yield _levels(assessment)
        if drift is not None and len(drift.dates) > 1:
            yield _drift(drift)
    yield Part(words["strengths"], _points(assessment.strengths, tag=""))
    yield Part(words["gaps"], _points(assessment.gaps, tag=""))
    yield from _steps(assessment)
    yield Part("Find out", _points([Point(text=each) for each in assessment.find_out], tag=""))
    yield Part(words["cases"], tuple(block for case in assessment.cases for block in _case(case)))
    yield Part("The marks", (_marks_table(assessment),))
    for mark in assessment.marks:
        yield Part(f"{mark.title}: {mark.mark_words or mark.mark}", tuple(_mark(mark)), level=3)


def _result(assessment: Assessment) -> Part:
    result = assessment.result
    numbers = tuple(citation.n for citation in result.citations)
    because = Bullets(tuple(Words(each) for each in result.because))
    return Part(
        "Result",
        (Words(result.headline, numbers, tag="result"), because) if result.because else (Words(result.headline, numbers),),
    )


def _levels(assessment: Assessment) -> Part:
    spec = maturity_spec()
    spokes = [_spoke(mark) for mark in assessment.marks]
    several = len(assessment.respondents) > 1
    head = ("Dimension", "Level", *(("Lowest", "Highest") if several else ()), "Confidence")
    rows = tuple(
        (
            mark.title,
            mark.mark_words,
            *((_words_of(spoke.lowest), _words_of(spoke.highest)) if several else ()),
            CONFIDENCE[mark.confidence],
        )
        for mark, spoke in zip(assessment.marks, spokes, strict=True)
    )
    title = f"Maturity of {assessment.subject}" if assessment.subject else assessment.title
    picture = Figure(
        "The nine dimensions as a radar. The table below says the same.", radar(spokes, top=spec.top, name="radar", title=title)
    )
    return Part("Levels", (picture, Table("Levels by dimension", head, rows)))


def _spoke(mark: MarkResult) -> Spoke:
    given = [int(each.mark) for each in mark.given if each.mark.isdigit()]
    level = int(mark.mark) if mark.mark.isdigit() else None
    return Spoke(mark.title, level, lowest=min(given, default=None), highest=max(given, default=None))


def _drift(drift: Drift) -> Part:
    dates = tuple(drift.dates)
    rows = tuple(
        (line.title, *(_words_of(level) for level in line.levels), "" if line.changed is None else f"{line.changed:+d}")
        for line in drift.lines
    )
    picture = Figure(
        "The levels over time. The table below says the same.",
        drift_lines(drift, top=maturity_spec().top, name="drift", title="Levels over time"),
    )
    table = Table("Levels over time", ("Dimension", *dates, "Change"), rows)
    return Part("Drift", (picture, table, *(Words(each) for each in drift.warnings)))


def _words_of(level: int | None) -> str:
    return "cannot tell" if level is None else str(level)


def _points(points: list[Point], *, tag: str) -> tuple[Block, ...]:
    return (Bullets(tuple(_point(point, tag=tag) for point in points)),) if points else ()


def _point(point: Point, *, tag: str) -> Words:
    return Words(point.text, tuple(citation.n for citation in point.citations), tag=tag)


def _steps(assessment: Assessment) -> Iterator[Part]:
    """The first steps, under their criterion where several criteria have some."""
    marks = {mark.criterion: mark for mark in assessment.marks}
    groups: dict[str, list[Point]] = {}
    for point in assessment.next_steps:
        groups.setdefault(point.criterion if point.criterion in marks else "", []).append(point)
    if not groups:
        return
    lead = Words("Our advice. A number says what in the library it draws on.", tag="hint")
    yield Part("First steps", (lead, *(_numbered(groups.pop("")) if "" in groups else ())))
    for name, points in groups.items():
        ahead = marks[name].next_level
        yield Part(marks[name].title, (*([Words(f"The next level: {ahead}")] if ahead else []), *_numbered(points)), level=3)


def _numbered(points: list[Point]) -> tuple[Block, ...]:
    return (Bullets(tuple(_point(point, tag=ADVICE) for point in points), numbered=True),)


def _case(case: CaseShown) -> Iterator[Block]:
    yield Words(f"{case.side}. {case.title}. {case.why}", tag="case")
    yield Bullets(tuple(Words(citation.quote, (citation.n,), tag=QUOTED) for citation in case.citations))


def _marks_table(assessment: Assessment) -> Table:
    rows = tuple((mark.title, mark.mark_words or mark.mark, CONFIDENCE[mark.confidence]) for mark in assessment.marks)
    return Table("All marks", ("Criterion", "Mark", "Confidence"), rows)


def _mark(mark: MarkResult) -> Iterator[Block]:
    yield Words(mark.reason)
    for quote in mark.quotes:
        yield Quoted(quote.text, place_words(quote))
    for statement in mark.statements:
        yield Quoted(statement.text, ", ".join(part for part in (statement.who, statement.role) if part))
    if mark.missing:
        yield Words(f"What is missing: {mark.missing}")
    if mark.next_level:
        yield Words(f"What the next level looks like: {mark.next_level}")
    if mark.would_change:
        yield Words(f"What would change this mark: {mark.would_change}")
    if mark.literature:
        yield Words("What the library says:")
        yield Bullets(tuple(Words(citation.quote, (citation.n,), tag=QUOTED) for citation in mark.literature))


def place_words(quote: OwnQuote) -> str:
    """Where an own document's quote stands: file, page as printed, headings."""
    page = ""
    if quote.page is not None:
        printed = f" (printed {quote.page_label})" if quote.page_label and quote.page_label != str(quote.page) else ""
        page = f"page {quote.page}{printed}"
    return ", ".join(part for part in (quote.file, page, " › ".join(quote.heading)) if part)


def _made(assessment: Assessment) -> str:
    receipt = assessment.receipt
    by = f" Answered by {', '.join(assessment.respondents)}." if assessment.respondents else ""
    rubric = f"Rubric version {assessment.rubric.version} ({assessment.rubric.sha256[:12]})."
    if receipt is None:
        return f"{rubric}{by} {PAGE_NOTE}"
    model = f" A model ({receipt.model}) phrased evidence; it made no mark." if receipt.model else " No chat model made any mark."
    return f"Made on {receipt.created_at[:10]} with version {receipt.product_version}. {rubric}{by}{model} {PAGE_NOTE}"
