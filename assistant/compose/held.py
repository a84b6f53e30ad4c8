"""One written sentence, held to the evidence. Owns: the order of the checks and what is said of a sentence that fails.
Does not own: each check.

tokens mapped → plain sentence → (no token: advice or nothing) → spans chosen by us → grounded → shown, or not
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.advice import MOST, is_advice
from assistant.compose.plain import leans, plain
from assistant.compose.sentence_stream import Written
from assistant.compose.spans import choose_span
from assistant.compose.tokens import TokenMap
from assistant.grounding.ground import SCORER, Grounder, Pointer, Proposal
from assistant.nouns import Section, Sentence, Verdict
from assistant.text.folding import fold


@dataclass(frozen=True)
class Checked:
    """What became of one sentence. `sentence` is None when it may not be shown; `mendable`: rewording it down could help."""

    sentence: Sentence | None
    verdict: Verdict
    passage_ids: tuple[str, ...] = ()
    section: Section = "answer"
    mendable: bool = False


class Holder:
    """Holds the sentences of one answer to its evidence; remembers what has been said."""

    def __init__(self, *, question: str, tokens: TokenMap, grounder: Grounder) -> None:
        self._question = question
        self._tokens = tokens
        self._grounder = grounder
        self._said: set[str] = set()
        self._cited: set[tuple[str, int]] = set()
        self._advice = 0

    def hold(self, written: Written) -> Checked:
        """Check one whole sentence."""
        cited = self._tokens.read(written.text)
        sentence = plain(cited.text)
        notes = [f"it cites {', '.join(cited.unknown)}, which was never given out"] if cited.unknown else []
        if sentence.problem:
            return _refused(sentence.text, written.section, (), [*notes, sentence.problem])
        if fold(sentence.text) in self._said:
            return _refused(sentence.text, written.section, (), ["it has been said already"])
        if not cited.passage_ids:
            return self._without_source(sentence.text, written.section, notes)
        return self._with_source(sentence.text, written.section, cited.passage_ids, notes)

    def say(self, sentence: Sentence) -> None:
        """Remember a sentence that was shown from elsewhere, so that it is not said twice."""
        self._said.add(fold(sentence.text))
        self._cited |= {(citation.passage_id, citation.start) for citation in sentence.citations}

    def has_said(self, proposal: Proposal) -> bool:
        """Whether a proposal would repeat what was shown: its words, or words that a shown sentence already cites."""
        places = {(pointer.passage_id, pointer.start) for pointer in proposal.pointers}
        return fold(proposal.text) in self._said or bool(places & self._cited)

    def _with_source(self, text: str, section: Section, passage_ids: Sequence[str], notes: list[str]) -> Checked:
        ids = tuple(passage_ids)
        if leans(text) or text.endswith("?"):
            return _refused(text, section, ids, [*notes, "it does not name its subject, or is no statement"], mendable=True)
        pointers = tuple(self._pointer(text, passage_id) for passage_id in ids)
        text = _as_it_stands(text, pointers)
        sentence, verdict = self._grounder.ground(Proposal(text=text, section=section, pointers=pointers))
        verdict = verdict.model_copy(update={"problems": [*notes, *verdict.problems]})
        if sentence is not None:
            self.say(sentence)
        return Checked(sentence, verdict, ids, section, mendable=sentence is None)

    def _pointer(self, text: str, passage_id: str) -> Pointer:
        evidence = self._grounder.shown[passage_id]
        return choose_span(text, evidence.passage, whole=evidence.source.kind != "original")

    def _without_source(self, text: str, section: Section, notes: list[str]) -> Checked:
        passages = [evidence.passage.text for evidence in self._tokens.by_token.values()]
        if section != "next_step" or not is_advice(text, question=self._question, passages=passages):
            return _refused(text, section, (), [*notes, "it cites nothing"])
        if self._advice >= MOST:
            return _refused(text, section, (), ["there is advice enough"])
        self._advice += 1
        self._said.add(fold(text))
        verdict = Verdict(text=text, passage_ids=[], shown=True, status="advice", problems=notes, scorer=SCORER)
        return Checked(Sentence(text=text, section=section, status="advice", citations=[]), verdict, (), section)


def _refused(text: str, section: Section, ids: tuple[str, ...], problems: list[str], *, mendable: bool = False) -> Checked:
    verdict = Verdict(text=text, passage_ids=list(ids), shown=False, status="unsupported", problems=problems, scorer=SCORER)
    return Checked(None, verdict, ids, section, mendable=mendable and bool(ids))


def _as_it_stands(text: str, pointers: Sequence[Pointer]) -> str:
    """The cited words themselves where only a full stop at the end is other: a document's line is quoted, never made a statement of ours."""
    said = fold(text).strip().rstrip(".")
    return next((pointer.quote.strip() for pointer in pointers if fold(pointer.quote).strip().rstrip(".") == said), text)
