"""What a sentence brings in that its source has nothing of. Owns: clauses made mostly of new words. Does not own: whether known words are put together rightly.

A word is known when the source has it, a word of the same root, or (where the embedding model is given) one of near meaning. Words that
could stand in any sentence count neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.grounding.shifts import Reading, read
from assistant.text.words import stem

NOVELTY_VERSION = "1"
ROOT = 5  # letters that two words of one root share
FEWEST_NEW = 2  # new words in a clause
MOST_NEW = 0.6  # their share of its words that say something
MOST_NEW_IN_ALL = 0.5
Nearness = Callable[[Sequence[str], Sequence[str]], list[float]]
NEAR = 0.5  # cosine of two single words from which one may stand for the other

_LIGHT = frozenset(
    stem(w)
    for w in """people person thing things way ways make makes made making say says said tell tells told call calls called get got give gives gave given put puts take takes took taken find finds found
    think thinks thought see sees seen saw look looks looked use used uses using work works working run runs running go goes went come comes came keep kept hold holds held mean means meant set sets let
    lets want wants wanted need needs like part parts kind kinds type types sort case cases example examples place places time times year years according account view words word name names named write
    writes wrote written blog blogs blogged author authors article paper report reports reported text note notes noted show shows showed shown describe describes described explain explains explained
    argue argues argued claim claims claimed suggest suggests suggested state states observe observes observed point points concern concerns concerned treat treats treated based rest rests stand
    stands lie lies become became turn turns turned help helps helped able unable possible likely including included include also another other others various different new own whose this these what
    who which while whereas despite although since because therefore already still yet even ever today later earlier first second one two three four five six seven eight nine ten some any each every
    great large small big little long short high low good bad better best number amount share total about around roughly across between within through during under over upto atleast
    first begin began begun start started starts end ended ends ask asks asked answer question questions idea ideas issue issues matter matters subject topic thing something anything anyone someone
    everyone instead rather than enough much many most few several overthe wouldbe willbe mustdo managedto gets done doing having being been""".split()
)  # fmt: skip
_ADDING = frozenset("and but so despite which although".split())
_CUTS = frozenset("and but which who so despite although though while whereas as because since when if after before where that with without for by than".split())


def new_clauses(claim_text: str, span_text: str, nearness: Nearness | None = None) -> list[str]:
    """Clauses of the claim that are mostly new, by their new words; empty when there are none."""
    claim, span = read(claim_text), read(span_text)
    roots = {s[:ROOT] for s in span.held if len(s) >= ROOT}
    found = []
    known = new_in_all = 0
    for words, added in _clauses(claim):
        telling = [(t, s) for t, s in words if s not in _LIGHT and not t[0].isdigit()]
        new = [t for t, s in telling if s not in span.held and (len(s) < ROOT or s[:ROOT] not in roots)]
        if len(new) >= FEWEST_NEW and nearness is not None:
            near = nearness(new, _telling(span))
            new = [t for t, value in zip(new, near, strict=True) if value < NEAR]
        known, new_in_all = known + len(telling) - len(new), new_in_all + len(new)
        fewest = 1 if added and len(telling) <= 2 else FEWEST_NEW
        if len(new) >= fewest and len(new) >= (0.5 if added else MOST_NEW) * len(telling):
            found.append(" ".join(new))
    if new_in_all > MOST_NEW_IN_ALL * (known + new_in_all):
        found.append("most of it")
    return found


def _telling(span: Reading) -> list[str]:
    return [t for t, s, content in zip(span.tokens, span.stems, span.content, strict=True) if content and s not in _LIGHT] or ["none"]


def _clauses(claim: Reading) -> list[tuple[list[tuple[str, str]], bool]]:
    """Content words, cut where a clause may begin; and whether the clause was added on behind a comma and a joining word."""
    clauses: list[tuple[list[tuple[str, str]], bool]] = [([], False)]
    before = ""
    for token, s, content in zip(claim.tokens, claim.stems, claim.content, strict=True):
        if not token[0].isalnum() or token in _CUTS:
            added = (before == "," and token in _ADDING) or (not clauses[-1][0] and clauses[-1][1])
            clauses.append(([], added))
        elif content:
            clauses[-1][0].append((token, s))
        before = token
    return [clause for clause in clauses if clause[0]]
