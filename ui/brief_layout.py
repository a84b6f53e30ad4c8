"""A brief as the blocks of a document. Owns: what stands where, body and annexes. Does not own: formats, or the words (`brief_words.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.briefs.audit import Audit, Finding
from assistant.briefs.nouns import Brief, BriefDisagreement, BriefSection, BriefTable, Cell, Statement
from assistant.briefs.stale import WORDS, Touched
from assistant.disagreement import independent_sources
from assistant.nouns import Citation
from ui import brief_words as say
from ui.brief_document import Block, Contents, Document, Heading, PageBreak, Paragraph, Run, Runs, Table, shown_text, words
from ui.markup import is_safe_address
from ui.wording import STATUS_WORDS

AUTHOR = "Mission Adviser"
CONTENTS_FROM = 4  # pages: a shorter brief needs no table of contents


@dataclass(frozen=True)
class Extras:
    """What an export shows beside the brief itself. `references`: formatted, in order."""

    references: Sequence[str] = ()
    audit: Audit | None = None
    touched: Sequence[Touched] = ()
    pages: int = 5
    endnotes: bool = False


def brief_document(brief: Brief, extras: Extras) -> Document:
    """The whole document."""
    flags = _flags_by_note(extras.audit)
    cited = brief.citations()
    blocks = [
        *_front(brief, extras),
        *(block for section in brief.sections for block in _section(brief, section)),
        PageBreak(),
        *_disagreements_annex(brief.disagreements),
        *_evidence_annex(brief, cited, flags),
        *_gaps_annex(brief),
        *_method_annex(brief),
        *_references(extras.references),
    ]
    return Document(
        title=shown_text(brief.title),
        subject=shown_text(brief.template.title),
        author=AUTHOR,
        date=brief.receipt.created_at[:10],
        blocks=tuple(blocks),
        notes={n: _note(cited[n], _statuses(brief, n), flags.get(n, "")) for n in sorted(cited)},
        endnotes=extras.endnotes,
    )


def _front(brief: Brief, extras: Extras) -> Iterator[Block]:
    client = f" for {brief.request.client}" if brief.request.client else ""
    yield Paragraph(words(brief.title), "title")
    yield Paragraph(words(f"{brief.template.title}{client}"), "subtitle")
    yield Paragraph(words(f"{say.status_line(brief)} {say.day_words(brief.receipt.created_at)}."), "small")
    if extras.audit and extras.audit.failures:
        yield Paragraph(words("The reference audit of this document fails. It was exported nevertheless:", "strong"), "warning")
        yield from (Paragraph(words(finding.says), "warning") for finding in extras.audit.failures)
    if extras.touched:
        count = len({touched.statement for touched in extras.touched})
        what = "sentence rests" if count == 1 else "sentences rest"
        yield Paragraph(words(f"{count} {what} on a source that has changed since this was made:", "strong"), "warning")
        yield from (Paragraph(words(f"“{t.text}”: {WORDS[t.how]}."), "warning") for t in extras.touched)
    cited = [c for s in brief.shown() for c in s.citations]
    count = independent_sources(cited)
    sources = f" It rests on {count} independent source{'s' if count != 1 else ''}." if cited else ""
    yield Paragraph(words(say.HOW_TO_READ + sources), "small")
    if extras.pages >= CONTENTS_FROM:
        yield Contents()


def _section(brief: Brief, section: BriefSection) -> Iterator[Block]:
    yield Heading(1, shown_text(section.heading), f"s-{section.id}")
    if section.purpose:
        yield Paragraph(words(section.purpose, "emphasis"), "small")
    for own in section.own_words:
        name, colon, rest = own.partition(": ")
        if section.kind == "request" and colon and len(name) <= 20:
            yield Paragraph((*words(f"{name}: ", "strong"), *words(rest)), "own")
        else:
            yield Paragraph(words(own), "own")
    if section.kind == "request":
        yield Paragraph(words(say.OWN_WORDS, "emphasis"), "small")
    shown = [s for s in section.statements if s.shown]
    yield from (Paragraph(_statement(s), "bullet") for s in shown)
    if section.table is not None:
        yield _table(section.table)
    for number, prompt in enumerate(section.prompts, start=1):
        yield Heading(2, shown_text(prompt.text), f"s-{section.id}-q{number}")
        said = [s for s in prompt.statements if s.shown]
        yield from (Paragraph(_statement(s), "bullet") for s in said)
        if not said:
            yield Paragraph(words(f"{say.NOTHING_FOUND} to read on it.", "emphasis"), "body")
    yield from _lacking(brief, section, shown)


def _lacking(brief: Brief, section: BriefSection, shown: Sequence[Statement]) -> Iterator[Block]:
    """What is said where a section has nothing, or is itself about what is missing."""
    if section.kind == "gaps":
        gaps = brief.gaps or [say.NO_GAPS]
        yield from (Paragraph(words(gap), "bullet") for gap in gaps)
        return
    evidence = [s for s in shown if s.status != "advice"]
    researched = section.kind in {"statements", "people", "cases", "comparison", "options"}
    above = any("sections above" in own for own in section.own_words)
    if researched and not evidence and section.table is None and not above:
        near = list(dict.fromkeys(title for asked in section.researched for title in asked.nearest))[:3]
        nearest = f" The nearest sources, which do not fit: {'; '.join(near)}." if near else ""
        searched = brief.receipt.searched
        where = f" Searched {searched.passages:,} passages in {searched.sources:,} sources."
        yield Paragraph((*words(f"{say.NOTHING_FOUND}.", "strong"), *words(where + nearest)), "body")


def _statement(statement: Statement) -> Runs:
    mark = say.mark_words(statement)
    runs = list(words(statement.text))
    runs += [Run(note=c.n) for c in statement.citations]
    if mark:
        runs += words(f" {mark}", "mark")
    return tuple(runs)


def _table(table: BriefTable) -> Table:
    rows = tuple(
        (
            (words(row.label, "strong"), *((words(row.detail),) if row.detail else ())),
            *(_cell(cell) for cell in row.cells),
        )
        for row in table.rows
    )
    share = 0.2 if len(table.columns) > 1 else 0.25
    rest = (1 - share) / max(1, len(table.columns))
    return Table(
        caption=shown_text(table.caption),
        alt=shown_text(
            f"{table.caption}. {len(table.rows)} rows; columns: {', '.join(table.columns)}. Every cell is cited or says that nothing was found."
        ),
        header=(shown_text(table.corner or "What is compared"), *(shown_text(column) for column in table.columns)),
        rows=rows,
        widths=(share, *(rest for _ in table.columns)),
        captioned=False,
    )


def _cell(cell: Cell) -> tuple[Runs, ...]:
    shown = [s for s in cell.statements if s.shown]
    return tuple(_statement(s) for s in shown) or (words(say.NOTHING_FOUND, "emphasis"),)


def _note(citation: Citation, statuses: str, flag: str) -> Runs:
    after = [part.rstrip(".") for part in (say.where_words(citation), _sentence_case(say.kind_words(citation))) if part]
    runs = [*words(f"{_sentence_case(statuses)}. "), _name(citation), *words(". " + ". ".join(after) + ".")]
    if flag:
        runs += words(f" {flag}", "strong")
    return tuple(runs)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _statuses(brief: Brief, number: int) -> str:
    found = [STATUS_WORDS[s.status] for s in brief.shown() if any(c.n == number for c in s.citations)]
    return ", ".join(dict.fromkeys(found))


def _evidence_annex(brief: Brief, cited: dict[int, Citation], flags: dict[int, str]) -> Iterator[Block]:
    yield Heading(1, say.ANNEX_EVIDENCE, "annex-evidence")
    if not cited:
        yield Paragraph(words("Nothing is cited, since nothing was found."))
        return
    yield Paragraph(words("Each note with the exact words that it rests on. The numbers are those of the notes."), "small")
    rows = []
    for n, citation in sorted(cited.items()):
        source: list[Runs] = [(_name(citation),)]
        if n in flags:
            source.append(words(flags[n], "strong"))
        cells = (
            ((Run(note=n, style="strong"),),),
            (words(citation.quote),),
            tuple(source),
            (words(say.where_words(citation) or "no page"),),
            (words(say.kind_words(citation)),),
            (words(_statuses(brief, n)),),
        )
        rows.append(cells)
    yield Table(
        caption="Evidence table",
        alt=f"The {len(rows)} quotes that this document rests on, each with its source, place, kind of evidence and status.",
        header=("Note", "Quote", "Source", "Where", "Kind of evidence", "Status"),
        rows=tuple(rows),
        widths=(0.06, 0.37, 0.27, 0.11, 0.12, 0.07),
        style="annex",
    )


def _name(citation: Citation) -> Run:
    """How the source is named, as a link to it where it has an address; the address itself stands among the references."""
    name = shown_text(_sentence_case(" ".join((citation.cited_as or citation.title).split())).rstrip("."))
    return Run(name, href=citation.url if citation.url and is_safe_address(citation.url) else "")


def _disagreements_annex(disagreements: Sequence[BriefDisagreement]) -> Iterator[Block]:
    yield Heading(1, say.ANNEX_DISAGREEMENTS, "annex-disagreements")
    if not disagreements:
        yield Paragraph(
            words("The library records no disagreement that touches what is cited here. Sources outside it may differ.")
        )
        return
    yield Paragraph(words("Both sides are quoted. The library's editors found the pairs and do not say who is right."), "small")
    for number, each in enumerate(disagreements, start=1):
        yield Heading(2, shown_text(_sentence_case(each.topic)), f"annex-disagreement-{number}")
        yield Paragraph(words(f"{say.RELATIONS[each.relation]}. {each.note}", "emphasis"), "small")
        yield Paragraph(_statement(each.first), "bullet")
        yield Paragraph(_statement(each.second), "bullet")


def _gaps_annex(brief: Brief) -> Iterator[Block]:
    yield Heading(1, say.ANNEX_GAPS, "annex-gaps")
    searched = brief.receipt.searched
    yield Paragraph(
        words(f"Searched {searched.passages:,} passages in {searched.sources:,} sources with these questions:"), "body"
    )
    for section in brief.sections:
        for asked in section.researched:
            found = f"{asked.fitting} fitting statement{'s' if asked.fitting != 1 else ''}" if asked.fitting else "nothing found"
            yield Paragraph((*words(asked.question), *words(f" ({section.heading}: {found})", "emphasis")), "bullet")
    if brief.gaps:
        yield Heading(2, "What was not found", "annex-not-found")
        yield from (Paragraph(words(gap), "bullet") for gap in brief.gaps)


def _method_annex(brief: Brief) -> Iterator[Block]:
    yield Heading(1, say.ANNEX_METHOD, "annex-method")
    yield from (Paragraph(words(line)) for line in say.method_lines(brief))


def _references(references: Sequence[str]) -> Iterator[Block]:
    yield Heading(1, say.REFERENCES, "references")
    if not references:
        yield Paragraph(words("No work is cited."))
    yield from (Paragraph(words(line), "small") for line in references)


def _flags_by_note(audit: Audit | None) -> dict[int, str]:
    flags: dict[int, str] = {}
    for finding in audit.findings if audit else ():
        if finding.n:
            flags[finding.n] = f"{flags.get(finding.n, '')} {_flag(finding)}".strip()
    return flags


def _flag(finding: Finding) -> str:
    says = finding.says.partition("): ")[2] or finding.says
    return f"[{_sentence_case(says)}]"
