"""An answer as HTML. Owns: sentences with their numbers and status, refusals. Pure: values in, Markup out.

Does not own: the evidence beside it (see `render_evidence.py`), what one can do with it (see `render_actions.py`), whole
pages (see `render_pages.py`), looking anything up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.disagreement import independent_sources
from assistant.nouns import Answer, Citation, Outcome, Sentence
from ui.answer_text import citation_line as citation_line
from ui.evidence import Turn
from ui.markup import Markup, coded, el, join, link
from ui.render_actions import actions_html, feedback_html, suggestions_html
from ui.render_disagreements import disagreements_html
from ui.render_parts import button, card_id, counted, mark_id
from ui.render_parts import source_address as source_address
from ui.render_parts import unseen as unseen
from ui.wording import EVIDENCE_NOTE, OUTCOME_ICONS, OUTCOME_WORDS, SECTION_WORDS, STATUS_ICONS, STATUS_WORDS

ERRORS = frozenset({"error_model", "error_index"})
SEARCHED = frozenset({"no_evidence", "partial", "out_of_scope", "opinion"})


def turn_html(turn: Turn, *, live: bool = True) -> Markup:
    """A whole turn: question, answer, refusal where it is one. `live`: with the actions, follow-ups and feedback of the chat."""
    answer = turn.answer
    return el(
        "article",
        question_html(answer),
        el("a", "Skip this answer, to the question box", href="#question", class_="skip-here", data_box="yes") if live else None,
        outcome_html(answer),
        sentences_html(answer.sentences, answer.receipt_id),
        disagreements_html(answer),
        gaps_html(answer.gaps, answer.outcome),
        nearest_html(answer),
        know_html(answer),
        summary_html(answer),
        actions_html(answer, own=turn.own) if live else None,
        suggestions_html(turn.suggestions) if live else None,
        feedback_html(answer.receipt_id) if live else None,
        class_="turn",
        data_receipt=answer.receipt_id,
        data_question=answer.question,
        data_status=finished_words(answer) if live else None,
        aria_labelledby=f"q-{answer.receipt_id}",
    )


def waiting_html(question: str, sentences: Sequence[Sentence], says: str) -> Markup:
    """A turn under way: the question, the sentences checked so far, and what is being done."""
    return el(
        "article",
        el("h2", question, class_="asked"),
        sentences_html(sentences, "now"),
        el("p", el("span", "⋯", aria_hidden="true", class_="icon"), says, class_="doing"),
        class_="turn waiting",
        aria_busy="true",
        data_question=question,
        data_status=says if not sentences else None,
    )


def problem_html(question: str, says: str) -> Markup:
    """An outage or a question that cannot be used: never looks like a refusal."""
    return el(
        "article",
        el("h2", question, class_="asked") if question else None,
        el(
            "p", el("span", "!", aria_hidden="true", class_="icon"), el("strong", "Not answered. "), coded(says), class_="problem"
        ),
        el("p", button("Edit and ask again", data_fill=question)) if question else None,
        class_="turn",
        data_status="Not answered.",
    )


def finished_words(answer: Answer) -> str:
    """What is announced once when an answer is there."""
    if not answer.sentences:
        return OUTCOME_WORDS.get(answer.outcome, "Done.")
    works = independent_sources([c for sentence in answer.sentences for c in sentence.citations])
    return f"Answer ready: {counted(len(answer.sentences), 'statement')} from {counted(works, 'independent source')}."


def question_html(answer: Answer) -> Markup:
    """The question, and below it what a follow-up was understood as, to be changed."""
    understood = None
    if answer.standalone_question.strip().casefold() != answer.question.strip().casefold():
        understood = el(
            "p",
            el("em", "Understood as: "),
            answer.standalone_question,
            " ",
            button("Change", unseen(" the question as understood"), data_fill=answer.standalone_question, class_="quiet"),
            class_="understood",
        )
    heading = el("h2", answer.question, id=f"q-{answer.receipt_id}", class_="asked", tabindex="-1")
    return join([heading, understood])


def outcome_html(answer: Answer) -> Markup | None:
    """The first line of an answer that is not simply an answer, and what was searched."""
    headline = OUTCOME_WORDS.get(answer.outcome)
    if headline is None:
        return None
    icon = el("span", OUTCOME_ICONS.get(answer.outcome, "○"), aria_hidden="true", class_="icon")
    searched = None
    if answer.outcome in SEARCHED and answer.searched.sources:
        searched = f" Searched {answer.searched.passages:,} passages in {answer.searched.sources:,} sources."
    kind = "problem" if answer.outcome in ERRORS else "outcome"
    return el("p", icon, el("strong", coded(headline)), searched, class_=kind)


def sentences_html(sentences: Iterable[Sentence], receipt_id: str) -> Markup:
    """Sentences in their sections, each with its numbers and its status in a word."""
    parts: list[Markup] = []
    numbered: set[int] = set()
    for section, group in groupby(sentences, key=lambda sentence: sentence.section):
        lines = [_sentence(sentence, receipt_id, numbered) for sentence in group]
        parts.append(el("section", el("h3", SECTION_WORDS[section]), *lines, class_=f"part part-{section}"))
    return join(parts)


def _sentence(sentence: Sentence, receipt_id: str, numbered: set[int]) -> Markup:
    numbers = [_number(citation, receipt_id, first=citation.n not in numbered) for citation in sentence.citations]
    numbered.update(citation.n for citation in sentence.citations)
    tail = el("span", *numbers, " ", status_html(sentence), class_="tail")
    return el("p", sentence.text, " ", tail, class_=f"sentence is-{sentence.status}")


def _number(citation: Citation, receipt_id: str, *, first: bool) -> Markup:
    target = card_id(receipt_id, citation.n)
    return el(
        "a",
        f"[{citation.n}]",
        href=f"#{target}",
        data_cite=target,
        class_="cite",
        id=mark_id(receipt_id, citation.n) if first else None,
        aria_label=f"Evidence {citation.n}: {citation.title}",
    )


def status_html(sentence: Sentence) -> Markup:
    """A sentence's status: a sign and a word, never a colour alone."""
    sign = el("span", STATUS_ICONS[sentence.status], aria_hidden="true")
    return el("span", sign, " ", STATUS_WORDS[sentence.status], class_=f"status status-{sentence.status}")


