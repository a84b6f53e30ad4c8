"""What the chat shows while a question is asked and after. Owns: the frames of one turn, older turns from their receipts.

Does not own: components (see `ask_tab.py`). A session holds receipt ids only, so it is small, and no session can see another's.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from assistant.errors import AdviserError, NotFoundError
from assistant.nouns import Answer, Sentence
from ui.asking import LONGEST_HISTORY, AskRequest, Step, ask_by_sentence
from ui.evidence import read_turn
from ui.markup import Markup, join
from ui.render import problem_html, turn_html, waiting_html
from ui.render_evidence import evidence_content, evidence_section
from ui.serving import Services

KEPT = 256
SHOWN = 10
REDRAW_SECONDS = 0.1
SEARCHING = "Searching the library."
INTERNAL = "Something went wrong inside. Nothing was lost. Ask again; if it happens again, run `adviser doctor`."


@dataclass(frozen=True)
class Frame:
    """What stands on the page at one moment; None where it stays as it is. `receipts` are the session's turns so far."""

    receipts: tuple[str, ...]
    current: Markup
    past: Markup | None = None
    evidence: Markup | None = None


@dataclass(frozen=True)
class Drawn:
    """A finished turn as HTML, with what stands in its evidence."""

    receipt_id: str
    turn: Markup
    evidence: Markup


class Conversation:
    """Asks and draws for every session of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shelf = Shelf(KEPT)
        # Without a chat model all sentences are checked within milliseconds: telling each by itself would only hold up the rest.
        self._at_once = not services.settings.model

    async def ask(self, request: AskRequest, *, space: str | None = None) -> AsyncIterator[Frame]:
        """Frames of one turn, from waiting to done. Never raises: what fails is said on the page."""
        before = tuple(request.history)
        try:
            yield Frame(before, waiting_html(request.question, [], SEARCHING), past=self.turns(before))
            sentences: list[Sentence] = []
            drawn = 0.0
            async with aclosing(self._services.gate.each(lambda: self._told(request, before, space))) as told:
                async for each in told:
                    if isinstance(each, Frame):
                        yield each
                    elif isinstance(each, Step):
                        yield Frame(before, waiting_html(request.question, sentences, each.says))
                    else:
                        sentences.append(each)
                        if time.monotonic() - drawn < REDRAW_SECONDS:
                            continue  # what follows at once is drawn together
                        drawn = time.monotonic()
                        yield Frame(before, waiting_html(request.question, sentences, "Checking what comes next."))
        except AdviserError as error:
            yield self.problem(request.question, str(error), before)
        except Exception:
            yield self.problem(request.question, INTERNAL, before)

    def problem(self, question: str, says: str, before: Sequence[str]) -> Frame:
        """A question that was not answered; the earlier turns stay."""
        return Frame(tuple(before), problem_html(question, says), past=self.turns(before))

    def turns(self, receipts: Sequence[str]) -> Markup:
        """Earlier turns of a session, the latest few; the browser's history has the rest."""
        return join(drawn.turn for drawn in self._found(receipts[-SHOWN:]))

    def evidence(self, receipts: Sequence[str]) -> Markup:
        """The evidence of every turn on the page, the last one's shown."""
        last = receipts[-1:]
        found = self._found(receipts[-SHOWN:])
        return join(evidence_section(each.evidence, each.receipt_id, active=each.receipt_id in last) for each in found)

    def _told(
        self, request: AskRequest, before: tuple[str, ...], space: str | None
    ) -> Generator[Step | Sentence | Frame, None, None]:
        """What asking tells, with the answer drawn here, in the question's own thread."""
        for each in ask_by_sentence(self._services.assistant, request, space=space):
            if isinstance(each, Answer):
                yield self._finished(before, each)
            elif not self._at_once:
                yield each

    def _finished(self, before: tuple[str, ...], answer: Answer) -> Frame:
        receipts = (*before, answer.receipt_id)[-LONGEST_HISTORY:]
        drawn = self._draw(answer, self._services.assistant.library.generation())
        return Frame(receipts, drawn.turn, evidence=self.evidence(receipts))

    def _found(self, receipts: Sequence[str]) -> list[Drawn]:
        """The turns of these receipts; one whose receipt is no longer there is left out."""
        if not receipts:
            return []
        generation = self._services.assistant.library.generation()
        return [drawn for receipt in receipts if (drawn := self._drawn(receipt, generation)) is not None]

    def _drawn(self, receipt_id: str, generation: int) -> Drawn | None:
        kept = self._shelf.get((receipt_id, generation))
        if kept is not None:
            return kept
        try:
            return self._draw(self._services.assistant.receipt(receipt_id).answer, generation)
        except NotFoundError:
            return None

    def _draw(self, answer: Answer, generation: int) -> Drawn:
        turn = read_turn(answer, self._services.assistant.library)
        return self._shelf.keep(
            (answer.receipt_id, generation), Drawn(answer.receipt_id, turn_html(turn), evidence_content(turn))
        )


class Shelf:
    """The turns used last, drawn, at most `size` of them; an older one is drawn again. Safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._drawn: OrderedDict[tuple[str, int], Drawn] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, int]) -> Drawn | None:
        """A turn by receipt and library generation, if it is still here."""
        with self._lock:
            drawn = self._drawn.get(key)
            if drawn is not None:
                self._drawn.move_to_end(key)
            return drawn

    def keep(self, key: tuple[str, int], drawn: Drawn) -> Drawn:
        """Put a turn here, the oldest making room."""
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > self._size:
                self._drawn.popitem(last=False)
        return drawn
