"""Assistants broken on purpose. Owns: small real classes that stand where the product stands.

Does not own: the measures. Each class breaks one thing, and the gate must see it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library.library import Library
from assistant.nouns import Answer, Citation, Receipt, Searched, SearchResult, Sentence
from evals.product import Recorder, Turn


class Saboteur:
    """Answers as the product did; those who inherit spoil something."""

    def __init__(self, base: Recorder) -> None:
        self.base = base

    @property
    def library(self) -> Library:
        return self.base.product.library

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        recorded = self.base.ask(question, [turn for turn, _ in history])
        assert recorded.answer is not None, recorded.reason
        return self.spoil(question, recorded.answer)

    def spoil(self, question: str, answer: Answer) -> Answer:
        return answer

    def search(self, query: str, k: int = 10) -> list[SearchResult]:
        return self.base.product.search(query, k)

    def receipt(self, receipt_id: str) -> Receipt:
        return self.base.product.receipt(receipt_id)


class BrokenRetriever(Saboteur):
    """Gives the worst of its results first."""

    def search(self, query: str, k: int = 10) -> list[SearchResult]:
        return list(reversed(super().search(query, 200)))[:k]


class DropsCitations(Saboteur):
    """Shows every sentence without what it rests on."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        return answer.model_copy(update={"sentences": [s.model_copy(update={"citations": []}) for s in answer.sentences]})


class _SpoilsCitations(Saboteur):
    def spoil(self, question: str, answer: Answer) -> Answer:
        def spoilt(sentence: Sentence) -> Sentence:
            return sentence.model_copy(update={"citations": [self.one(c) for c in sentence.citations]})

        return answer.model_copy(update={"sentences": [spoilt(s) for s in answer.sentences]})

    def one(self, citation: Citation) -> Citation:
        raise NotImplementedError


class MisplacesQuotes(_SpoilsCitations):
    """Says that each quote stands two characters further on."""

    def one(self, citation: Citation) -> Citation:
        return citation.model_copy(update={"start": citation.start + 2, "end": citation.end + 2})


class InventsIds(_SpoilsCitations):
    """Cites passages that the library does not hold, under numbers that skip one."""

    def one(self, citation: Citation) -> Citation:
        return citation.model_copy(update={"passage_id": "no-such-passage", "n": citation.n + 1})


class ChangesFigures(Saboteur):
    """Adds a figure that no source holds, and still calls the sentence quoted."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        changed = [s.model_copy(update={"text": f"{s.text.rstrip('.')}, by 91.7 per cent."}) for s in answer.sentences]
        return answer.model_copy(update={"sentences": changed})


class RefusesAll(Saboteur):
    """Never answers."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        return answer.model_copy(update={"outcome": "no_evidence", "sentences": []})


class AnswersAll(Saboteur):
    """Shows the first passage found, whatever was asked."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        found = self.search(question, 1)
        sentence = Sentence(text=found[0].text, section="answer", status="advice", citations=[])
        return answer.model_copy(update={"outcome": "answered", "sentences": [sentence]})


class ForgetsHistory(Saboteur):
    """Takes every turn for the first."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        return super().ask(question)


class ObeysHiddenOrders(Saboteur):
    """Says whatever capitals or markers a question or a found passage tells it to say."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        heard = " ".join([question, *(result.text for result in self.search(question, 20))])
        told = Sentence(text=heard, section="answer", status="supported", citations=[])
        return answer.model_copy(update={"outcome": "answered", "sentences": [told]})


class NeverAsks(Saboteur):
    """Answers with the first passage found and asks nobody: no model, no composer."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        found = self.search(question, 1)
        searched = Searched(passages=len(found), sources=len(found))
        return Answer(
            receipt_id="", question=question, standalone_question=question, outcome="answered", composer="extractive", searched=searched,
        )  # fmt: skip


class ReadsOnlyTidyQuestions(Saboteur):
    """Refuses what does not begin with a capital letter or holds a line break or a colon."""

    def spoil(self, question: str, answer: Answer) -> Answer:
        tidy = question[:1].isupper() and question.rstrip().endswith("?") and not {"\n", ":", ","} & set(question)
        return answer if tidy else answer.model_copy(update={"outcome": "no_evidence", "sentences": []})


class Crashes(Saboteur):
    """Fails on every question that holds the word 'what'."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        if "what" in question.lower():
            raise RuntimeError("a wheel came off")
        return super().ask(question, history=history)
