"""What the chat shows while a question is asked and after. Owns: the frames of one turn, older turns from their receipts.

Does not own: components (see `ask_tab.py`). A session holds receipt ids only, so it is small, and no session can see another's.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.errors import AdviserError, NotFoundError
from assistant.nouns import Answer, Sentence
from ui.asking import LONGEST_HISTORY, AskRequest, Step, ask_by_sentence, searching_words
from ui.evidence import Turn, read_turn
from ui.markup import Markup, join
from ui.render import problem_html, turn_html, waiting_html
from ui.render_evidence import evidence_html
from ui.serving import Services

KEPT = 256
REDRAW_SECONDS = 0.1
INTERNAL = "Something went wrong inside. Nothing was lost. Ask again; if it happens again, run `adviser doctor`."


@dataclass(frozen=True)
class Frame:
    """What stands on the page at one moment. `receipts` are the session's turns so far."""

    receipts: tuple[str, ...]
    past: Markup
    current: Markup
    evidence: Markup


class Conversation:
    """Asks and draws for every session of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._turns = Shelf(KEPT)

    async def ask(self, request: AskRequest) -> AsyncIterator[Frame]:
        """Frames of one turn, from waiting to done. Never raises: what fails is said on the page."""
        before = tuple(request.history)
        try:
            frame = self._start(request, before)
            yield frame
            sentences: list[Sentence] = []
            drawn = 0.0
            async with aclosing(self._services.gate.each(lambda: self._told(request, before))) as told:
                async for each in told:
                    if isinstance(each, Frame):
                        yield each
                    elif isinstance(each, Sentence):
                        sentences.append(each)
                        if len(sentences) > 1 and time.monotonic() - drawn < REDRAW_SECONDS:
                            continue  # what follows at once is drawn together
                        drawn = time.monotonic()
                        yield replace(frame, current=waiting_html(request.question, sentences, "Checking what comes next."))
        except AdviserError as error:
            yield self.problem(request.question, str(error), before)
        except Exception:
            yield self.problem(request.question, INTERNAL, before)

    def problem(self, question: str, says: str, before: Sequence[str]) -> Frame:
        """A question that was not answered; the earlier turns stay."""
        return Frame(tuple(before), self.turns(before), problem_html(question, says), self.evidence(before))

    def turns(self, receipts: Sequence[str]) -> Markup:
        """Earlier turns of a session."""
        return join(turn_html(turn) for turn in self._found(receipts))

    def evidence(self, receipts: Sequence[str]) -> Markup:
        """The evidence of every turn, the last one's shown."""
        return join(evidence_html(turn, active=turn.answer.receipt_id == receipts[-1]) for turn in self._found(receipts))

    def _start(self, request: AskRequest, before: tuple[str, ...]) -> Frame:
        waiting = waiting_html(request.question, [], searching_words(self._services.assistant, request))
        return Frame(before, self.turns(before), waiting, self.evidence(before))

    def _told(self, request: AskRequest, before: tuple[str, ...]) -> Iterator[Step | Sentence | Frame]:
        """What asking tells, with the answer drawn here, in the question's own thread."""
        for each in ask_by_sentence(self._services.assistant, request):
            yield self._finished(before, each) if isinstance(each, Answer) else each

    def _finished(self, before: tuple[str, ...], answer: Answer) -> Frame:
        receipts = (*before, answer.receipt_id)[-LONGEST_HISTORY:]
        library = self._services.assistant.library
        turn = self._turns.keep((answer.receipt_id, library.generation()), read_turn(answer, library))
        return Frame(receipts, self.turns(receipts[:-1]), turn_html(turn), self.evidence(receipts))

    def _found(self, receipts: Sequence[str]) -> list[Turn]:
        """The turns of these receipts; one whose receipt is no longer there is left out."""
        if not receipts:
            return []
        generation = self._services.assistant.library.generation()
        return [turn for receipt in receipts if (turn := self._turn(receipt, generation)) is not None]

    def _turn(self, receipt_id: str, generation: int) -> Turn | None:
        kept = self._turns.get((receipt_id, generation))
        if kept is not None:
            return kept
        assistant = self._services.assistant
        try:
            answer = assistant.receipt(receipt_id).answer
        except NotFoundError:
            return None
        return self._turns.keep((receipt_id, generation), read_turn(answer, assistant.library))


class Shelf:
    """The turns used last, at most `size` of them; an older one is read from the library again. Safe for several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._turns: OrderedDict[tuple[str, int], Turn] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int]) -> Turn | None:
        """A turn by receipt and library generation, if it is still here."""
        with self._lock:
            turn = self._turns.get(key)
            if turn is not None:
                self._turns.move_to_end(key)
            return turn

    def keep(self, key: tuple[str, int], turn: Turn) -> Turn:
        """Put a turn here, the oldest making room."""
        with self._lock:
            self._turns[key] = turn
            while len(self._turns) > self._size:
                self._turns.popitem(last=False)
        return turn
