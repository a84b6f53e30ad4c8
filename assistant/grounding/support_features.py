"""What speaks for and against a claim being said by its spans. Owns: the features, each 0..1 or a small count.

Does not own: their weights.

The claim is laid against its best window (a sentence, or neighbours of it in one span) and against all spans together, where
another sentence counts only if it holds a fair share of the claim itself. Everything reads plain text, so case, Markdown and
layout change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.grounding.figures import uncovered
from assistant.grounding.negation import flipped_words, unmatched_denial
from assistant.grounding.support_reading import PREFIX, Statement, figures_of, is_rare, plain, polarity_of, sentences, statement
from assistant.grounding.support_words import AMOUNT

WINDOW = 3  # neighbouring sentences that may say a claim together
LONGER = 0.03  # share of the claim that each further sentence of a window must add
RELATED = 0.3  # share of a claim that a sentence must hold to add to what the best window says
FORM_CREDIT = 0.6  # for another form of the word (evaluation, evaluator)
WAY_CREDIT = 0.8  # for another word for the same change (rose, increased)
RARE_WEIGHT = 1.6  # of a name, figure or technical term against an ordinary word
FOR = ("coverage", "coverage_squared", "all_coverage", "sentence_coverage", "pairs", "run", "rare_coverage")
AGAINST = (
    "figure_elsewhere", "figure_nowhere", "rare_missing", "words_missing", "denial_flipped", "denial_lost", "denial_added",
    "hedge_lost", "hedge_added", "quantifier_changed",
    "quantifier_raised", "direction_turned", "order_turned",
)  # fmt: skip
TURNS = AGAINST[:2] + AGAINST[4:]  # what turns a claim although its words are there
NAMES = (*FOR, *AGAINST)


@dataclass(frozen=True, slots=True)
class Laid:
    """A sentence of a span laid against the claim: how far it holds each of the claim's stems, and their weighted share."""

    part: Statement
    credits: np.ndarray
    share: float


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one span and how much of the claim they hold together."""

    laid: tuple[Laid, ...]
    credits: np.ndarray
    coverage: float

    @property
    def parts(self) -> tuple[Statement, ...]:
        """The window's sentences."""
        return tuple(one.part for one in self.laid)

    @property
    def text(self) -> str:
        """The window's words."""
        return " ".join(part.text for part in self.parts)


def features(claim: str, spans: Sequence[str]) -> np.ndarray:
    """The features of a claim and its spans in the order of NAMES, float64; zeros where there is nothing to compare."""
    return features_of(claim, lay(claim, spans))


def features_of(claim: str, laid: Sequence[Sequence[Laid]]) -> np.ndarray:
    """The same of sentences that were laid against the claim (`lay`)."""
    said = statement(plain(claim))
    weights = _weights(said)
    best = _best(laid, weights)
    if best is None or not said.stems:
        return np.zeros(len(NAMES))
    beside = related(laid)
    joint = np.max([best.credits, *(one.credits for one in beside)], axis=0)
    values = {
        "coverage": best.coverage,
        "coverage_squared": best.coverage**2,
        "all_coverage": _share(weights, joint),
        "sentence_coverage": max(one.share for one in best.laid),
        **_alignment(said, best),
        **_figures(said, [one.part for one in beside], best),
        **_rare(said, joint),
        **_turns(said, best),
    }
    return np.array([float(values[name]) for name in NAMES])


def lay(claim: str, spans: Sequence[str]) -> list[list[Laid]]:
    """Every sentence of every span, laid against the claim: a line a span."""
    said = statement(plain(claim))
    weights = _weights(said)
    lines = []
    for span in spans:
        held = [(part, credit_of(said, part)) for part in sentences(plain(span))]
        lines.append([Laid(part, credit, _share(weights, credit)) for part, credit in held])
    return lines


def related(lines: Sequence[Sequence[Laid]]) -> list[Laid]:
    """Of sentences laid against a claim, those that hold a fair share of it and two of its words or more."""
    return [one for line in lines for one in line if one.share >= RELATED and np.count_nonzero(one.credits) >= 2]


def window_of(claim: str, lines: Sequence[Sequence[Laid]]) -> Window | None:
    """Of sentences laid against a claim, the neighbours that hold most of it; None where there are none."""
    return _best(lines, _weights(statement(plain(claim))))


def best_window(claim: str, spans: Sequence[str]) -> str:
    """The words of the spans that hold most of the claim: what a similarity is taken with."""
    best = window_of(claim, lay(claim, spans))
    return best.text if best else ""


def _share(weights: np.ndarray, credit: np.ndarray) -> float:
    return float(np.dot(weights, credit) / weights.sum()) if len(weights) else 0.0


