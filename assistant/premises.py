"""What a question takes for granted and the answer does not bear out. Owns: seeing that a figure of the question stands against one in the answer.

Does not own: the answer, or premises without a figure (those are met by showing what the library says). It says only what can be read off the
two: that the question gives one figure, and the statement quoted another of the same kind. It never says which is true.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grounding.figures import Figure, covers, figures
from assistant.text.words import content_words, stem

KINDS = frozenset({"percent", "money", "points", "fraction"})
LEAST_SHARED = 3  # content stems that question and statement must share before their figures are held against each other


def premise_notes(question: str, statements: Sequence[str]) -> list[str]:
    """One line for each figure of the question that no statement holds, where the first statement on the same thing holds another."""
    if not statements:
        return []
    held = [figure for text in statements for figure in figures(text)]
    notes = []
    for figure in figures(question):
        if figure.kind not in KINDS or any(covers(other, figure) or covers(figure, other) for other in held):
            continue
        other = _instead(question, figure, statements)
        if other is not None:
            notes.append(f"The question says “{figure.text}”. The library says “{other}”.")
    return notes


def _instead(question: str, figure: Figure, statements: Sequence[str]) -> str | None:
    asked = _stems(question)
    for text in statements:
        alike = [other for other in figures(text) if other.kind == figure.kind]
        if alike and len(asked & _stems(text)) >= LEAST_SHARED:
            return " and ".join(dict.fromkeys(other.text for other in alike[:2]))
    return None


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text) if not word[0].isdigit()}
