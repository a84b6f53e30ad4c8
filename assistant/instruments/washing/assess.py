"""The mission-washing check. Owns: the marks of a document, what they come to by rule, and the Assessment. Pure: same in, same out.

Does not own: reading files (`ui/own_documents.py`), which sentence speaks to which tell (`evidence.py`), or the receipt.
A tell is absent where a sentence shows its counterpart, present where a sentence shows the tell and none shows the counterpart as clearly,
and cannot be told otherwise. There is no blended score: the marks are counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.instruments.assessment import (
    CANNOT_TELL,
    Assessment,
    MarkResult,
    OwnQuote,
    Point,
    Result,
    number_citations,
)
from assistant.instruments.literature import Literature
from assistant.instruments.own_document import OwnDocument
from assistant.instruments.spec import rubric_of
from assistant.instruments.washing.evidence import Sign, Signs
from assistant.instruments.washing.meaning import Likeness, TextEmbedder
from assistant.instruments.washing.spec import ABSENT, NAME, PRESENT, Tell, WashingSpec, washing_spec
from assistant.instruments.washing.units import Unit, units_of
from assistant.text.words import FUNCTION_WORDS

SHOWN = 3  # quotes beside a mark, clearest first
LONGEST_READ = 3000  # units; a longer document is read to here, and the notes say so
ENGLISH = 0.2  # share of common English words below which a document is taken to be in another language


def assess_washing(
    document: OwnDocument, literature: Literature, embedder: TextEmbedder, *, now: int, subject: str = ""
) -> Assessment:
    """The twelve marks of a strategy. `now`: the year that its dates are seen from; it stands in the answers."""
    spec = washing_spec()
    units = units_of(document)
    signs = signs_of(units[:LONGEST_READ], embedder, now=now)
    marks = [_mark(tell, document, signs, literature) for tell in spec.tells]
    found = Assessment(
        instrument="washing",
        rubric=rubric_of(NAME, spec.version),
        title=spec.title,
        subject=subject or document.file,
        marks=marks,
        result=_result(marks),
        strengths=[_strength(spec.tell(mark.criterion), mark) for mark in marks if mark.mark == ABSENT],
        gaps=[_gap(spec.tell(mark.criterion), mark) for mark in marks if mark.mark == PRESENT],
        find_out=[_find_out(spec.tell(mark.criterion)) for mark in marks if mark.mark == CANNOT_TELL],
        notes=_notes(spec, document, units),
        answers={"document": document.file, "sha256": document.sha256, "now": now},
    )
    return number_citations(found)


def signs_of(units: Sequence[Unit], embedder: TextEmbedder, *, now: int) -> Signs:
    """The signs of a document's units."""
    likeness = Likeness([unit.text for unit in units], embedder, now=now)
    return Signs(list(units), likeness=likeness, now=now)


def _mark(tell: Tell, document: OwnDocument, signs: Signs, literature: Literature) -> MarkResult:
    found = signs.finding(tell.id)
    mark = found.mark
    return MarkResult(
        criterion=tell.id,
        title=tell.title,
        mark=mark,
        mark_words=_mark_words(tell, mark),
        confidence=found.confidence,
        quotes=_quotes(found.signs, document),
        reason=_reason(tell, mark, between=found.between),
        missing=f"The document does not say {tell.missing}." if mark == CANNOT_TELL else "",
        would_change=_would_change(tell, mark),
        literature=literature.cite_all(tell.citations),
    )


def _mark_words(tell: Tell, mark: str) -> str:
    """'absent' alone would be a double negation: the counterpart stands beside it."""
    if mark == CANNOT_TELL:
        return "cannot tell"
    return mark if mark == PRESENT else f"absent ({_lowered(tell.strength)})"


def _quotes(deciding: Sequence[Sign], document: OwnDocument) -> list[OwnQuote]:
    """The clearest signs as quotes; one that stands within another is left out."""
    found: list[OwnQuote] = []
    for sign in deciding:
        quote = sign.unit.quote(document, from_before=sign.with_before)
        if not any(quote.start < other.end and other.start < quote.end for other in found):
            found.append(quote)
        if len(found) == SHOWN:
            break
    return found


