"""Words whose change changes what a sentence says. Owns: reading the lists in `shift_words.txt`. Does not own: the rules.

Within a class words may stand for one another; a word of one class never stands for one of another.
"""

from __future__ import annotations

from pathlib import Path

from assistant.text.words import stem

_FILE = Path(__file__).with_name("shift_words.txt")


def _sections() -> dict[str, list[str]]:
    """Lines of each list, remarks and empty lines left out."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return found


_LISTS = _sections()


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _LISTS[name] for word in line.split())


def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, _words(name)))


def _classes(name: str) -> dict[str, str]:
    """Word, as written, to the name of its class."""
    prefix = f"{name}."
    return {word: key.removeprefix(prefix) for key in _LISTS if key.startswith(prefix) for word in _words(key)}


def _pair(line: str) -> tuple[frozenset[str], frozenset[str]]:
    one, _, other = line.partition("/")
    return frozenset(one.split()), frozenset(other.split())


PHRASES = {phrase.strip(): word.strip() for phrase, _, word in (line.partition(">") for line in _LISTS["phrases"])}
DIRECTION, TIME, EARLY = _classes("direction"), _classes("time"), _classes("early")
QUANTITY, BOUND, RANK = _classes("quantity"), _classes("bound"), _classes("rank")
RANK_ALLOWED = RANK | _classes("rank allowed")
CERTAIN = _words("certain")
SURE_TOGETHER = tuple(frozenset(map(stem, line.split())) for line in _LISTS["sure together"])
TENTATIVE, STRICT_TENTATIVE = _stems("tentative"), _stems("strict tentative")
CAUSE, HARD_CAUSE = _stems("cause"), _stems("hard cause")
OPPOSITES = tuple(map(_pair, _LISTS["opposites"]))
OPPOSED_WORDS = frozenset(word for pair in OPPOSITES for side in pair for word in side)
COUNTED, MEASURES = _words("counted"), _words("measures")
LIGHT, CUTS, ADDING = _stems("light"), _words("cuts"), _words("adding")
IMPERATIVES, FUTURE = _words("imperatives"), _words("future")
