"""How things look in a terminal: the only door to rich. Owns: answers, results, sources, receipts and reports as text. Pure but for `console`.

All text from documents and questions is shown as text: no markup of it is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.disagreement import independent_sources
from assistant.nouns import Answer, Citation, FileReport, IngestReport, Locator, Passage, Receipt, SearchResult, Section, Source
from ui.assess_document import AssessDocument, Block, Bullets, Quoted, Words
from ui.assess_document import Table as AssessTable
from ui.wording import EVIDENCE_NOTE, OUTCOME_WORDS, SECTION_WORDS, STATUS_MARKS


def console() -> Console:
    """Standard output, without rich's own reading of markup, emoji or highlights."""
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=False)


def answer_view(answer: Answer) -> RenderableType:
    """An answer: its sentences in sections with numbered citations, then what is cited, gaps, and the receipt's id."""
    parts: list[RenderableType] = [Text(answer.question, style="bold")]
    if answer.standalone_question != answer.question:
        parts.append(Text(f"Understood as: {answer.standalone_question}", style="italic"))
    parts.append(Text(""))
    if headline := OUTCOME_WORDS.get(answer.outcome):
        parts.append(Text(headline, style="bold yellow"))
    if answer.outcome in {"no_evidence", "out_of_scope"}:
        parts.append(Text(f"Searched {answer.searched.passages:,} passages in {answer.searched.sources:,} sources."))
    parts += _sentences(answer)
    parts += [Padding(Text(f"• {gap}"), (0, 0, 0, 2)) for gap in answer.gaps]
    parts += _disagreements(answer)
    parts += _nearest(answer)
    parts += _citations(answer)
    parts.append(
        Text(
            f"\nReceipt {answer.receipt_id}. `adviser receipt {answer.receipt_id}` shows what produced this answer.", style="dim"
        )
    )
    return Group(*parts)


def _sentences(answer: Answer) -> list[RenderableType]:
    parts: list[RenderableType] = []
    shown: Section | None = None
    for sentence in answer.sentences:
        if sentence.section != shown:
            if shown is not None:
                parts.append(Text(""))
            parts.append(Text(SECTION_WORDS[sentence.section], style="bold cyan"))
            shown = sentence.section
        numbers = "".join(f"[{c.n}]" for c in sentence.citations)
        line = Text.assemble(sentence.text, " ", (numbers, "bold"), " ", (STATUS_MARKS[sentence.status], "green"))
        parts.append(Padding(line, (0, 0, 0, 2)))
    return parts


def _disagreements(answer: Answer) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for found in answer.disagreements:
        parts.append(Text(f"\nSources differ: {found.topic}", style="bold cyan"))
        for side in (found.first, found.second):
            where = ", ".join(
                part for part in (side.title, str(side.year) if side.year else None, side.place, side.evidence_type) if part
            )
            parts.append(Padding(Text.assemble(side.quote, (f"  ({where})", "dim")), (0, 0, 0, 2)))
        parts.append(Padding(Text(found.note, style="italic"), (0, 0, 0, 2)))
    return parts


def _nearest(answer: Answer) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if answer.nearest:
        parts.append(Text("\nNearest passages, which do not answer it", style="bold cyan"))
        for near in answer.nearest:
            parts.append(Padding(Text.assemble(near.text, (f"  ({near.title}) ", "dim"), (near.why_not, "italic")), (0, 0, 0, 2)))
    if answer.who_might_know:
        parts.append(Text("\nWho might know", style="bold cyan"))
        for who in answer.who_might_know:
            parts.append(Padding(Text.assemble((who.name, "bold"), ". ", who.how_to_reach, f" {who.url or ''}"), (0, 0, 0, 2)))
    return parts


def _citations(answer: Answer) -> list[RenderableType]:
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    if not cited:
        return []
    parts: list[RenderableType] = [Text("\nEvidence", style="bold cyan")]
    for number in sorted(cited):
        parts.append(Padding(_citation(cited[number]), (0, 0, 0, 2)))
    types = Counter(c.evidence_type for c in cited.values())
    independent = independent_sources(cited.values())
    kinds = ", ".join(f"{count} {name}" for name, count in types.most_common())
    parts.append(
        Text(f"{independent} independent source{'s' if independent != 1 else ''}: {kinds}. {EVIDENCE_NOTE}", style="dim")
    )
    return parts