def _reason(tell: Tell, mark: str, *, between: bool) -> str:
    if mark == PRESENT:
        return f"{tell.what} The document's own words show it, and no sentence was found that shows the opposite."
    if mark == ABSENT:
        return f"The document shows the counterpart: {_lowered(tell.strength)}."
    if between:
        return "The document looks further ahead than a short horizon and less far than a long one."
    return f"No sentence was found that shows this tell or its counterpart ({_lowered(tell.strength)})."


def _would_change(tell: Tell, mark: str) -> str:
    if mark == ABSENT:
        return "If the sentence quoted does not hold in practice, the tell is there after all."
    return tell.would_change


def _result(marks: list[MarkResult]) -> Result:
    """Counts, and by rule what they say together."""
    present, absent, unknown = (sum(m.mark == each for m in marks) for each in (PRESENT, ABSENT, CANNOT_TELL))
    headline = f"{present} of {len(marks)} tells present, {absent} absent, {unknown} cannot tell."
    key, words = _pattern(marks, present=present, absent=absent, unknown=unknown)
    named = [m.title for m in marks if m.mark == PRESENT]
    because = [words]
    if named:
        because.append(f"Present: {'; '.join(_lowered(title) for title in named)}.")
    because.append("The marks are counted and not blended: read each with its sentence.")
    return Result(key=key, headline=headline, because=because)


def _pattern(marks: list[MarkResult], *, present: int, absent: int, unknown: int) -> tuple[str, str]:
    """The first of these rules that holds. Half of the tells, and a half of what could be told, are our own lines."""
    if unknown * 2 > len(marks):
        return "too_little", "More than half of the tells cannot be told from this document. It may be the wrong document to ask."
    if present > absent * 2:
        return (
            "mostly_words",
            "The document shows the tells more than twice as often as their counterparts. Ask what changes beyond the words.",
        )
    if absent > present * 2:
        return (
            "mostly_mission",
            "The document shows the counterparts more than twice as often as the tells. Ask whether practice keeps to them.",
        )
    return "mixed", "The document shows tells and counterparts alike. The tells that are present are where to begin."


def _strength(tell: Tell, mark: MarkResult) -> Point:
    return Point(text=f"{tell.strength}: “{_short(mark.quotes[0].text)}”{_page(mark.quotes[0])}", criterion=tell.id)


def _gap(tell: Tell, mark: MarkResult) -> Point:
    text = f"{tell.title}: “{_short(mark.quotes[0].text)}”{_page(mark.quotes[0])} {tell.would_change}"
    return Point(text=text, criterion=tell.id, citations=mark.literature[:1])


def _find_out(tell: Tell) -> str:
    return f"{tell.title}? The document does not say {tell.missing}."


def _notes(spec: WashingSpec, document: OwnDocument, units: list[Unit]) -> list[str]:
    notes = [spec.ours.strip(), *spec.notes]
    if document.pages_without_text:
        notes.append(
            f"{document.pages_without_text} pages hold no text that could be read, such as scanned pages; they were not checked."
        )
    if len(units) > LONGEST_READ:
        notes.append(f"Only the first {LONGEST_READ:,} of {len(units):,} sentences were read.")
    if not units:
        notes.append("No sentences were found in the document.")
    elif not _english(units):
        notes.append("The document does not seem to be in English. The check reads English alone, so its marks mean little here.")
    return notes


def _english(units: list[Unit]) -> bool:
    words = [word for unit in units for word in unit.text.lower().split()]
    return sum(word in FUNCTION_WORDS for word in words) >= ENGLISH * len(words)


def _page(quote: OwnQuote) -> str:
    return f" (p. {quote.page_label or quote.page})" if quote.page is not None else ""


def _short(text: str, most: int = 220) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[:most].rsplit(" ", 1)[0] + " …"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
