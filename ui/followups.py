"""Questions to go on with. Owns: asking for what the cited sources hold and the answer did not show. Does not own: showing them.

Every suggestion names a part of a cited source that is there: critics, results, limits, how to join. None is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.nouns import Answer, Passage, Source

MOST = 3
# By a source's kind: its parts in the order in which a reader would want them next, and the question for each.
_QUESTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "case": (
        ("criticism", "What do critics say about {name}?"),
        ("result", "What were the results of {name}?"),
        ("lesson", "What was learned from {name}?"),
        ("did", "What did {name} do?"),
    ),
    "definition": (("differ", "How do definitions of {name} differ?"), ("definition", "How is {name} defined?")),
    "network": (("join", "How does one join {name}?"), ("for_whom", "Who is {name} for?")),
    "framework": (("use", "How is {name} used?"), ("limits", "What are the limits of {name}?")),
    "note": (
        ("evidence", "What evidence does “{name}” give?"),
        ("limits", "What are the limits of “{name}”?"),
        ("argues", "What does “{name}” argue?"),
    ),
    "worked_mission": (("measure", "What should {name} measure?"), ("goes_wrong", "What goes wrong with {name}?")),
    "original": (("body", "What does “{name}” recommend?"),),
}
_CASES_FIRST = ("case", "worked_mission", "framework", "definition", "network", "note", "original")


def follow_ups(
    answer: Answer,
    sources: Iterable[Source],
    cited: Sequence[Passage],
    passages_of: Callable[[str], Sequence[Passage]],
) -> tuple[str, ...]:
    """At most three questions about the sources that are cited, or stand against one that is: one a source, cases first."""
    asked = {answer.question.casefold(), answer.standalone_question.casefold()}
    shown = {(passage.source_id, passage.section) for passage in cited}
    ordered = sorted({source.id: source for source in sources}.values(), key=lambda source: _CASES_FIRST.index(source.kind))
    found: list[str] = []
    for source in ordered[:MOST]:
        held = {passage.section for passage in passages_of(source.id)}
        name = source.title.removesuffix(" (definition)")
        made = (q.format(name=name) for part, q in _QUESTIONS[source.kind] if part in held and (source.id, part) not in shown)
        found += [question for question in made if question.casefold() not in asked][: 1 if len(ordered) > 1 else MOST]
    return tuple(dict.fromkeys(found))[:MOST]
