"""The guided way to a framework: questions one after another. Owns: their order, checking each answer, and putting the framework together.

Does not own: the questions' words (data), or the screen: it is given a way to ask and a way to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from assistant.instruments.literature import Literature
from assistant.instruments.outcomes.dates import read_when
from assistant.instruments.outcomes.framework import Framework, Frequency
from assistant.instruments.outcomes.outputs import find_output
from assistant.instruments.outcomes.reading import framework_from
from assistant.instruments.outcomes.rules import OutcomesSpec, Suggestion
from assistant.instruments.outcomes.suggest import suggest

Ask = Callable[[str], str]
Say = Callable[[str], None]
FREQUENCIES: tuple[str, ...] = get_args(Frequency)
MOST_OUTCOMES = 8


@dataclass
class _Talk:
    """One conversation: how to ask and say, the data, and the ids that are taken."""

    ask_line: Ask
    say: Say
    spec: OutcomesSpec
    literature: Literature
    taken: set[str] = field(default_factory=set)

    def ask(self, name: str) -> str:
        return self.ask_line(self.spec.question(name)).strip()

    def need(self, name: str) -> str:
        """An answer that cannot be empty."""
        while not (answer := self.ask(name)):
            self.say("This one is needed.")
        return answer

    def checked(self, name: str, read: Callable[[str], Any]) -> Any:
        """An answer that may be empty, asked again until it can be read."""
        while answer := self.ask(name):
            try:
                return read(answer)
            except ValueError as problem:
                self.say(f"{str(problem)[:1].upper()}{str(problem)[1:]}.")
        return None

    def identifier(self, words: str) -> str:
        """An id of its own from words."""
        base = "-".join(re.findall(r"[a-z0-9]+", words.casefold())[:5])[:50] or "measure"
        name, count = base, 1
        while name in self.taken:
            count += 1
            name = f"{base}-{count}"
        self.taken.add(name)
        return name


def guide(ask: Ask, say: Say, *, spec: OutcomesSpec, literature: Literature) -> Framework:
    """Ask everything and give the framework. An end of the input passes through as EOFError."""
    talk = _Talk(ask, say, spec, literature)
    title, goal = talk.need("title"), talk.need("goal")
    mission: dict[str, Any] = {"goal": goal, "place": talk.ask("place"), "owner": talk.ask("owner")}
    if by := talk.checked("by", read_when):
        mission["by"] = by
    outcomes: list[dict[str, Any]] = []
    counters: list[dict[str, Any]] = []
    while not outcomes or (len(outcomes) < MOST_OUTCOMES and _yes(talk, "Another outcome? (y or n)")):
        outcomes.append(_outcome(talk, goal, counters))
    data = {
        "title": title,
        "mission": mission,
        "outcomes": outcomes,
        "counter_metrics": counters,
        "learning": _learning(talk),
        "participation": [*_sharing(talk, "participation"), *_sharing(talk, "shared_ownership")],
    }
    return framework_from(data)


def _outcome(talk: _Talk, goal: str, counters: list[dict[str, Any]]) -> dict[str, Any]:
    statement = talk.need("outcome")
    if said := find_output(statement, talk.spec.outputs):
        rule = talk.spec.rule("output-as-outcome")
        talk.say(f"“{said}” says what is turned out. {rule.why} {rule.mend}")
        statement = talk.need("outcome")
    found = suggest(f"{goal} {statement}", talk.spec)
    _show(talk, found)
    indicators = []
    for horizon in ("long_term", "early_signal"):
        indicator = _indicator(talk, horizon, found)
        if indicator:
            indicators.append(indicator)
            if "target" in indicator:
                counters += _counter(talk, indicator["id"])
    return {"id": talk.identifier(statement), "statement": statement, "indicators": indicators}


def _show(talk: _Talk, found: list[Suggestion]) -> None:
    """Suggestions with what the library says of them, in its own words."""
    if not found:
        talk.say("The library has no measure to suggest for this.")
        return
    talk.say("Measures that the library speaks of (its figures are quoted, and for you to check):")
    for number, each in enumerate(found, 1):
        horizon = "long-term" if each.horizon == "long_term" else "early signal"
        talk.say(f"  {number}. {each.name} ({horizon})")
        for citation in talk.literature.cite_all(each.cited):
            talk.say(f"     “{citation.quote}” ({citation.cited_as})")


def _indicator(talk: _Talk, horizon: str, found: list[Suggestion]) -> dict[str, Any] | None:
    answer = talk.ask(horizon)
    if not answer:
        return None
    chosen = found[int(answer) - 1] if answer.isdigit() and 0 < int(answer) <= len(found) else None
    name = chosen.name if chosen else answer
    made: dict[str, Any] = {"id": talk.identifier(name), "name": name, "horizon": horizon}
    if chosen:
        made |= {"cited": chosen.cited, "behaviour": chosen.behaviour, "source": chosen.source, "frequency": chosen.frequency}
    made |= _figures(talk, chosen.unit if chosen else "")
    if not made.get("source"):
        made["source"] = talk.ask("source")
    if not made.get("frequency") and (frequency := talk.checked("frequency", _frequency)):
        made["frequency"] = frequency
    made["owner"] = talk.ask("measure_owner")
    if not made.get("behaviour"):
        made["behaviour"] = talk.ask("behaviour")
    made["bodies"] = [name for part in talk.ask("bodies").split(",") if (name := part.strip())]
    return made


def _figures(talk: _Talk, unit: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    value = talk.checked("baseline", _number)
    if value is not None:
        unit = unit or talk.need("unit")
        date = talk.checked("baseline_date", read_when)
        if date is None:
            talk.say("Without a date it is no baseline; it is left out.")
        else:
            made["baseline"] = {"value": value, "unit": unit, "date": date}
    target = talk.checked("target", _number)
    if target is not None:
        date = talk.checked("target_date", read_when)
        if date is None:
            talk.say("Without a date it is no target; it is left out.")
        else:
            made["target"] = {"value": target, "date": date}
    return made


def _counter(talk: _Talk, guarded: str) -> list[dict[str, Any]]:
    name = talk.ask("counter")
    if not name:
        return []
    made: dict[str, Any] = {"id": talk.identifier(name), "name": name, "guards": [guarded], "source": talk.ask("source")}
    if frequency := talk.checked("frequency", _frequency):
        made["frequency"] = frequency
    return [made | {"owner": talk.ask("measure_owner")}]


def _learning(talk: _Talk) -> list[dict[str, Any]]:
    name = talk.ask("learning")
    if not name:
        return []
    made: dict[str, Any] = {"id": talk.identifier(name), "name": name, "question": name}
    days = talk.checked("loop_days", _days)
    if days is not None:
        made["loop_days"] = days
    return [made | {"informs": talk.ask("informs"), "owner": talk.ask("measure_owner")}]


def _sharing(talk: _Talk, kind: str) -> list[dict[str, Any]]:
    name = talk.ask(kind)
    return [{"id": talk.identifier(name), "name": name, "kind": kind, "owner": talk.ask("measure_owner")}] if name else []


def _yes(talk: _Talk, question: str) -> bool:
    return talk.ask_line(question).strip().casefold() in {"y", "yes"}


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        raise ValueError("write a number alone, such as 68.3; the unit is asked for next") from None


def _days(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) <= 36_500):
        raise ValueError("write a whole number of days, such as 30")
    return int(text)


def _frequency(text: str) -> str:
    if text.casefold() not in FREQUENCIES:
        raise ValueError(f"choose one of: {', '.join(FREQUENCIES)}")
    return text.casefold()
