"""The quality page as HTML: the latest eval report, gaps of the library, feedback in figures. Pure. Does not own: reading any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.library.feedback import Feedback
from ui.gaps import Gap
from ui.markup import Markup, el, join
from ui.render import button
from ui.wording import EVIDENCE_NOTE, FEEDBACK_REASONS

MOST_GAPS = 30
MOST_QUESTIONS = 5


def report_html(name: str | None, figures: Mapping[str, object] | None) -> Markup:
    """The latest eval report as a table of figures."""
    heading = el("h3", "Latest eval report")
    if not figures:
        how = "No eval report is stored yet. Whoever keeps the library makes one with `adviser eval`."
        return el("section", heading, el("p", how, class_="outcome"))
    rows = [el("tr", el("th", label, scope="row"), el("td", value)) for label, value in _rows(figures)]
    return el(
        "section",
        heading,
        el("table", el("caption", name or "Report"), el("tbody", *rows)),
        el("p", EVIDENCE_NOTE, class_="hint"),
    )


def _rows(figures: Mapping[str, object], above: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in figures.items():
        label = f"{above}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            rows += _rows(value, f"{label}: ")
        elif isinstance(value, bool | int | str):
            rows.append((label, str(value)))
        elif isinstance(value, float):
            rows.append((label, f"{value:.3f}".rstrip("0").rstrip(".")))
    return rows


def gaps_html(gaps: Sequence[Gap] | None) -> Markup:
    """What people asked and the library does not say, the most asked first; None where a shared server does not show it."""
    heading = el("h3", "What the library does not say")
    if gaps is None:
        return el("section", heading, el("p", "On a shared server nobody is shown what others asked.", class_="outcome"))
    if not gaps:
        return el("section", heading, el("p", "No question has gone without evidence yet.", class_="outcome"))
    items = [
        el("li", el("strong", ", ".join(gap.words)), f" – asked {gap.times} time{'s' if gap.times != 1 else ''}",
           el("ul", *(el("li", question, " ", button("Ask again", data_fill=question, class_="quiet", aria_label=f"Ask again: {question}"))
                      for question in gap.questions[:MOST_QUESTIONS])))
        for gap in gaps[:MOST_GAPS]
    ]  # fmt: skip
    return el(
        "section",
        heading,
        el("p", "Questions that found no evidence, grouped by their words.", class_="hint"),
        el("ol", *items),
        class_="gap-list",
    )


def feedback_summary_html(given: Sequence[Feedback] | None) -> Markup:
    """Feedback in figures, with where to get all of it."""
    heading = el("h3", "Feedback")
    if not given:
        words = "Not shown on a shared server." if given is None else "Nobody has given feedback yet."
        return el("section", heading, el("p", words, class_="outcome"))
    helpful = sum(each.verdict == "helpful" for each in given)
    reasons = Counter(reason for each in given for reason in each.reasons)
    said = f"{len(given)} answers were judged: {helpful} helpful, {len(given) - helpful} not."
    items = el("ul", *(el("li", f"{FEEDBACK_REASONS[reason]}: {count}") for reason, count in reasons.most_common()))
    export = el("p", el("a", "All feedback as JSON", href="/v1/feedback", download="feedback.json"))
    return join([el("section", heading, el("p", said), items if reasons else None, export)])