def gaps_html(gaps: Sequence[str], outcome: Outcome) -> Markup | None:
    """What is missing."""
    if not gaps:
        return None
    heading = None if outcome in {"needs_clarification", "blocked"} else el("h3", "What is missing")
    return el("section", heading, el("ul", *(el("li", gap) for gap in gaps)), class_="gaps")


def nearest_html(answer: Answer) -> Markup | None:
    """The nearest passages of a refusal, each with why it does not answer."""
    if not answer.nearest:
        return None
    items = [
        el(
            "li",
            el("q", near.text),
            " ",
            el("a", near.title or near.source_id, href=source_address(near.source_id, near.passage_id)),
            ". ",
            el("span", near.why_not, class_="why"),
        )
        for near in answer.nearest
    ]
    return el("section", el("h3", "Nearest passages, which do not answer it"), el("ol", *items), class_="nearest")


def know_html(answer: Answer) -> Markup | None:
    """Who might know what the library does not."""
    if not answer.who_might_know:
        return None
    items = [el("li", el("strong", link(who.url, who.name)), ". ", who.how_to_reach) for who in answer.who_might_know]
    return el("section", el("h3", "Who might know"), el("ul", *items), class_="know")


def summary_html(answer: Answer) -> Markup | None:
    """What kind of evidence the answer rests on, counted by source, with what 'verified' means."""
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    if not cited:
        return None
    independent = independent_sources(list(cited.values()))
    kinds = ", ".join(f"{name} ({count})" for name, count in Counter(c.evidence_type for c in cited.values()).most_common())
    return el(
        "p",
        el("strong", "Evidence: "),
        f"{counted(independent, 'independent source')}; what is cited is {kinds}. ",
        EVIDENCE_NOTE,
        class_="summary",
    )
