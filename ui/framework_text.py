"""A reviewed framework as lines for a terminal. Owns: their order and indents. Pure. Does not own: printing or wrapping."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.instruments.outcomes.lint import Finding
from assistant.instruments.outcomes.review import FrameworkReview
from assistant.nouns import Citation
from ui.framework_report import SEVERITY
from ui.framework_words import extra_words, goal_words, groups, kind_words

Line = tuple[int, str]  # indent in characters, words


def framework_lines(review: FrameworkReview) -> Iterator[Line]:
    """The tree, then what was found, then what it rests on."""
    framework = review.framework
    yield 0, framework.title
    yield 0, ""
    yield 0, f"MISSION  {framework.mission.goal}"
    yield 2, f"{goal_words(framework)}. Answers for it: {framework.mission.owner or 'nobody is named'}."
    for outcome in framework.outcomes:
        yield 0, ""
        yield 2, f"OUTCOME  {outcome.statement}"
        for indicator in outcome.indicators:
            yield 4, f"{kind_words(indicator)}: {indicator.name}"
            yield 8, extra_words(indicator)
    for heading, measures in groups(framework):
        yield 0, ""
        yield 2, heading.upper()
        for measure in measures:
            yield 4, measure.name
            yield 8, extra_words(measure)
        if not measures:
            yield 4, "Nothing yet."
    yield 0, ""
    yield from _findings(review)


def _findings(review: FrameworkReview) -> Iterator[Line]:
    mend, consider = review.to_mend(), [f for f in review.open_findings() if f.severity == "consider"]
    explained = len(review.findings) - len(review.open_findings())
    yield 0, f"CHECKED: {len(mend)} to mend, {len(consider)} to consider, {explained} explained by the author."
    rules: dict[str, list[Finding]] = {}
    for finding in [*mend, *consider]:
        rules.setdefault(finding.rule, []).append(finding)
    for found in rules.values():
        first = found[0]
        yield 0, ""
        yield 0, f"{SEVERITY[first.severity]}: {first.title}"
        for finding in found:
            yield 4, f"in {finding.where}: “{finding.text}”" if finding.text not in finding.where else f"in {finding.where}"
        yield 4, f"Why: {first.why}"
        for citation in first.citations:
            yield 8, quoted(citation)
        yield 4, f"What to do: {first.mend}"
    for reference in review.not_held:
        yield 0, f"Cited, but not in this library: {reference}"
    for name in review.unused_explanations:
        yield 0, f"Explained, but not found by any check: {name}"


def quoted(citation: Citation) -> str:
    """A citation in a line: number, exact words, whose they are, what kind of evidence."""
    strength = f", {citation.strength}" if citation.strength else ""
    return f"[{citation.n}] “{citation.quote}” {citation.cited_as}. {citation.evidence_type}{strength}"
