"""A sentence held against one span of the library. Owns: what the span says of it, what it does not, and whether it says otherwise.

Does not own: choosing spans, or putting spans and parts together (`verdict.py`). It fails closed: whatever is in doubt is not borne out.
Names may stand in the title, place or heading that the passage stands under, as they do for a reader, unless the span speaks of
another place; figures may not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.draft.spans import Span
from assistant.draft.turns import turned_words
from assistant.grounding.figure import Figure, covers, uncovered
from assistant.grounding.figures import figures
from assistant.grounding.gate import Problem, check
from assistant.grounding.meaning import changes_of_meaning
from assistant.grounding.name_spotting import plain
from assistant.grounding.names import missing_names, names
from assistant.grounding.negation import flipped_words
from assistant.grounding.places import PHRASES, SAME_PLACE
from assistant.text.folding import fold
from assistant.text.words import stems

Score = Callable[[str, Sequence[str]], float]
ABOUT = 0.5  # share of the rest of a claim that a span must hold before it can bear out a part of it
ABOUT_BY_NAME = 0.7  # … where only a name can be pointed at, which many passages have
SAME_MATTER = 0.6  # … before it can be said to contradict it
SAME_MATTER_DENIED = 0.7  # … where only a denial tells them apart
SAME_MATTER_COUNTED = 0.85  # … where a bare count tells them apart, or a place without any figure
FEWEST_SHARED = 2
_TURNED = ("direction turned", "direction:", "opposite:", "time turned")
_CHANGES = {
    "direction": "“{}” is not the direction it gives",
    "time": "“{}” is not the order of time it gives",
    "quantity": "“{}” says more or less than it does",
    "rank": "“{}” ranks what it does not rank",
    "opposite": "“{}” is the opposite of its word",
    "certainty": "“{}” is surer than it is",
    "surer than the source": "“{}” is surer than it is",
    "cause": "“{}” names a cause that it does not name",
    "brings in": "it has nothing of “{}”",
    "changed in place": "“{}” stands with something else in it",
}
_WRITTEN = {word: phrase.title() for phrase, word in reversed(PHRASES) if "." not in phrase}
_SOFT_KINDS = frozenset({"indefinite", "vague", "ordinal", "label"})


@dataclass(frozen=True)
class Holding:
    """What one span says of a claim. `clash`: how it says otherwise ('' when it does not), `missing`: what of the claim it lacks."""

    span: Span
    says_all: bool
    word_for_word: bool
    about: float
    score: float
    clash: str = ""
    missing: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def bears_a_part(self) -> bool:
        """Whether it is about the same matter and something that can be pointed at in the claim stands in it."""
        a_figure = any(character.isdigit() for each in self.held for character in each)
        return not self.says_all and bool(self.held) and self.about >= (ABOUT if a_figure else ABOUT_BY_NAME)


def hold(claim: str, span: Span, *, score: Score, threshold: float) -> Holding:
    """A claim held against one span."""
    words = span.text
    problems = _problems(claim, span)
    turned = turned_words(claim, words)
    told = (f"direction turned (“{turned[0]}” where it says “{turned[1]}”)",) if turned else ()
    changes = (*changes_of_meaning(claim, words), *told)
    reached = score(claim, [words]) if not problems and not changes else 0.0
    same = fold(claim).strip(" .") == fold(words).strip(" .") or (
        len(claim.split()) > 4 and fold(claim).strip(" .") in fold(words)
    )
    missing_figures = uncovered(figures(claim), figures(words))
    lacking = [p.what for p in problems if p.kind == "name"]
    about, shared = _about(claim, span, [f.text for f in missing_figures], lacking)
    says_all = not problems and (same or (not changes and reached >= threshold))
    clash = "" if says_all or shared < FEWEST_SHARED else _clash(claim, span, problems, missing_figures, changes, about)
    return Holding(
        span=span,
        says_all=says_all,
        word_for_word=same and not problems,
        about=about,
        score=reached,
        clash=clash,
        missing=tuple(dict.fromkeys(p.what for p in problems if p.kind in {"figure", "name", "quotation"})),
        held=_held(claim, span, missing_figures),
        changes=() if problems else changes,
    )


def _problems(claim: str, span: Span) -> list[Problem]:
    """What the gate finds, but for names that the passage stands under."""
    problems = check(claim, [span.text])
    if not any(p.kind == "name" for p in problems) or _places(span.text) - _places(claim) - _places(span.context):
        return problems
    gone = set(missing_names(claim, [span.text, span.context]))
    return [p for p in problems if p.kind != "name" or p.what in gone]


def _places(text: str) -> set[frozenset[str]]:
    """The places that a text names, each as all its words."""
    return {SAME_PLACE[low] for low in (plain(name) for name in names(_one_word_places(text))) if low in SAME_PLACE}


def _one_word_places(text: str) -> str:
    """New Zealand and the like as the one word that the list of places knows."""
    for phrase, word in PHRASES:
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", word.upper() if len(word) == 2 else word.title(), text, flags=re.I)
    return text


def _about(claim: str, span: Span, figures_gone: Sequence[str], names_gone: Sequence[str]) -> tuple[float, int]:
    """The share of the claim's other content words that the span (or what it stands under) holds; and how many the span itself holds."""
    left_out = set().union(*(stems(text) for text in (*figures_gone, *names_gone))) if figures_gone or names_gone else set()
    asked = {word for word in stems(claim) - left_out if not word.isdigit()}
    own = stems(span.text)
    held = asked & (own | stems(span.context))
    return (len(held) / len(asked) if asked else 0.0), len(asked & own)


