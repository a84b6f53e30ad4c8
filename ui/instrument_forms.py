"""Which instruments stand on the page, each with its form. Owns: their order and first words. Pure.

Does not own: what becomes of a form (`ui/api/assess_pages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.instruments.situation.vocabulary import CHOICES
from ui.assess_fields import SEVERAL
from ui.assess_questions import litmus_questions, maturity_questions
from ui.markup import Markup, join
from ui.render_assess_forms import answers_form, boxes, choice, field, form, keep_box, upload_form

ABOUT = {"litmus": "What challenge or goal is it about?", "maturity": "Which mission or organisation is it about?"}
FRAMEWORK_HINT = (
    "As YAML or JSON. `adviser assess outcomes --example home-heating --out framework.yaml` writes an example to begin with."
)
DOWNLOADS = (("docx", "Word"), ("xlsx", "Excel"), ("json", "JSON"))
LABELS = {
    "level": "Level",
    "sector": "Sector",
    "stage": "Stage",
    "budget": "Money for it",
    "powers": "What you can do yourselves",
    "politics": "The political moment",
    "scale": "How many people or homes",
    "obstacle": "What stands in the way",
    "needs": "What you look for",
}
SITUATION_FIELDS = {
    "cases": ("level", "sector", "stage", "budget", "powers", "politics", "scale"),
    "tools": ("obstacle", "level", "stage", "budget", "powers", "politics", "scale"),
    "network": ("needs", "obstacle", "level", "sector", "stage"),
}


@dataclass(frozen=True)
class InstrumentForm:
    """An instrument on the page."""

    name: str
    title: str
    lead: str
    make: Callable[[], Markup]


def litmus_form(work: str = "") -> Markup:
    """The litmus test's form."""
    return answers_form("litmus", litmus_questions(), about=ABOUT["litmus"], work_id=work)


def maturity_form(work: str = "") -> Markup:
    """The maturity assessment's forms: a document first, if there is one, or the questions straight away."""
    offer = upload_form(
        "maturity-evidence",
        action="/assess/maturity/evidence",
        label="Your strategy, for sentences to choose from (optional)",
        button="Find sentences",
    )
    return join([offer, answers_form("maturity", maturity_questions(), about=ABOUT["maturity"], work_id=work)])


def washing_form() -> Markup:
    """The mission-washing check's form."""
    return upload_form("washing", action="/assess/washing", label="The strategy to check", button="Check it", keep=True)


def outcomes_form() -> Markup:
    """The outcomes framework's form."""
    return form(
        "outcomes",
        field("framework", "The framework", name="outcomes", longest=200_000, rows=12, hint=FRAMEWORK_HINT),
        keep_box("outcomes"),
        button="Check it",
        downloads=DOWNLOADS,
    )


def situation_form(name: str, fields: Sequence[str]) -> Markup:
    """The form of cases, tools and networks: where one stands."""
    parts = [
        field("challenge", "Your challenge, in your words (shown, not compared)", name=name, longest=500),
        field("country", "Country", name=name, longest=80),
    ]
    for each in fields:
        options = list(CHOICES[each].items())
        parts.append(
            boxes(each, LABELS[each], options, name=name)
            if each in SEVERAL
            else choice(each, LABELS[each], options, name=name, any_words="Not said")
        )
    return form(name, *parts, keep_box(name), button="Look")


FORMS: tuple[InstrumentForm, ...] = (
    InstrumentForm(
        "litmus", "Litmus test", "Is a mission the right approach here? Eight questions, about ten minutes.", litmus_form
    ),
    InstrumentForm(
        "washing",
        "Mission-washing check",
        "Is a strategy a mission, or only words? Its own sentences beside twelve tells.",
        washing_form,
    ),
    InstrumentForm(
        "maturity",
        "Maturity assessment",
        "How mature is a mission in nine dimensions, and what comes next? A level counts with a quote or a named person's words.",
        maturity_form,
    ),
    InstrumentForm(
        "outcomes", "Outcomes framework", "What should a mission measure? Checks, a picture, and downloads.", outcomes_form
    ),
    InstrumentForm(
        "cases",
        "Case finder",
        "Which cases are like ours, which are not, and what may not carry over?",
        partial(situation_form, "cases", SITUATION_FIELDS["cases"]),
    ),
    InstrumentForm(
        "tools",
        "Toolkit chooser",
        "Which tools fit our situation, with evidence for and against?",
        partial(situation_form, "tools", SITUATION_FIELDS["tools"]),
    ),
    InstrumentForm(
        "network",
        "Who to learn from",
        "Networks and offers that fit, how to join, and a guide for a session with peers.",
        partial(situation_form, "network", SITUATION_FIELDS["network"]),
    ),
)
