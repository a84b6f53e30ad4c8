"""Running an instrument for a door. Owns: calling it over the open library and stamping its receipt, the same for API and web.

Does not own: any instrument, reading uploads, keeping results.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from assistant.assistant import Assistant
from assistant.instruments.assessment import Assessment
from assistant.instruments.literature import Literature
from assistant.instruments.litmus import LitmusAnswers, assess_litmus
from assistant.instruments.maturity import MaturityAnswers, assess_maturity, maturity_spec
from assistant.instruments.maturity_evidence import Proposal, propose_evidence
from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.review import FrameworkReview, assess_outcomes, review_framework
from assistant.instruments.own_document import OwnDocument
from assistant.instruments.situation.finder import CaseFinding, find_cases
from assistant.instruments.situation.learning import LearningOffer, find_networks
from assistant.instruments.situation.situation import Situation
from assistant.instruments.situation.toolkit import Toolkit, choose_tools
from assistant.instruments.stamp import stamped
from assistant.instruments.washing.assess import assess_washing


def run_litmus(assistant: Assistant, answers: LitmusAnswers) -> Assessment:
    """The litmus test."""
    started = time.perf_counter()
    return stamped(assess_litmus(answers, Literature(assistant.library)), assistant.library, started=started)


def run_maturity(assistant: Assistant, answers: MaturityAnswers, document: OwnDocument | None = None) -> Assessment:
    """The maturity assessment."""
    started = time.perf_counter()
    found = assess_maturity(answers, Literature(assistant.library), document=document)
    return stamped(found, assistant.library, started=started, documents=[document] if document else [])


def run_evidence(assistant: Assistant, document: OwnDocument) -> list[Proposal]:
    """Sentences of a document to look at for each dimension of maturity."""
    return propose_evidence(document, maturity_spec(), assistant.embedder)


def run_outcomes(assistant: Assistant, framework: Framework) -> Assessment:
    """The outcomes framework's checks as an assessment."""
    started = time.perf_counter()
    return stamped(assess_outcomes(framework, Literature(assistant.library)), assistant.library, started=started)


def run_review(assistant: Assistant, framework: Framework) -> FrameworkReview:
    """The outcomes framework with its findings, as its exports need it."""
    return review_framework(framework, Literature(assistant.library))


def run_washing(assistant: Assistant, document: OwnDocument, *, year: int | None = None) -> Assessment:
    """The mission-washing check; its dates are seen from `year`, this year where none is given."""
    started = time.perf_counter()
    now = year or datetime.now(UTC).year
    found = assess_washing(document, Literature(assistant.library), assistant.embedder, now=now)
    return stamped(found, assistant.library, started=started, documents=[document])


def run_cases(assistant: Assistant, situation: Situation) -> CaseFinding:
    """Similar and dissimilar cases."""
    return find_cases(situation, Literature(assistant.library))


def run_tools(assistant: Assistant, situation: Situation) -> Toolkit:
    """Tools that fit."""
    return choose_tools(situation, Literature(assistant.library))


def run_network(assistant: Assistant, situation: Situation) -> LearningOffer:
    """Networks to learn from, with a guide for a session."""
    return find_networks(situation, Literature(assistant.library))
