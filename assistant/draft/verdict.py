"""What the library says of one sentence of a draft. Owns: putting spans and parts together into one status with its reasons.

Does not own: what one span says (`hold.py`), retrieval, or documents. The order: some span says all of it; else its parts are each
said; else a span about the same matter says otherwise; else a part can be pointed at; else it is not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.draft.hold import Holding, Score, hold, in_plain_words
from assistant.draft.nouns import DraftStatus
from assistant.draft.parts import Part, parts_of
from assistant.draft.spans import Span, nearest_spans
from assistant.nouns import Evidence

MOST_QUOTED = 3


@dataclass(frozen=True)
class Verdict:
    """A status with its reasons in plain words and the spans to quote."""

    status: DraftStatus
    because: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    spans: tuple[Span, ...] = field(default=())


def judge(claim: str, evidence: Sequence[Evidence], *, score: Score, threshold: float) -> Verdict:
    """A sentence, its subject named, against the evidence found for it."""
    whole = _holdings(claim, evidence, score, threshold)
    said = [each for each in whole if each.says_all]
    nearer = _nearer_clash(said, whole)
    if said and nearer is None:
        return _supported(said)
    by_part = _by_parts(claim, evidence, score, threshold) if nearer is None else None
    if by_part is not None:
        return by_part
    clashing = [each for each in whole if each.clash]
    if clashing:
        worst = max(clashing, key=lambda each: (-len(each.missing), each.about))
        return Verdict("contradicted", (worst.clash,), worst.held, worst.missing, (worst.span,))
    near = [each for each in whole if each.bears_a_part]
    if near:
        return _partly(max(near, key=lambda each: (each.about, len(each.held), -len(each.missing))))
    return Verdict("not_found", ("no passage of the library says this",))


def _nearer_clash(said: Sequence[Holding], whole: Sequence[Holding]) -> Holding | None:
    """A span that says otherwise and is nearer to the sentence than any that seems to say it: the nearest decides, in doubt against it."""
    if not said or any(each.word_for_word for each in said):
        return None
    best = max(each.about for each in said)
    return next((each for each in whole if each.clash and each.about > best), None)


def _holdings(claim: str, evidence: Sequence[Evidence], score: Score, threshold: float) -> list[Holding]:
    return [hold(claim, span, score=score, threshold=threshold) for span in nearest_spans(claim, evidence)]


def _supported(said: Sequence[Holding]) -> Verdict:
    """The best spans, one a source."""
    best = sorted(said, key=lambda each: (not each.word_for_word, -each.score))
    one_each = {each.span.evidence.source.id: each for each in reversed(best)}
    shown = sorted(one_each.values(), key=lambda each: (not each.word_for_word, -each.score))[:MOST_QUOTED]
    how = "word for word in the library" if shown[0].word_for_word else "a passage of the library says the same in other words"
    return Verdict("supported", (how,), spans=tuple(each.span for each in shown))


def _by_parts(claim: str, evidence: Sequence[Evidence], score: Score, threshold: float) -> Verdict | None:
    """The status of a sentence of several facts from that of each; None where it has one, or none of them is borne out."""
    parts = parts_of(claim)
    if len(parts) < 2:
        return None
    found = [_holdings(part.reads_as, evidence, score, threshold) for part in parts]
    proved = [next((each for each in held if each.says_all), None) for held in found]
    clash = next(
        ((part, h) for part, held, p in zip(parts, found, proved, strict=True) if p is None for h in held if h.clash), None
    )
    spans = tuple({each.span.place: each.span for each in proved if each is not None}.values())
    said = tuple(part.text for part, each in zip(parts, proved, strict=True) if each is not None)
    gone = tuple(part.text for part, each in zip(parts, proved, strict=True) if each is None)
    if all(each is not None for each in proved):
        return _all_parts(parts, spans, said)
    if clash is not None:
        part, holding = clash
        return Verdict(
            "contradicted",
            (f"“{part.text}”: {holding.clash}",),
            said,
            gone,
            (holding.span, *(s for s in spans if s.place != holding.span.place))[:MOST_QUOTED],
        )
    if said:
        return Verdict("partly", ("some of it is in the library, some is not",), said, gone, spans[:MOST_QUOTED])
    return None


def _all_parts(parts: Sequence[Part], spans: Sequence[Span], said: tuple[str, ...]) -> Verdict:
    """Every part is said; they make one statement only where one source says them all or each names what it speaks of."""
    sources = {span.evidence.source.id for span in spans}
    if len(sources) == 1 or all(part.named for part in parts):
        return Verdict(
            "supported", ("each part of it is said by a passage of the library",), said, (), tuple(spans[:MOST_QUOTED])
        )
    why = "its parts are in the library, but in different sources: whether they belong together is not said"
    return Verdict("partly", (why,), said, (), tuple(spans[:MOST_QUOTED]))


def _partly(near: Holding) -> Verdict:
    """The span nearest to the sentence, with what can be pointed at in it and what cannot."""
    if near.missing:
        why = "a passage speaks of the same matter, but does not say all of it"
    elif near.changes:
        why = "the passage does not say it so: " + "; ".join(in_plain_words(each) for each in near.changes[:2])
    else:
        why = "the figures and names are in the passage; that they are used to say the same could not be shown"
    return Verdict("partly", (why,), near.held, near.missing, (near.span,))
