"""What the chat shows while a question is asked and after. Owns: the frames of one turn, older turns from their receipts.

Does not own: components (see `ask_tab.py`). A session holds receipt ids only, so it is small, and no session can see another's.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import AdviserError
from assistant.nouns import Answer, Sentence
from ui.asking import LONGEST_HISTORY, AskRequest, Step, ask_by_sentence
from ui.evidence import independent_sources, read_turn
from ui.markup import Markup, join
from ui.render import problem_html, turn_html, waiting_html
from ui.render_evidence import evidence_html
from ui.serving import Services
from ui.wording import OUTCOME_WORDS

RENDERED = 256
REDRAW_SECONDS = 0.1
INTERNAL = "Something went wrong inside. Nothing was lost. Ask again; if it happens again, run `adviser doctor`."


@dataclass(frozen=True)
class Frame:
    """What stands on the page at one moment. None leaves a part as it is; `receipts` are the session's turns so far."""

    receipts: tuple[str, ...]
    status: str
    current: Markup
    past: Markup | None = None
    evidence: Markup | None = None
    done: bool = False


@dataclass(frozen=True)
class Rendered:
    """A finished turn as HTML, with its evidence once shown and once hidden."""

    turn: Markup
    evidence: Markup
    hidden: Markup


class Conversation:
    """Asks and draws for every session of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rendered = lru_cache(maxsize=RENDERED)(self._render)

    async def ask(self, request: AskRequest) -> AsyncIterator[Frame]:
        """Frames of one turn, from waiting to done. Never raises: what fails is said on the page."""
        before = tuple(request.history)
        says = "Waiting for a place in the queue."
        yield Frame(before, says, waiting_html(request.question, [], says), past=self.turns(before))
        sentences: list[Sentence] = []
        drawn = 0.0
        try:
            async with aclosing(self._services.gate.each(lambda: ask_by_sentence(self._services.assistant, request))) as told:
                async for each in told:
                    if isinstance(each, Step):
                        says = each.says
                        yield Frame(before, says, waiting_html(request.question, sentences, says))
                    elif isinstance(each, Sentence):
                        sentences.append(each)
                        if len(sentences) > 1 and time.monotonic() - drawn < REDRAW_SECONDS:
                            continue  # what follows at once is drawn together
                        drawn = time.monotonic()
                        yield Frame(before, says, waiting_html(request.question, sentences, f"{len(sentences)} checked so far."))
                    else:
                        yield self._done(before, each)
        except AdviserError as error:
            yield Frame(before, "Not answered.", problem_html(request.question, str(error)), done=True)
        except Exception:
            yield Frame(before, "Not answered.", problem_html(request.question, INTERNAL), done=True)

    def turns(self, receipts: Sequence[str]) -> Markup:
        """Earlier turns of a session."""
        return join(rendered.turn for rendered in self._found(receipts))

    def evidence(self, receipts: Sequence[str]) -> Markup:
        """The evidence of every turn, the last one's shown."""
        found = self._found(receipts)
        return join([*(each.hidden for each in found[:-1]), *(each.evidence for each in found[-1:])])

    def _done(self, before: tuple[str, ...], answer: Answer) -> Frame:
        receipts = (*before, answer.receipt_id)[-LONGEST_HISTORY:]
        rendered = self._rendered(answer.receipt_id, self._services.assistant.library.generation())
        return Frame(receipts, finished_words(answer), rendered.turn, evidence=self.evidence(receipts), done=True)

    def _found(self, receipts: Sequence[str]) -> list[Rendered]:
        generation = self._services.assistant.library.generation()
        return [self._rendered(receipt, generation) for receipt in receipts]

    def _render(self, receipt_id: str, _generation: int) -> Rendered:
        assistant = self._services.assistant
        turn = read_turn(assistant.receipt(receipt_id).answer, assistant.library)
        return Rendered(turn_html(turn), evidence_html(turn), evidence_html(turn, active=False))


def finished_words(answer: Answer) -> str:
    """What is announced once when an answer is there."""
    if not answer.sentences:
        return OUTCOME_WORDS.get(answer.outcome, "Done.")
    count = len(answer.sentences)
    works = independent_sources([c for sentence in answer.sentences for c in sentence.citations])
    return f"Answer ready: {_counted(count, 'statement')} from {_counted(works, 'independent source')}."


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number != 1 else ''}"
