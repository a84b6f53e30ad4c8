"""Which sentences of a draft claim a fact. Owns: telling claims from headings, questions, advice, greetings and the like.

Does not own: judging claims. Pure, by words and marks; when in doubt a sentence is a claim, so that it is held to the evidence.
"""

from __future__ import annotations

import re

from assistant.draft.nouns import NotAClaim
from assistant.grounding.figures import figures
from assistant.grounding.names import names

_GREETING = re.compile(
    r"^(?:dear\b|hello\b|hi\b|good (?:morning|afternoon|evening)\b|(?:many |with )?thank(?:s| you)\b"
    r"|(?:kind|best|warm)(?:est)? (?:regards|wishes)\b"
    r"|regards\b|yours (?:sincerely|faithfully|ever|truly)\b|please (?:find|see|do not hesitate|get in touch|let (?:me|us) know)\b"
    r"|i (?:hope|trust|look forward)\b|we look forward\b|(?:to|from|cc|bcc|subject|date|re|classification|version|author)\s*:)",
    re.I,
)
_ADVICE = re.compile(
    r"\b(?:should|ought to|must|need(?:s)? to|has to|have to|had better)\b"
    r"|\b(?:we|i|this (?:paper|note|brief|report))(?: \w+)? (?:recommend|propose|suggest|advise|urge)s?\b"
    r"|\bit (?:is|would be) (?:recommended|advisable|best|wise|sensible|worth)\b"
    r"|\b(?:our|the|my) (?:recommendation|advice|suggestion|proposal)s? (?:is|are)\b|\blet us\b|\blet's\b",
    re.I,
)
_IMPERATIVES = frozenset(
    """
    adopt agree appoint ask avoid begin build choose commission consider convene create decide define design develop do establish ensure
    explore fix focus follow fund give hold identify invest invite keep learn look make map measure note pick pilot plan prioritise protect
    publish put recommend remember remove replace report review run set share show spend start state stop take talk tell test think track
    treat try use visit work write
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_INTENTION = re.compile(
    r"^(?:we|i) (?:will|shall|would like to|intend|plan|aim|propose|hope|want)\b"
    r"|^(?:this|the (?:present|following)) (?:paper|note|brief|briefing|report|memo|section|chapter|annex|document|table|figure)\b.{0,40}"
    r"\b(?:sets? out|describes?|explains?|summari[sz]es?|asks?|covers?|considers?|looks? at|is about|draws?|shows?|gives?|lists?)\b",
    re.I,
)
_OPINION = re.compile(
    r"^(?:we|i)(?: \w+)? (?:think|believe|feel|suspect|doubt|fear|reckon)\b|^(?:in (?:my|our) (?:view|opinion)|arguably|personally)\b",
    re.I,
)
_REFERENCE = re.compile(
    r"^\W*(?:https?://|www\.|doi:|\[?\d{1,3}[\].)]?\s+(?:https?://|see\b|ibid))|^(?:see|source|sources|ibid|op\. cit)\b[.:]? ?",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|do|does|did|can|could|will|would|may|might|\w{3,}(?:ed|es)|\w{3,}s|fell|rose|grew|cut|made|set|took|"
    r"gave|led|won|lost|began|ran|met|put|kept|left|saw|said|found|spent|built|brought|came|went|became|got|held|paid|sold|told|thought|wrote|fall|rise|grow)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BECAUSE = re.compile(r"[,;:–—-]?\s+(?:where|because|since|given that|as|which|whose|who)\s+(?=[\w“\"])", re.I)
_LABEL = re.compile(r"^(?:[-•*–—▪◦]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.I)
FEWEST_WORDS = 4
_LONGEST_HEAD = 6  # words


def not_a_claim(text: str, *, heading: bool = False) -> NotAClaim | None:
    """Why a sentence is not judged; None when it claims something. `heading`: whether it stands in the draft as one."""
    said = text.strip().lstrip("-•*–—> ").strip()
    words = _WORD.findall(said)
    if heading:
        return "heading"
    if said.rstrip("”\"') ").endswith("?"):
        return "question"
    if _GREETING.match(said):
        return "greeting"
    if _REFERENCE.match(said):
        return "reference"
    if _INTENTION.match(said):
        return "intention"
    if _OPINION.match(said):
        return "opinion"
    if _ADVICE.search(said) or (words and words[0].casefold() in _IMPERATIVES and said[:1].isupper()):
        return "advice"
    if _is_fragment(said, len(words)):
        return "fragment"
    return None


def _is_fragment(said: str, words: int) -> bool:
    """Too little to say anything; a row of a table counts as a claim once it puts a name beside a figure."""
    if any(each.kind != "label" for each in figures(said)) and names(said):
        return False
    return words < FEWEST_WORDS or not _VERB.search(said)


def bare(text: str) -> str:
    """A sentence as it is judged: without a list's number or mark before it, and a table's row as its cells without their heads."""
    said = _LABEL.sub("", text.strip())
    cells = [cell.partition(": ") for cell in said.split("; ")]
    if len(cells) > 1 and all(value and len(head.split()) <= _LONGEST_HEAD for head, _, value in cells):
        return ": ".join(value.strip() for _, _, value in cells)
    return said


def fact_within(text: str) -> str | None:
    """The fact that advice leans on: what follows "where", "because" or "given that" in it, when that holds a figure or a denial.

    "Follow Finland, where homelessness fell by half" → "homelessness fell by half", with the names before it kept: a reader checks that.
    """
    cut = _BECAUSE.search(text)
    if cut is None:
        return None
    rest = text[cut.end() :].strip()
    before = [name for name in names(text[: cut.start()]) if name[0].isupper()]
    if not any(each.kind not in {"label", "indefinite", "ordinal", "vague"} for each in figures(rest)) or not _VERB.search(rest):
        return None
    relative = cut.group().strip(" ,;:–—-").casefold()
    return f"In {before[-1]}, {rest}" if relative == "where" and before else rest[0].upper() + rest[1:]
