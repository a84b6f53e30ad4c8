"""What part a statement plays in its source. Owns: the parts of a sentence of an original, by its words. Does not own: the parts of the
packaged library's statements, which its editors gave.
"""

from __future__ import annotations

import re

from assistant.compose.candidates import Candidate

BODY = "body"
_FAMILIES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        frozenset({"result", "evidence", "tried"}),
        re.compile(
            r"\d|\b(?:achiev|effect|evaluat|evidence|fell|found|improv|increas|outcome|reduc|result|rose|saved|show(?:ed|s|n))\w*",
            re.I,
        ),
    ),
    (
        frozenset({"criticism", "limits", "goes_wrong", "barrier", "open"}),
        re.compile(
            r"\b(?:barrier|but|challeng|concern|critic|delay|despite|difficult|fail|gap|however|lack|limit|not|poor|problem|risk|too|"
            r"unclear|weak|without)\w*",
            re.I,
        ),
    ),
    (
        frozenset({"lesson", "use", "tool", "argues"}),
        re.compile(
            r"\b(?:advis|argu|essential|important|key|learn|lesson|must|need|propos|recommend|should|works? best)\w*", re.I
        ),
    ),
    (
        frozenset({"did", "mission", "about", "what"}),
        re.compile(
            r"\b(?:aim|announc|began|creat|establish|found(?:ed|ing)|goal|introduc|launch|mission|program|set up|start|target)\w*",
            re.I,
        ),
    ),
    (
        frozenset({"definition", "differ", "framing"}),
        re.compile(r"\b(?:is|are) (?:a|an|the)\b|\b(?:defin|describ|mean|refer)\w*", re.I),
    ),
)


def parts_of(candidate: Candidate) -> frozenset[str]:
    """The parts a statement may play: its editors' one, or what the words of an original's sentence suggest."""
    part = candidate.evidence.passage.section
    if part != BODY:
        return frozenset({part})
    return frozenset({BODY}.union(*(names for names, pattern in _FAMILIES if pattern.search(candidate.text))))
