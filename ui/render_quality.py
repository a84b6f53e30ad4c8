"""The quality page as HTML: the latest eval report, gaps of the library, feedback in figures. Pure. Does not own: reading any
of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.library.feedback import Feedback
from evals.verdicts import PRODUCT, Figure
from ui.gaps import Gap
from ui.markup import Markup, coded, el, join
from ui.render_parts import button, unseen
from ui.wording import FEEDBACK_REASONS

MOST_GAPS = 30
MOST_QUESTIONS = 5


def report_html(name: str | None, figures: Sequence[Figure]) -> Markup:
    """The latest eval run as a table: each measure over all its cases, with its interval."""
    heading = el("h3", "Latest eval report")
    whole = [figure for figure in figures if not figure.part and figure.system == PRODUCT]
    if not whole:
        how = "No eval run is stored yet. Whoever keeps the library makes one with `adviser eval`."
        return el("section", heading, el("p", coded(how), class_="outcome"))
    titles = ("Suite", "Measure", "Value", "95 % interval", "Cases")
    head = el("thead", el("tr", *(el("th", title, scope="col") for title in titles)))
    table = el("table", el("caption", f"Run {name}"), head, el("tbody", *(_row(figure) for figure in whole)))
    return el("section", heading, el("div", table, class_="wide", tabindex="0", role="region", aria_label="Eval figures"))


def _row(figure: Figure) -> Markup:
    interval = "" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"
    value = "not scored" if figure.value is None else f"{figure.value:.3f}"
    named = (figure.suite.replace("_", " "), figure.measure.replace("_", " "))
    return el("tr", *(el("td", cell) for cell in (*named, value, interval, figure.cases)))


def gaps_html(gaps: Sequence[Gap] | None) -> Markup:
    """What people asked and the library does not say, the most asked first; None where a shared server does not show it."""
    heading = el("h3", "What the library does not say")
    if gaps is None:
        return el("section", heading, el("p", "On a shared server nobody is shown what others asked.", class_="outcome"))
    if not gaps:
        return el("section", heading, el("p", "No question has gone without evidence yet.", class_="outcome"))
    items = [
        el(
            "li",
            el("strong", ", ".join(gap.words)),
            f" – asked {gap.times} time{'s' if gap.times != 1 else ''}",
            el(
                "ul",
                *(
                    el("li", question, " ", button("Ask again", unseen(f": {question}"), data_fill=question, class_="quiet"))
                    for question in gap.questions[:MOST_QUESTIONS]
                ),
            ),
        )
        for gap in gaps[:MOST_GAPS]
    ]
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
    said = f"Helpful: {helpful} of {len(given)}."
    items = el("ul", *(el("li", f"{FEEDBACK_REASONS[reason]}: {count}") for reason, count in reasons.most_common()))
    export = el("p", el("a", "All feedback as JSON", href="/v1/feedback", download="feedback.json"))
    return join([el("section", heading, el("p", said), items if reasons else None, export)])
