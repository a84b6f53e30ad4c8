"""A framework looked through: findings with the library's statements, and the same as an Assessment. Owns: putting them together.

Does not own: the checks (see `lint.py`), times and ids (see `stamped`). The same framework gives the same review.
"""

from __future__ import annotations

from pydantic import Field

from assistant.errors import CorpusError
from assistant.instruments.assessment import Assessment, MarkResult, Point, Result, number_citations
from assistant.instruments.literature import Literature
from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.lint import Finding, lint, unused_explanations
from assistant.instruments.outcomes.rules import NAME, Rule, outcomes_spec
from assistant.instruments.spec import rubric_of
from assistant.nouns import Citation, Noun

LIMIT = "The checks read what is written down. They cannot tell whether the goal is wise, or the figures true."


class FrameworkReview(Noun):
    """A framework with what was found in it. `evidence`: what the framework cites itself, by its reference."""

    framework: Framework
    findings: list[Finding]
    evidence: dict[str, Citation] = Field(
        description="The framework's own references to the library; those not held are left out."
    )
    not_held: list[str] = Field(description="References of the framework that this library does not hold.")
    unused_explanations: list[str] = Field(description="Explanations of what no check found.")

    def open_findings(self) -> list[Finding]:
        """Those that the author has not explained."""
        return [finding for finding in self.findings if finding.explained is None]

    def to_mend(self) -> list[Finding]:
        """The open ones that ought to be mended."""
        return [finding for finding in self.open_findings() if finding.severity == "mend"]


def review_framework(framework: Framework, literature: Literature) -> FrameworkReview:
    """All checks, each finding with what the library says."""
    spec = outcomes_spec()
    numbers: dict[str, int] = {}

    def cite(references: list[str]) -> list[Citation]:
        found = []
        for reference in references:
            number = numbers.setdefault(reference, len(numbers) + 1)
            citation = _held(literature, reference, number)
            if citation is not None:
                found.append(citation)
            else:
                numbers.pop(reference)
        return found

    own = {reference: found[0] for reference in framework.references() if (found := cite([reference]))}
    seen = lint(framework, spec)
    shown_first = sorted(seen, key=lambda finding: finding.explained is not None)  # numbers run on through what a reader sees
    rests_on = {id(finding): cite(finding.cited) for finding in shown_first}
    findings = [finding.model_copy(update={"citations": rests_on[id(finding)]}) for finding in seen]
    return FrameworkReview(
        framework=framework,
        findings=findings,
        evidence=own,
        not_held=[reference for reference in framework.references() if reference not in own],
        unused_explanations=unused_explanations(framework, findings),
    )


def assess_outcomes(framework: Framework, literature: Literature) -> Assessment:
    """The review as an Assessment: one mark for each check, a gap for each open finding. `answers` holds the framework."""
    spec = outcomes_spec()
    review = review_framework(framework, literature)
    failing = {f.rule for f in review.open_findings()}
    passed = [rule for rule in spec.rules if rule.id not in {f.rule for f in review.findings}]
    found = Assessment(
        instrument="outcomes",
        rubric=rubric_of(NAME, spec.version),
        title=spec.title,
        subject=framework.title,
        marks=[_mark(rule, review, literature) for rule in spec.rules],
        result=_result(review),
        strengths=[Point(text=f"Not found: {rule.title[0].lower()}{rule.title[1:]}.", criterion=rule.id) for rule in passed],
        gaps=[
            Point(text=f"{f.where}: {f.title}: “{f.text}”.", criterion=f.rule, citations=f.citations)
            for f in review.open_findings()
        ],
        next_steps=[Point(text=rule.mend, criterion=rule.id) for rule in spec.rules if rule.id in failing],
        notes=[spec.ours, LIMIT],
        answers={"framework": framework.model_dump(mode="json")},
    )
    return number_citations(found)


def _held(literature: Literature, reference: str, number: int) -> Citation | None:
    try:
        return literature.cite(reference, number=number)
    except CorpusError:  # a person's own framework may name a statement that is not there: it is listed as not held
        return None


def _mark(rule: Rule, review: FrameworkReview, literature: Literature) -> MarkResult:
    found = [f for f in review.findings if f.rule == rule.id]
    open_ones = [f for f in found if f.explained is None]
    mark = "found" if open_ones else "explained" if found else "not_found"
    places = "; ".join(f"{f.where} (“{f.text}”)" for f in open_ones or found)
    return MarkResult(
        criterion=rule.id,
        title=rule.title,
        mark=mark,
        mark_words={
            "found": f"Found {len(open_ones)} times" if len(open_ones) > 1 else "Found",
            "explained": "Found and explained",
            "not_found": "Not found",
        }[mark],
        confidence="high",
        reason=f"{rule.why} Where: {places}." if found else "Nothing of the kind is written in this framework.",
        would_change=rule.mend if open_ones else "",
        literature=literature.cite_all(rule.cited),
    )


def _result(review: FrameworkReview) -> Result:
    mend, consider = len(review.to_mend()), len(review.open_findings()) - len(review.to_mend())
    explained = len(review.findings) - len(review.open_findings())
    key = "to_mend" if mend else "to_consider" if consider else "clean"
    headline = {
        "to_mend": f"{_count(mend, 'thing')} to mend before this framework can carry a mission.",
        "to_consider": f"Nothing has to be mended; {_count(consider, 'thing')} to consider.",
        "clean": "Nothing was found that is not explained.",
    }[key]
    because = [f"{mend} to mend, {consider} to consider, {explained} explained by the author."]
    return Result(key=key, headline=headline, because=because, score=float(mend))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