def _best(laid: Sequence[Sequence[Laid]], weights: np.ndarray) -> Window | None:
    """The window that holds most of the claim; each further sentence must add a little; the first of two that hold as much."""
    best: Window | None = None
    best_key = -1.0
    for line in laid:
        for start in range(len(line)):
            together = line[start].credits
            for end in range(start, min(start + WINDOW, len(line))):
                together = together if end == start else np.maximum(together, line[end].credits)
                coverage = line[start].share if end == start else _share(weights, together)
                key = round(coverage - LONGER * (end - start), 9)
                if key > best_key:
                    best_key, best = key, Window(tuple(line[start : end + 1]), together, coverage)
    return best


def credit_of(said: Statement, part: Statement) -> np.ndarray:
    """How far a sentence holds each content stem of the claim: 1 the stem, less another form or another word for the same
    change.
    """
    found = np.zeros(len(said.stems))
    ways = {AMOUNT[s] for s in part.held if s in AMOUNT}
    for index, stemmed in enumerate(said.stems):
        if stemmed in part.held:
            found[index] = 1.0
        elif stemmed in AMOUNT and AMOUNT[stemmed] in ways:
            found[index] = WAY_CREDIT
        elif len(stemmed) >= PREFIX and stemmed[:PREFIX] in part.prefixes and not stemmed.isdigit():
            found[index] = FORM_CREDIT
    return found


def _weights(said: Statement) -> np.ndarray:
    return np.array([RARE_WEIGHT if is_rare(s) else 1.0 for s in said.stems])


def _alignment(said: Statement, best: Window) -> dict[str, float]:
    """Word order: neighbours that stay neighbours, the longest run kept, neighbours that change their order."""
    where: dict[str, list[int]] = {}
    for index, stemmed in enumerate(s for part in best.parts for s in part.stems):
        where.setdefault(stemmed, []).append(index)
    turned = near = run = longest = 0
    for one, other in zip(said.stems, said.stems[1:], strict=False):
        gaps = [b - a for a in where.get(one, ()) for b in where.get(other, ())] if one != other else []
        if not gaps:
            run = 0
            continue
        turned += not any(gap > 0 for gap in gaps)
        near += any(0 < gap <= 3 for gap in gaps)
        run = run + 1 if 1 in gaps else 0
        longest = max(longest, run)
    pairs = max(len(said.stems) - 1, 1)
    return {
        "pairs": near / pairs,
        "run": longest / pairs,
        "order_turned": turned / pairs,
    }


def _figures(said: Statement, related: Sequence[Statement], best: Window) -> dict[str, float]:
    claimed = figures_of(said.text)
    if not claimed:
        return {"figure_elsewhere": 0.0, "figure_nowhere": 0.0}
    missing = uncovered(claimed, figures_of(best.text))
    nowhere = uncovered(missing, [figure for part in related for figure in figures_of(part.text)]) if missing else []
    return {
        "figure_elsewhere": (len(missing) - len(nowhere)) / len(claimed),
        "figure_nowhere": float(bool(nowhere)) * (0.5 + 0.5 * len(nowhere) / len(claimed)),
    }


def _rare(said: Statement, joint: np.ndarray) -> dict[str, float]:
    held = [value for stemmed, value in zip(said.stems, joint, strict=True) if is_rare(stemmed)]
    gone = sum(value == 0 for value in held)
    return {
        "rare_coverage": sum(held) / len(held) if held else 1.0,
        "rare_missing": min(gone, 4) / 4,
        "words_missing": min(int((joint == 0).sum()), 8) / 8,
    }


def _turns(said: Statement, best: Window) -> dict[str, float]:
    """What would turn the claim's meaning although its words are there: denials, hedges, quantifiers, directions."""
    text = best.text
    core = max(best.laid, key=lambda one: one.share).part
    ours, theirs = polarity_of(said.text), polarity_of(text)
    flipped = flipped_words(said.text, [text])
    reached = any(said.held.intersection(scope[:4]) for scope in theirs.scopes)
    quantified = frozenset[int]().union(*(part.quantifiers for part in best.parts))
    directed = frozenset[tuple[int, int]]().union(*(part.directions for part in best.parts))
    opposite = {(axis, -sign) for axis, sign in said.directions}
    return {
        "denial_flipped": float(bool(flipped)),
        "denial_lost": float(not ours.scopes and reached),
        "denial_added": float(bool(ours.scopes) and (not theirs.scopes or unmatched_denial(said.text, [text]))),
        "hedge_lost": float(_unmatched_hedge(core, said)),
        "hedge_added": float(_unmatched_hedge(said, core)),
        "quantifier_changed": float(bool(said.quantifiers ^ quantified) and bool(said.quantifiers or core.quantifiers)),
        "quantifier_raised": float(bool(said.quantifiers - quantified) and max(said.quantifiers) > min(quantified, default=2)),
        "direction_turned": float(any(turn in directed and (turn[0], -turn[1]) not in directed for turn in opposite)),
    }


def _unmatched_hedge(one: Statement, other: Statement) -> bool:
    """Whether one hedges words that the other holds too and does not hedge."""
    return any(reach & other.held and not any(reach & theirs for theirs in other.hedged) for reach in one.hedged)
