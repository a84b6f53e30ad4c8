"""One run as one page. Owns: the page's order, words and style. Does not own: plots, figures, which failures. Asks nothing of the
network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

from evals.cases import SETS, ConversationCase, PairCase, PremiseCase, QuestionCase, UnanswerableCase, read_cases
from evals.charts import Bar, Line, bars, curves, difference
from evals.failures import Failure, worst
from evals.folder import StoredRun
from evals.gate import GateLine
from evals.report_words import HEADLINE, PURPOSE, means, place
from evals.suites import NAMES
from evals.verdicts import PRODUCT, Figure

SPOILT = frozenset({"grounding"})  # beside these stand answers spoilt on purpose, which must do worse
SETS_SAID = {
    "dev": "These questions are for tuning: figures on them flatter whoever tuned.",
    "heldout": "These questions are held out: read the figures, and do not tune on the failures below.",
    "all": "Tuning and held-out questions together: do not tune on the failures below.",
}


def report(run: StoredRun, gate: Sequence[GateLine] = ()) -> str:
    """The whole page."""
    suites = [name for name in NAMES if any(f.suite == name for f in run.figures)]
    failures = worst(run, questions_asked(run), pairs_by_id())
    body = [
        _head(run),
        _glance(run, suites),
        _contents(suites),
        _gate(gate),
        *(_suite(run, name, failures.get(name, [])) for name in suites),
        _made_of(run),
    ]
    style = (files("evals") / "report.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Eval report, {escape(run.folder.name)}</title><style>{style}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def questions_asked(run: StoredRun) -> dict[str, str]:
    """Case id → what was asked, over all case files; for a conversation its turns."""
    found: dict[str, str] = {recorded.asked.question: recorded.asked.question for recorded in run.answers}
    for name in SETS:
        for case in read_cases(name, "conversations", ConversationCase):
            found[case.id] = " → ".join(case.turns)
        found |= {case.id: case.question for case in read_cases(name, "questions", QuestionCase)}
        found |= {case.id: case.question for case in read_cases(name, "unanswerable", UnanswerableCase)}
        found |= {case.id: case.question for case in read_cases(name, "premises", PremiseCase)}
    return found


def pairs_by_id() -> dict[str, PairCase]:
    """The checker's pairs by id."""
    return {pair.id: pair for pair in read_cases("", "checker", PairCase)}


def _head(run: StoredRun) -> str:
    set_name = str(run.facts.get("set", ""))
    counts = [f for f in run.figures if f.system == PRODUCT and not f.part]
    crashed, unscored = max((f.crashed for f in counts), default=0), sum(f.value is None for f in counts)
    said = (
        f"{crashed} case{'s' if crashed != 1 else ''} crashed. {unscored} measure{'s were' if unscored != 1 else ' was'} not scored."
        if crashed or unscored
        else "Nothing crashed, and every measure was scored."
    )
    return (
        f"<h1>How well does it do?</h1><p class='lead'>Set: {escape(set_name)}. {escape(SETS_SAID.get(set_name, ''))}</p>"
        f"<p>{escape(said)} Thin lines over the bars are 95 % intervals, resampled by question. Grey bars are dummies: "
        "a measure worth having tells the product from them.</p>"
        f"<p class='small'>Run {escape(run.folder.name)}, {escape(str(run.times.get('date', ''))[:10])}, "
        f"{run.times.get('seconds', 0):g} seconds.</p>"
    )


def _glance(run: StoredRun, suites: Sequence[str]) -> str:
    """One card a suite: the measure that says most, with the best of what stands beside it."""
    cards = [_card(run, name) for name in suites if run.figure(name, HEADLINE.get(name, "")) is not None]
    return f"<ul class='glance'>{''.join(cards)}</ul>" if cards else ""


def _card(run: StoredRun, name: str) -> str:
    mine = run.figure(name, HEADLINE[name])
    assert mine is not None
    others = [
        f
        for f in run.figures
        if (f.suite, f.measure, f.part) == (name, mine.measure, "") and f.system != PRODUCT and f.value is not None
    ]
    best = (min if name in SPOILT else max)(others, key=lambda f: f.value or 0.0, default=None)
    value = "not scored" if mine.value is None else f"{mine.value:.2f}"
    ends = (
        f" <span class='ends'>{mine.low:.2f} to {mine.high:.2f}</span>" if mine.low is not None and mine.high is not None else ""
    )
    beside = f"<p>Beside it: {escape(best.system)} {best.value:.2f}.</p>" if best else ""
    return (
        f"<li><a href='#{name}'>{name.capitalize()}</a><div class='big'>{value}{ends}</div>"
        f"<p>{escape(means(mine.measure) or PURPOSE[name])}</p>{beside}</li>"
    )


def _gate(lines: Sequence[GateLine]) -> str:
    if not lines:
        return ""
    rows = [
        f"<tr class='{'red' if line.wrong else 'green'}'><td>{escape(line.suite)}</td><td>{escape(line.measure)}</td>"
        f"<td>{escape(line.wanted)}</td>"
        f"<td>{'not scored' if line.value is None else f'{line.value:.3f}'}</td><td>{escape(line.wrong or 'holds')}</td></tr>"
        for line in lines
    ]
    heads = ("Suite", "Measure", "Floor", "Value", "Verdict")
    red = [row for row, line in zip(rows, lines, strict=True) if line.wrong]
    head = f"The gate is red: {len(red)} of {len(lines)} lines." if red else f"The gate is green: all {len(lines)} lines hold."
    every = f"<details><summary>Every line</summary>{_table(heads, rows)}</details>"
    return f"<section id='gate'><h2>{head}</h2>{_table(heads, red) if red else ''}{every}</section>"


