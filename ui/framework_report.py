"""An outcomes framework with its findings, as blocks that every export lays out alike. Owns: what stands in it, in which order. Pure.

Does not own: any format (see `export_framework_*.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.instruments.outcomes.framework import Indicator, Measure
from assistant.instruments.outcomes.lint import Finding
from assistant.instruments.outcomes.review import LIMIT, FrameworkReview
from assistant.nouns import Citation
from ui.answer_text import citation_line
from ui.framework_graph import graph_words
from ui.framework_words import baseline_words, extra_words, goal_words, groups, kind_words, target_words
from ui.wording import EVIDENCE_NOTE

INDICATOR_HEAD = ("Kind", "What is measured", "Baseline", "Target", "Source, how often", "Owner", "Whose behaviour")
OTHER_HEAD = ("Kind", "What is measured", "What it says", "Source, how often", "Owner")
SEVERITY = {"mend": "To mend", "consider": "To consider"}
NOTHING = "Nothing yet."


@dataclass(frozen=True)
class Block:
    """A heading with what stands under it. In an item, what follows a line break stands under its first line.

    `marks`: the picture that belongs here, for exports that can show it.
    """

    heading: str
    level: int = 2
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    head: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    marks: str = ""


def report_blocks(review: FrameworkReview) -> list[Block]:
    """The whole report."""
    framework = review.framework
    return [
        Block(framework.title, level=1, paragraphs=_goal(review)),
        Block("The framework at a glance", marks="tree"),
        Block("What the graph at the end looks like", paragraphs=[graph_words(framework)], marks="graph"),
        *_outcomes(review),
        *_others(review),
        *_findings(review),
        *_evidence(review),
        Block("What to know about this", paragraphs=[*framework.notes, LIMIT, EVIDENCE_NOTE]),
    ]


def _goal(review: FrameworkReview) -> list[str]:
    mission = review.framework.mission
    owner = f"Answers for it: {mission.owner}." if mission.owner else "Nobody is named who answers for it."
    return [mission.goal + numbers_of(review, mission.cited), f"{goal_words(review.framework)}. {owner}"]


def _outcomes(review: FrameworkReview) -> list[Block]:
    return [
        Block(
            f"Outcome: {outcome.statement}",
            paragraphs=[f"For: {outcome.for_whom}" + numbers_of(review, outcome.cited)]
            if outcome.for_whom or outcome.cited
            else [],
            head=INDICATOR_HEAD,
            rows=[_indicator(review, indicator) for indicator in outcome.indicators],
            items=[] if outcome.indicators else [NOTHING],
        )
        for outcome in review.framework.outcomes
    ]


def _indicator(review: FrameworkReview, indicator: Indicator) -> tuple[str, ...]:
    known, aim = indicator.baseline, indicator.target
    behaviour = indicator.behaviour
    if indicator.bodies:
        behaviour += f" (has to act: {', '.join(indicator.bodies)})"
    return (
        kind_words(indicator),
        _noted(indicator.name, indicator.note) + numbers_of(review, indicator.cited),
        _noted(baseline_words(indicator), known.note if known else "") + numbers_of(review, known.cited if known else []),
        _noted(target_words(indicator), aim.note if aim else "") + numbers_of(review, aim.cited if aim else []),
        source_words(indicator),
        indicator.owner or "Nobody named",
        behaviour.strip() or "Not said",
    )


def _others(review: FrameworkReview) -> list[Block]:
    return [
        Block(
            heading,
            head=OTHER_HEAD if measures else (),
            rows=[_other(review, measure) for measure in measures],
            items=[] if measures else [NOTHING],
        )
        for heading, measures in groups(review.framework)
    ]


def _other(review: FrameworkReview, measure: Measure) -> tuple[str, ...]:
    question = getattr(measure, "question", "")
    says = _noted(extra_words(measure), baseline_words(measure) if measure.baseline else "")
    cited = [*measure.cited, *(measure.baseline.cited if measure.baseline else [])]
    return (
        kind_words(measure),
        _noted(measure.name, question or measure.note) + numbers_of(review, cited),
        says,
        source_words(measure),
        measure.owner or "Nobody named",
    )


def source_words(measure: Measure) -> str:
    """Where the figures come from and how often."""
    return f"{measure.source or 'No source named'}; {measure.frequency or 'frequency not said'}"


def _noted(words: str, note: str) -> str:
    if not (words and note):
        return words or note
    return f"{words} {note}" if words.endswith((".", "?")) else f"{words}. {note}"


def numbers_of(review: FrameworkReview, references: list[str]) -> str:
    """The numbers of what is cited here, as they stand in the evidence: ` [3][4]`."""
    found = [review.evidence[reference].n for reference in dict.fromkeys(references) if reference in review.evidence]
    return " " + "".join(f"[{n}]" for n in found) if found else ""


def _findings(review: FrameworkReview) -> list[Block]:
    open_ones = review.open_findings()
    blocks = [
        Block(
            "What the checks found",
            paragraphs=[] if open_ones else ["Nothing that the author has not explained."],
            items=[finding_words(finding) for finding in open_ones],
        )
    ]
    explained = [f for f in review.findings if f.explained]
    if explained:
        blocks.append(
            Block("Found and explained by the author", items=[f"{f.where}: {f.title}. {f.explained}" for f in explained])
        )
    if review.not_held:
        blocks.append(Block("Cited, but not in this library", items=review.not_held))
    if review.unused_explanations:
        blocks.append(Block("Explained, but not found by any check", items=review.unused_explanations))
    return blocks


def finding_words(finding: Finding) -> str:
    """A finding in a few sentences, with the numbers of what it rests on."""
    numbers = "".join(f"[{c.n}]" for c in finding.citations)
    why = f"{finding.why} {numbers}".strip()
    return (
        f"{SEVERITY[finding.severity]}: {finding.title}. In {finding.where}: “{finding.text}”. {why} What to do: {finding.mend}"
    )


def cited_in(review: FrameworkReview) -> list[Citation]:
    """Everything cited, by number; each number once."""
    found = {c.n: c for c in review.evidence.values()}
    found.update({c.n: c for finding in review.open_findings() for c in finding.citations})
    return [found[n] for n in sorted(found)]


def _evidence(review: FrameworkReview) -> list[Block]:
    cited = cited_in(review)
    if not cited:
        return []
    return [Block("Evidence", items=[evidence_words(citation) for citation in cited])]


def evidence_words(citation: Citation) -> str:
    """A citation with its exact quote and the kind of evidence."""
    return f"[{citation.n}] “{citation.quote}” {citation_line(citation)}"