def _citation(citation: Citation) -> Text:
    place = locator_words(citation.locator) if citation.kind == "original" else ""
    strength = f", {citation.strength}" if citation.strength else ""
    line = Text.assemble((f"[{citation.n}] ", "bold"), citation.cited_as or citation.title)
    line.append(f"{', ' + place if place else ''}. {citation.evidence_type}{strength}.")
    if citation.url:
        line.append(f" {citation.url}", style="dim")
    return line


def locator_words(locator: Locator) -> str:
    """Where a passage stands, in words: 'slide 3', 'sheet Costs, row 12', 'page 3 (printed iii)', or its last heading."""
    if locator.label:
        return locator.label
    if locator.page is not None:
        label = locator.page_label
        return f"page {locator.page}" + (f" (printed {label})" if label and label != str(locator.page) else "")
    return f"under “{locator.heading[-1]}”" if locator.heading else ""


def results_view(results: Sequence[SearchResult]) -> RenderableType:
    """Search results, best first."""
    if not results:
        return Text("Nothing was found.")
    parts: list[RenderableType] = []
    for result in results:
        where = locator_words(result.locator)
        head = Text.assemble(
            (f"{result.rank:>2}  ", "bold"),
            (result.title, "bold"),
            (f"  {result.source_id}{', ' + where if where else ''}", "dim"),
        )
        parts += [head, Padding(Text(" ".join(result.text.split())), (0, 0, 1, 4))]
    return Group(*parts)


def sources_view(sources: Sequence[Source]) -> RenderableType:
    """Sources as a table, with how many there are."""
    table = Table(box=None, pad_edge=False, header_style="bold cyan")
    for heading in ("id", "kind", "year", "title", "organisation or place", "evidence"):
        table.add_column(heading, overflow="fold")
    for s in sources:
        by = s.organisation or s.place or s.path or ""
        table.add_row(
            Text(s.id),
            Text(s.kind),
            Text(str(s.year or "")),
            Text(s.title),
            Text(by),
            Text(s.evidence_type + (", private" if s.owner else "")),
        )
    return Group(table, Text(f"{len(sources)} source{'s' if len(sources) != 1 else ''}.", style="dim"))


def source_view(source: Source, passages: Sequence[Passage]) -> RenderableType:
    """One source with its fields and its passages under their headings."""
    parts: list[RenderableType] = [Text(source.title, style="bold")]
    fields: dict[str, object] = {
        "id": source.id, "kind": source.kind, "by": ", ".join(source.authors) or None, "organisation": source.organisation, "year": source.year,
        "place": source.place, "themes": ", ".join(source.themes) or None, "address": source.url, "file": source.path, "pages": source.pages,
        "found by": "one browser only; `adviser sources share` and its id lets all find it" if source.owner else None,
        "licence": source.licence, "evidence": source.evidence_type + (f", {source.strength}" if source.strength else ""),
    }  # fmt: skip
    fields |= {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in source.details.items()
        if name not in {"sketch", "work"}
    }
    parts += [
        Text(f"{name.replace('_', ' '):14}{value}", style="dim") for name, value in fields.items() if value not in (None, "")
    ]
    heading: list[str] | None = None
    for passage in passages:
        if passage.locator.heading != heading:
            heading = passage.locator.heading
            parts.append(Text("\n" + " › ".join(heading), style="bold cyan"))
        address = passage.reference.url if passage.reference and passage.reference.url != source.url else None
        note = "; ".join(x for x in (passage.evidence_type, passage.basis if passage.basis != "read" else None, address) if x)
        parts.append(Padding(Text.assemble(passage.text, (f"  ({note})", "dim")), (0, 0, 0, 2)))
    return Group(*parts)


def receipt_view(receipt: Receipt) -> RenderableType:
    """What produced an answer: question, library, models, evidence, what the check said, and the answer."""
    lines: list[RenderableType] = [
        Text(f"Receipt {receipt.id}, {receipt.created_at}, mission-adviser {receipt.version}", style="bold")
    ]
    lines += [Text(f"route {receipt.route}; library generation {receipt.generation}")]
    lines += [Text(f"{name} {value}", style="dim") for name, value in receipt.fingerprint.items()]
    lines += [Text(f"{name} model: {value or 'none'}", style="dim") for name, value in receipt.models.items()]
    lines.append(Text(f"cost: {receipt.cost}", style="dim"))
    lines.append(Text(f"\nEvidence considered ({len(receipt.evidence)} passages)", style="bold cyan"))
    lines += [
        Text(f"  {e.rank:>3}  {e.score:.3f}  {e.source_id}  {e.passage_id}  ({' and '.join(e.found_by)})")
        for e in receipt.evidence
    ]
    lines.append(Text("\nWhat the check said", style="bold cyan"))
    for verdict in receipt.verdicts:
        problems = f": {'; '.join(verdict.problems)}" if verdict.problems else ""
        problems += f" [judge: {', '.join(verdict.votes)}]" if verdict.votes else ""
        lines.append(Padding(Text(f"{verdict.status}{problems} ({verdict.scorer})  {verdict.text}"), (0, 0, 0, 2)))
    lines.append(Text("\nAnswer", style="bold cyan"))
    lines.append(answer_view(receipt.answer))
    return Group(*lines)