def _held(claim: str, span: Span, gone: Sequence[Figure]) -> tuple[str, ...]:
    """The claim's figures and names that stand in the span itself."""
    said = [f.text for f in figures(claim) if f not in gone and f.kind not in _SOFT_KINDS]
    lacking = set(missing_names(claim, [span.text]))
    return tuple(dict.fromkeys([*said, *(name for name in names(claim) if name not in lacking)]))


def _clash(
    claim: str, span: Span, problems: Sequence[Problem], gone: Sequence[Figure], changes: Sequence[str], about: float
) -> str:
    """How a span that speaks of the same matter says otherwise."""
    lacking = [p.what for p in problems if p.kind == "name"]
    hard = [figure for figure in gone if figure.kind not in _SOFT_KINDS]
    if about < SAME_MATTER:
        return ""
    if len(hard) > 1:
        return ""
    if hard and not lacking:
        rival = _rival(hard[0], claim, span.text, about)
        return f"the library says {rival.text}, not {hard[0].text}" if rival else ""
    if lacking:
        return "" if gone else _other_place(claim, span, lacking, about)
    if flipped_words(claim, [span.text]) and about >= SAME_MATTER_DENIED:
        return "one of the two denies what the other affirms"
    denied = next((change for change in changes if "denial" in change), None)
    if denied and about >= SAME_MATTER_DENIED:
        return "one of the two denies what the other affirms"
    turned = next((change for change in changes if change.startswith(_TURNED)), None)
    said = in_plain_words(turned) if turned else ""
    return f"the library says otherwise: {said.removeprefix('direction turned ').strip('()')}" if turned else ""


def in_plain_words(change: str) -> str:
    """A change of meaning as a reader may be told it; rules name their kind before a colon."""
    kind, _, what = change.partition(": ")
    if kind == "brings in" and what == "most of it":
        return "most of it is in other words"
    return _CHANGES[kind].format(what) if what and kind in _CHANGES else change


def _same_sort(one: Figure, other: Figure) -> bool:
    """Whether two figures could stand in each other's place."""
    return one.kind == other.kind and (one.unit == other.unit or one.kind in {"percent", "date"})


def _rival(missing: Figure, claim: str, words: str, about: float) -> Figure | None:
    """A figure of the same kind and unit in the span that the claim does not say: what stands in the missing one's place."""
    said = figures(claim)
    rivals = [f for f in figures(words) if _same_sort(f, missing) and not any(covers(f, c) for c in said)]
    if missing.kind == "number" and not missing.unit:
        rivals = [f for f in rivals if about >= SAME_MATTER_COUNTED and f.counted & missing.counted]
    return rivals[0] if rivals else None


def _other_place(claim: str, span: Span, lacking: Sequence[str], about: float) -> str:
    """The same figures, or nearly the same words, said of another place."""
    if not all(plain(name) in SAME_PLACE for name in lacking):
        return ""
    solid = [f for f in figures(claim) if f.kind not in _SOFT_KINDS]
    there = names(_one_word_places(f"{span.text} {span.context}"))
    others = [n for n in there if plain(n) in SAME_PLACE and SAME_PLACE[plain(n)] not in _places(claim)]
    return (
        f"the library says this of {_WRITTEN.get(plain(others[0]), others[0])}, not of {lacking[0]}"
        if others and (solid or about >= SAME_MATTER_COUNTED)
        else ""
    )
