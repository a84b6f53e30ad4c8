"""What a refusal gives instead of an answer. Owns: the nearest passages with why they do not answer, and who might know.

Does not own: the decision to refuse.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.relevance import Relevance
from assistant.library.library import Library
from assistant.nouns import NearestPassage, Source, WhoMightKnow
from assistant.retrieval.retrieve import Retrieved
from assistant.text.words import content_words, stem

NEAREST = 3
KNOW = 2
LONGEST = 280
COUNTING = frozenset(["many"])  # of "how many": no passage is said to lack it


def nearest_passages(ranked: Sequence[Relevance], retrieved: Retrieved) -> list[NearestPassage]:
    """The three nearest statements, each of another passage, with the question's words that it does not hold."""
    asked = {stem(term): term for term in retrieved.terms.idf if term not in COUNTING}
    found: list[NearestPassage] = []
    seen: set[str] = set()
    for each in sorted(
        ranked, key=lambda r: -(r.coverage + r.subject)
    ):  # about the subject, whatever kind of thing was asked for
        evidence = each.candidate.evidence
        if evidence.passage.id in seen:
            continue
        seen.add(evidence.passage.id)
        lacking = [word for s, word in asked.items() if s not in each.candidate.stems and s not in each.candidate.context_stems]
        why = f"It says nothing of {_listed(lacking)}." if lacking else "It names the subject but does not hold what is asked."
        found.append(
            NearestPassage(
                source_id=evidence.source.id,
                passage_id=evidence.passage.id,
                text=_short(each.candidate.text),
                title=evidence.source.title,
                why_not=why,
            )
        )
        if len(found) == NEAREST:
            break
    return found


def who_might_know(library: Library, retrieved: Retrieved) -> list[WhoMightKnow]:
    """Networks of the library whose remit shares words with the question or themes with the nearest evidence; how to reach each."""
    networks = [source for source in library.sources().values() if source.kind == "network"]
    asked = {stem(term) for term in retrieved.terms.idf}
    themes = {theme for e in retrieved.evidence[:5] for theme in e.source.themes}
    fitting = sorted(networks, key=lambda s: (-_fit(s, asked, themes), s.id))
    return [_known(library, source) for source in fitting[:KNOW] if _fit(source, asked, themes) >= 2]


def _fit(source: Source, asked: set[str], themes: set[str]) -> float:
    aspects = source.details.get("aspects") or []
    words = (
        " ".join([source.title, source.place or "", *source.aliases, *(str(a) for a in aspects)])
        if isinstance(aspects, list)
        else source.title
    )
    return 2 * len(asked & {stem(w) for w in content_words(words)}) + len(themes & set(source.themes))


def _known(library: Library, source: Source) -> WhoMightKnow:
    join = next((p.text for p in library.passages_of(source.id) if p.section == "join"), "")
    return WhoMightKnow(source_id=source.id, name=source.title, how_to_reach=join, url=source.url)


def _listed(words: Sequence[str]) -> str:
    named = [f"“{w}”" for w in words[:3]]
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " or " + named[-1]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
