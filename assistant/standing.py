"""A question as it stands alone. Owns: who completes a follow-up, the chat model or the rules, and what it is then asked after.

Does not own: the rules (`followup`), the model's request (`compose/rewrite`), or answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.rewrite import Earlier
from assistant.compose.writing import ChatRecord, Errand, Scribe
from assistant.followup import Completed, complete
from assistant.index.cross_encoder import followup_words
from assistant.library.library import Library
from assistant.nouns import Completion
from assistant.retrieval.retrieve import Retriever


@dataclass(frozen=True)
class Standing:
    """A question that stands alone, how it came to, and the errand on which a chat model serves it. `after`: of a follow-up completed by rule,
    its own words after the question before it, which is searched for too; "" otherwise.
    """

    text: str
    errand: Errand | None
    completion: Completion | None = None
    after: str = ""

    @property
    def chat(self) -> ChatRecord | None:
        """What the chat model did for it."""
        return self.errand.record() if self.errand else None


def after_words(completed: Completed, question: str) -> str:
    """What a follow-up that was completed is asked after, with its own words; "" for a question that stood alone."""
    return followup_words(completed.before, question) if completed.leaned else ""


class Completer:
    """Makes questions stand alone, by `scribe` where there is one and its words pass, else by rule."""

    def __init__(self, *, library: Library, retriever: Retriever, scribe: Scribe | None) -> None:
        self._library = library
        self._retriever = retriever
        self._scribe = scribe

    def standing(self, question: str, earlier: Sequence[Earlier]) -> Standing:
        """A question after the turns `earlier`, oldest first."""
        errand = self._scribe.begin() if self._scribe else None
        if not earlier:
            return Standing(question, errand)
        completion = Completion(by="rules")
        if errand is not None:
            made = errand.rewrite(question, earlier)
            if not made.problems:
                return Standing(made.text, errand, Completion(by="model", proposed=made.text))
            completion = Completion(by="rules", proposed=made.text, problems=list(made.problems))
        by_rule = self.by_rule(question, [each.question for each in earlier])
        after = after_words(by_rule, question)
        return Standing(by_rule.text, errand, completion.model_copy(update={"after": after}), after)

    def by_rule(self, question: str, earlier: Sequence[str]) -> Completed:
        """The question as it stands alone, completed from the ones before it (as they stand alone), oldest first."""
        titles = [
            " ".join([source.title, *source.aliases]).casefold()
            for source in self._library.sources().values()
            if source.kind != "original"
        ]

        def is_known(phrase: str) -> bool:
            return bool(phrase) and any(all(word in title for word in phrase.split()) for title in titles)

        return complete(question, earlier, weigh=self._retriever.rarity, is_known=is_known)
