"""The Instruments tab. Owns: the order of the instruments on it. Does not own: their forms as HTML, or what becomes of them.

The forms are plain ones that post to the server's own pages, so files go to this product's routes and not to Gradio's.
"""

# Annotations stay values here: gradio is imported inside functions.

from typing import Any

from ui.instrument_forms import FORMS
from ui.markup import Markup, el
from ui.serving import Services
from ui.web.fragments import fragment

LEAD = (
    "Structured tools for one question each. Rules compute every result from the marks you give or the sentences of your document; "
    "every statement of the library is quoted with its number. “I cannot tell” is always an answer."
)


def instruments_tab(services: Services, _: Any) -> None:
    """Every instrument in a section that opens."""
    fragment(_content(services), elem_id="instruments")


def _content(services: Services) -> Markup:
    owner = "this browser" if services.shared else "this computer"
    sections = [
        el("details", el("summary", each.title, " ", el("span", each.lead, class_="lead")), each.make(), name="instruments")
        for each in FORMS
    ]
    return el(
        "div",
        el("h2", "Instruments"),
        el("p", LEAD),
        el(
            "p",
            el("a", "What you have kept", href="/assess/works"),
            f" can be seen from {owner} only, and deleted there.",
            class_="hint",
        ),
        *sections,
        class_="instruments",
    )