def _contents(suites: Sequence[str]) -> str:
    return "<nav aria-label='Suites'><ul>" + "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in suites) + "</ul></nav>"


def _suite(run: StoredRun, name: str, failures: Sequence[Failure]) -> str:
    mine = [f for f in run.figures if f.suite == name]
    parts = [f"<section id='{name}'><h2>{name.capitalize()}</h2><p class='lead'>{escape(PURPOSE[name])}</p>"]
    parts.append(_curves(run, name))
    measures = sorted({f.measure for f in mine}, key=place)
    parts += [_measure(mine, measure) for measure in measures if not _is_difference(measure)]
    parts.append(_differences([f for f in mine if _is_difference(f.measure) and f.system == PRODUCT and not f.part]))
    parts.append(_failures(failures))
    return "".join([*parts, "</section>"])


def _measure(figures: Sequence[Figure], measure: str) -> str:
    whole = sorted(
        (f for f in figures if f.measure == measure and not f.part), key=lambda f: (f.system != PRODUCT, -(f.value or 0))
    )
    kinds = [f for f in figures if f.measure == measure and f.part and f.system == PRODUCT]
    mine = next((f for f in whole if f.system == PRODUCT), None)
    parts = [f"<h3>{escape(measure)}</h3>", f"<p class='small'>{escape(_about(measure, mine))}</p>"]
    parts.append(bars([_bar(f, f.system) for f in whole], title=measure))
    if len(kinds) > 1:
        drawn = bars([_bar(f, f.part.replace("_", " "), note=str(f.cases)) for f in kinds], title=f"{measure}, by part")
        parts.append(
            f"<details><summary>By {', '.join(dict.fromkeys(f.part.partition(':')[0] for f in kinds))}</summary>{drawn}</details>"
        )
    return "".join(parts)


def _about(measure: str, mine: Figure | None) -> str:
    """What a measure means, and over how many cases."""
    if mine is None:
        return means(measure)
    lost = [f"{count} {word}" for count, word in ((mine.crashed, "crashed"), (mine.unscored, "unscored")) if count]
    note = f" {mine.note[:1].upper()}{mine.note[1:]}." if mine.note else ""
    return f"{means(measure)} {', '.join([f'{mine.cases:,} cases', *lost])}.{note}".strip()


def _is_difference(measure: str) -> bool:
    return " above " in measure


def _differences(figures: Sequence[Figure]) -> str:
    """How far the product stands above what is beside it, with whether that is beyond chance."""
    if not figures:
        return ""
    rows = [
        f"<tr><th scope='row'>{escape(f.measure)}</th><td>{difference(f.value, f.low, f.high)}</td><td>{f.cases:,}</td></tr>"
        for f in sorted(figures, key=lambda f: place(f.measure))
    ]
    return (
        f"<h3>How far above what stands beside it</h3>{_table(('Measure', 'Difference, with its 95 % interval', 'Cases'), rows)}"
    )


def _bar(figure: Figure, label: str, *, note: str = "") -> Bar:
    return Bar(label, figure.value, figure.low, figure.high, mine=figure.system == PRODUCT, note=note)


def _curves(run: StoredRun, name: str) -> str:
    drawn = []
    risk = [c for c in run.curves if c.suite == name and c.name == "risk and coverage"]
    if risk:
        styles = {PRODUCT: "mine", "best order": "best"}
        lines = [Line(c.system, [(a, b) for a, b, _ in c.points], styles.get(c.system, "dummy")) for c in risk]
        drawn.append(
            curves(
                lines,
                title="Risk against coverage",
                x="coverage: share of answers let through",
                y="risk: share of those that are wrong",
            )
        )
    for curve in (c for c in run.curves if c.suite == name and c.name.startswith("reliability")):
        points = [(a, b) for a, b, _ in curve.points]
        line = Line("pairs; a larger dot is more of them", points, counts=[n for _, _, n in curve.points])
        drawn.append(
            curves(
                [line], title=curve.name.capitalize(), x="support score (mean of each tenth)", y="share supported", diagonal=True
            )
        )
    return f"<div class='plots'>{''.join(drawn)}</div>" if drawn else ""


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    items = [
        f"<article><h4>{escape(f.question or f.case)}</h4><p>{escape(f.measure.capitalize())}: {escape(f.reason)}</p>"
        f"<p class='small'>Case {escape(f.case)}</p>"
        f"{''.join(f.evidence)}</article>"
        for f in failures
    ]
    return f"<details><summary>The worst failures ({len(failures)})</summary>{''.join(items)}</details>"


def _made_of(run: StoredRun) -> str:
    rows = [
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(_said(value))}</td></tr>"
        for name, value in sorted({**run.facts, **run.times}.items())
    ]
    table = f"<table><tbody>{''.join(rows)}</tbody></table>"
    shown = f"<details><summary>Versions, seeds, cases, times</summary>{table}</details>"
    return f"<section id='made-of'><h2>What this run was made of</h2>{shown}</section>"


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v}" for k, v in value.items()) or "none"
    return "none" if value in (None, "") else str(value)


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<div class='wide' tabindex='0' role='region' aria-label='{escape(heads[0])} and more'>{table}</div>"
