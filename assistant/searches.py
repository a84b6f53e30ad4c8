"""What is searched for on behalf of a question. Owns: one search, and of a follow-up completed by rule a second one, after the question before it.

Does not own: completing it (`standing`), the search itself (`retrieval`), or ranking what it finds (`compose/relevance`).
"""

from __future__ import annotations

from dataclasses import replace

from assistant.compose.candidates import candidates
from assistant.compose.relevance import Search
from assistant.compose.sentence_cosines import sentence_cosines
from assistant.nouns import Evidence
from assistant.retrieval.question import Question, read_question
from assistant.retrieval.retrieve import Filters, Retrieved, Retriever
from assistant.retrieval.word_vectors import TextEmbedder

EVIDENCE = 40
ANYWHERE = Filters()


def searches(
    retriever: Retriever, text: str, after: str = "", *, filters: Filters = ANYWHERE, embedder: TextEmbedder | None = None
) -> tuple[Search, Search | None]:
    """The search for a question, and the one for it `after` the question before where it is asked so. With an `embedder` sentences of originals
    are compared one by one.

    The second asks for the same kind of thing: what the question before asked for is not asked again. What both find has one rank, what only the
    second finds follows on.
    """
    question = read_question(text)
    search = _search(question, retriever.retrieve(question, k=EVIDENCE, filters=filters), embedder)
    if not after:
        return search, None
    leaning = replace(read_question(after), asked=question.asked, wants=question.wants)
    found = retriever.retrieve(leaning, k=EVIDENCE, filters=filters)
    return search, _search(leaning, replace(found, evidence=_numbered_on(found.evidence, search.retrieved.evidence)), embedder)


def together(search: Search, beside: Search | None) -> Retrieved:
    """What both found, each passage once, in the order of rank."""
    if beside is None:
        return search.retrieved
    held = {each.passage.id for each in search.retrieved.evidence}
    more = [each for each in beside.retrieved.evidence if each.passage.id not in held]
    return replace(search.retrieved, evidence=(*search.retrieved.evidence, *more))


def _search(question: Question, retrieved: Retrieved, embedder: TextEmbedder | None) -> Search:
    found = candidates(retrieved.evidence)
    cosines = sentence_cosines(found, retrieved.question_vector, embedder) if embedder else None
    return Search(question, retrieved, found, cosines)


def _numbered_on(evidence: tuple[Evidence, ...], first: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    ranks = {each.passage.id: each.rank for each in first}
    new = [each.passage.id for each in evidence if each.passage.id not in ranks]
    ranks |= {passage: rank for rank, passage in enumerate(new, start=max(ranks.values(), default=0) + 1)}
    return tuple(each.model_copy(update={"rank": ranks[each.passage.id]}) for each in evidence)