def file_line(file: FileReport) -> Text:
    """One line on what became of a file."""
    style = {"failed": "bold red", "unchanged": "dim"}.get(file.status, "green")
    line = Text.assemble((f"{file.status:10}", style), file.path)
    if file.reason:
        line.append(f"  {file.reason}")
    elif file.status not in {"unchanged", "removed"}:
        pages = f"{file.pages} pages, " if file.pages else ""
        line.append(f"  {file.format}, {pages}{file.passages} passages, {file.seconds:.1f} s, as {file.source_id}", style="dim")
        line.append("".join(f"  ({warning})" for warning in file.warnings), style="yellow")
    return line


def ingest_summary(report: IngestReport) -> Text:
    """The last line of an ingest."""
    counts = Counter(file.status for file in report.files)
    said = ", ".join(
        f"{counts[status]} {status}" for status in ("added", "replaced", "unchanged", "removed", "failed") if counts[status]
    )
    return Text(f"{said or 'no files'}; {report.passages:,} passages in {report.seconds:.1f} s.", style="bold")


def progress_bar(total: int) -> Progress:
    """A progress bar on standard error, shown only where that is a terminal."""
    err = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal or total < 2, transient=True)


def corpus_view(problems: Sequence[str], figures: Mapping[str, object]) -> RenderableType:
    """What `adviser corpus check` found."""
    lines: list[RenderableType] = []
    for name, value in figures.items():
        said = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        lines.append(Text(f"{name:28}{said}"))
    lines += [Text(f"problem: {problem}", style="red") for problem in problems]
    lines.append(Text(f"{len(problems)} problems." if problems else "The corpus is clean.", style="bold"))
    return Group(*lines)


def document_view(document: AssessDocument) -> RenderableType:
    """An assessment's document: parts, tables, numbered evidence. Pictures are left to the tables that say the same."""
    parts: list[RenderableType] = [Text(document.title, style="bold")]
    if document.subject:
        parts.append(Text(document.subject, style="italic"))
    for part in document.parts:
        parts.append(Text(f"\n{part.heading}", style="bold cyan" if part.level == 2 else "bold"))
        parts += [Padding(view, (0, 0, 0, 2)) for block in part.blocks if (view := _block(block)) is not None]
    if document.sources:
        parts.append(Text("\nEvidence from the library", style="bold cyan"))
        parts += [Padding(_citation(citation), (0, 0, 0, 2)) for citation in document.sources]
    parts.append(Text(""))
    parts += [Text(f"• {note}", style="dim") for note in document.notes]
    parts.append(Text(document.made, style="dim"))
    return Group(*parts)


def _block(block: Block) -> RenderableType | None:
    match block:
        case Words():
            return _line(block)
        case Quoted():
            return Padding(Text.assemble(f"“{block.text}”", (f"  ({block.place})", "dim")), (0, 0, 0, 2))
        case Bullets():
            marks = (f"{number}. " if block.numbered else "• " for number in range(1, len(block.items) + 1))
            return Group(*(Text.assemble(mark, _line(item)) for mark, item in zip(marks, block.items, strict=False)))
        case AssessTable():
            return _table_view(block)
    return None


def _line(words: Words) -> Text:
    numbers = "".join(f"[{n}]" for n in words.numbers)
    style = "bold" if words.tag in {"result", "case"} else ""
    tag = {"our advice": " ◦ advice, not evidence", "quoted": " ▪ quoted"}.get(words.tag, "")
    return Text.assemble((words.text, style), " " if numbers else "", (numbers, "bold"), (tag, "green"))


def _table_view(table: AssessTable) -> Table:
    view = Table(title=Text(table.caption), title_justify="left", show_lines=len(table.head) > 3)
    for name in table.head:
        view.add_column(Text(name))
    for row in table.rows:
        view.add_row(*(Text(cell) for cell in row))
    return view
