"""Where the statements of a brief are disputed. Owns: pairs of the library's links of which the brief cites a side, both quoted.

Does not own: finding disagreement (a librarian did).
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.briefs.desk import Desk
from assistant.briefs.nouns import BriefDisagreement, Statement
from assistant.briefs.prove import Naming, proved
from assistant.briefs.research import statement_at
from assistant.disagreement import address

SECTION = "disagreements"


def find_disagreements(desk: Desk, shown: Iterable[Statement]) -> list[BriefDisagreement]:
    """Every pair that touches a cited passage, in the order in which the brief cites them."""
    ids = list(dict.fromkeys(c.passage_id for statement in shown for c in statement.citations))
    passages = desk.assistant.library.passages_by_id(ids)
    order = {address(passages[i]): rank for rank, i in enumerate(ids) if i in passages and passages[i].statement}
    naming = Naming(SECTION)
    touched = [link for link in desk.assistant.library.links() if link.first in order or link.second in order]
    touched.sort(key=lambda link: min(order.get(link.first, len(ids)), order.get(link.second, len(ids))))
    found = []
    for link in touched:
        sides = [_quoted(desk, side, naming) for side in (link.first, link.second)]
        if sides[0] is not None and sides[1] is not None:
            found.append(
                BriefDisagreement(topic=link.topic, relation=link.relation, note=link.note, first=sides[0], second=sides[1])
            )
    return found


def _quoted(desk: Desk, place: str, naming: Naming) -> Statement | None:
    candidate = statement_at(desk, place)
    if candidate is None:
        return None
    statements = proved(desk, "", [candidate], naming, quoted_only=True).statements
    return statements[0] if statements else None
