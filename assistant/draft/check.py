"""A whole draft held against the library. Owns: the order for each sentence and the report.

    sentence → a claim? → name its subject → retrieve → hold against spans → status with exact quotes

Does not own: any of those steps, reading the file (ingest does), or showing the report. The draft never enters the library; a copy of it
that somebody added to the library is no evidence for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.draft.claims import bare, fact_within, not_a_claim
from assistant.draft.nouns import CheckedSentence, DraftReport, DraftStatus
from assistant.draft.subject import Reading, leading_name, read_subject
from assistant.draft.verdict import Verdict, judge
from assistant.errors import InputError
from assistant.grounding.citation import make_citation
from assistant.grounding.gate import GATE_VERSION
from assistant.grounding.meaning import MEANING_VERSION
from assistant.grounding.support import SUPPORT_VERSION, model, support
from assistant.instruments.own_document import OwnDocument, OwnSentence
from assistant.library.library import Library
from assistant.nouns import Citation, Evidence, Searched
from assistant.retrieval.question import read_question
from assistant.retrieval.retrieve import Filters, Retriever
from assistant.text.folding import fold

DRAFT_VERSION = "1"
EVIDENCE = 24  # passages found for one sentence
MOST_SENTENCES = 3000
LONGEST_SENTENCE = 1200  # characters; a longer one is cut nowhere that we could be sure of
SAME_DOCUMENT = 0.5  # share of a draft's sentences that one of the user's documents must hold to be a copy of it
FEWEST_SAME = 3
EVERYTHING = Filters()


@dataclass(frozen=True)
class _Context:
    """What a sentence may take its subject from."""

    before: str = ""
    heading: str = ""


class DraftChecker:
    """Checks drafts against one library."""

    def __init__(self, *, library: Library, retriever: Retriever) -> None:
        self._library = library
        self._retriever = retriever

    def check(self, draft: OwnDocument, *, filters: Filters = EVERYTHING) -> DraftReport:
        """The whole report."""
        return self.report(draft, list(self.sentences(draft, filters=filters)))

    def sentences(self, draft: OwnDocument, *, filters: Filters = EVERYTHING) -> Iterator[CheckedSentence]:
        """Each sentence as soon as it is checked. Raises InputError for a draft with too many."""
        if len(draft.sentences) > MOST_SENTENCES:
            raise InputError(
                f"{draft.file} has {len(draft.sentences)} sentences; {MOST_SENTENCES} can be checked at once. Split it."
            )
        copies = self._copies(draft)
        context = _Context()
        for number, sentence in enumerate(draft.sentences, start=1):
            checked = self._sentence(draft, sentence, number, context, filters=filters, copies=copies)
            context = _Context(_subject_source(checked, context), " ".join(reversed(sentence.heading)))
            yield checked

    def report(self, draft: OwnDocument, checked: Sequence[CheckedSentence]) -> DraftReport:
        """The report of sentences that were checked."""
        passages, sources = self._library.counts()
        facts = self._library.read_meta()
        counted = Counter(each.status for each in checked)
        order: tuple[DraftStatus, ...] = ("supported", "partly", "not_found", "contradicted", "not_a_claim")
        copies = sorted(self._copies(draft))
        return DraftReport(
            file=draft.file,
            sha256=draft.sha256,
            checker=f"draft-{DRAFT_VERSION}+gate-{GATE_VERSION}+{MEANING_VERSION}+support-{SUPPORT_VERSION}",
            fingerprint={key.partition(".")[2]: value for key, value in facts.items() if key.startswith("fingerprint.")},
            searched=Searched(passages=passages, sources=sources),
            sentences=list(checked),
            counts={status: counted[status] for status in order},
            warnings=[
                *_unread(draft),
                *(f"“{name}” in the library is this draft itself, so it was not used as evidence." for name in copies),
            ],
        )

    def _sentence(
        self,
        draft: OwnDocument,
        sentence: OwnSentence,
        number: int,
        context: _Context,
        *,
        filters: Filters,
        copies: frozenset[str],
    ) -> CheckedSentence:
        text = draft.words(sentence)
        place = {
            "n": number,
            "text": text,
            "start": sentence.start,
            "end": sentence.end,
            "page": sentence.page,
            "heading": sentence.heading,
        }
        said = bare(text)
        kind = not_a_claim(said, heading=text.strip() in {each.strip() for each in sentence.heading})
        fact = fact_within(said) if kind == "advice" else None
        if kind is not None and fact is None:
            return CheckedSentence(**place, status="not_a_claim", kind=kind)  # type: ignore[arg-type]
        if len(text) > LONGEST_SENTENCE:
            why = f"it is longer than {LONGEST_SENTENCE:,} characters; split it to have it checked"
            return CheckedSentence(**place, status="not_found", because=[why])  # type: ignore[arg-type]
        reading = (
            Reading(fact) if fact else read_subject(said, before=context.before, heading=" ".join(reversed(sentence.heading)))
        )
        verdict = capped(
            judge(reading.text, self._evidence(reading.text, filters, copies), score=support, threshold=model().threshold),
            reading,
        )
        because = [*(["only the fact that this advice leans on is judged"] if fact else []), *verdict.because]
        return CheckedSentence(
            **place,  # type: ignore[arg-type]
            status=verdict.status,
            reads_as=reading.text if reading.text not in {text, said} else None,
            because=because,
            held=list(verdict.held),
            missing=list(verdict.missing),
            citations=_citations(verdict),
        )

    def _evidence(self, text: str, filters: Filters, copies: frozenset[str]) -> list[Evidence]:
        found = self._retriever.retrieve(read_question(text), k=EVIDENCE, filters=filters).evidence
        return [each for each in found if each.source.id not in copies]

    def _copies(self, draft: OwnDocument) -> frozenset[str]:
        """The user's documents that hold this draft's own sentences: the draft, or another copy or version of it."""
        said = {fold(draft.words(each)).strip() for each in draft.sentences if len(draft.words(each).split()) > 4}
        if len(said) < FEWEST_SAME:
            return frozenset()
        own = [source.id for source in self._library.sources().values() if source.origin == "user"]
        found = set()
        for source_id in own:
            text = fold(" ".join(passage.text for passage in self._library.passages_of(source_id)))
            same = sum(each in text for each in said)
            if same >= FEWEST_SAME and same >= SAME_DOCUMENT * len(said):
                found.add(source_id)
        return frozenset(found)


def capped(verdict: Verdict, reading: Reading) -> Verdict:
    """A sentence whose subject nobody names is never supported; one whose subject was named for it says so."""
    if reading.named:
        note = f"its subject was taken to be {reading.named}, as the words before it name it"
        return replace(verdict, because=(*verdict.because, note)) if verdict.status != "not_found" else verdict
    if reading.unnamed and verdict.status in {"supported", "contradicted"}:
        why = f"a passage speaks of this, but the draft does not say what “{reading.unnamed}” is; name it"
        return replace(verdict, status="partly", because=(why,))
    return verdict


def _subject_source(checked: CheckedSentence, context: _Context) -> str:
    """The words that name the next sentence's subject: this sentence as it was read, or the one before where this names nobody."""
    if checked.kind == "heading":
        return ""
    said = checked.reads_as or checked.text
    return said if leading_name(said) else context.before


def _citations(verdict: Verdict) -> list[Citation]:
    return [
        make_citation(span.evidence.passage, span.evidence.source, start=span.start, end=span.end, number=number)
        for number, span in enumerate(verdict.spans, start=1)
    ]


def _unread(draft: OwnDocument) -> list[str]:
    if not draft.pages_without_text:
        return []
    return [f"{draft.pages_without_text} of {draft.pages} pages hold no text (they may be pictures) and were not checked."]
