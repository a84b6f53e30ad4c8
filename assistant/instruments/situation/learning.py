"""Who to learn from. Owns: matching the library's networks and support offers to a need, and the guide for a session with peers.

Does not own: the networks (the library), what they fit (data). Places and levels are filters that are shown, needs are counted.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.errors import InputError
from assistant.instruments.assessment import Rubric
from assistant.instruments.literature import Literature
from assistant.instruments.situation.finder import find_cases
from assistant.instruments.situation.numbering import Numbers
from assistant.instruments.situation.situation import Situation
from assistant.instruments.situation.toolkit import NAME, NetworkFit, SessionQuestion, ToolsSpec, tools_spec
from assistant.instruments.situation.vocabulary import FIELDS, in_words
from assistant.instruments.spec import rubric_of
from assistant.nouns import Citation, Noun

COSTS = {"free": "free, as far as its page says", "paid": "by paid engagement", "not_stated": "cost not stated"}
NOTHING_SAID = (
    "Say what you look for first: a need (such as peers, evaluation or participation), an obstacle, a country or a level. "
    "`adviser assess network --ask` asks for each."
)
HOW = (
    "Networks for your level, place and sector only; then by how many of your needs they serve, those for your country first, those "
    "for fewer levels before those for all. Needs that you did not name are taken from your obstacles. How to join is quoted from the "
    "library; ask the network itself before you rely on it."
)


class NetworkMatch(Noun):
    """A network or offer for a situation."""

    source_id: str
    name: str
    place: str
    host: str
    url: str | None
    serves: list[str] = Field(description="Your needs that it serves, in words.")
    also: list[str] = Field(description="What else it serves.")
    cost: str
    what: list[Citation]
    for_whom: list[Citation]
    join: list[Citation]


class GuideQuestion(Noun):
    """A question for the room: ours, with what prompts it."""

    part: str
    minutes: int
    ask: str
    prompt: list[Citation]


class CasePrompt(Noun):
    """A case to put on the table."""

    source_id: str
    title: str
    side: Literal["like yours", "unlike yours"]
    citations: list[Citation]


class DiscussionGuide(Noun):
    """The running order of a session with peers."""

    title: str
    minutes: int
    questions: list[GuideQuestion]
    cases: list[CasePrompt]
    notes: list[str]


class LearningOffer(Noun):
    """Whom to learn from, and how to spend an hour with them."""

    situation: Situation
    rubric: Rubric
    needs: list[str]
    networks: list[NetworkMatch]
    guide: DiscussionGuide
    how: str = HOW
    notes: list[str]


def find_networks(situation: Situation, literature: Literature) -> LearningOffer:
    """Networks and a discussion guide. Raises InputError where nothing is said to match by."""
    if not any(situation.given(field) for field in ("needs", "obstacle", "country", "level", "sector")):
        raise InputError(NOTHING_SAID)
    spec = tools_spec()
    needs = _needs(situation, spec)
    fitting = [fit for fit in spec.networks if _open_to(fit, situation)]
    ranked = sorted(fitting, key=lambda fit: (-len(set(fit.needs) & set(needs)), not fit.places, len(fit.levels), fit.network))
    wanted = [fit for fit in ranked if not needs or set(fit.needs) & set(needs)]
    held = literature.library.sources()
    return LearningOffer(
        situation=situation,
        rubric=rubric_of(NAME, spec.version),
        needs=[in_words("needs", need) for need in needs],
        networks=[_network(fit, needs, literature) for fit in wanted if fit.network in held],
        guide=make_guide(situation, literature),
        notes=[spec.ours],
    )


def make_guide(situation: Situation, literature: Literature) -> DiscussionGuide:
    """Questions for a session with peers, chosen by stage and obstacles, with cases on both sides."""
    spec = tools_spec()
    numbers = Numbers(literature)
    chosen = [question for question in spec.session if _asked(question, situation)]
    questions = [GuideQuestion(part=q.part, minutes=q.minutes, ask=q.ask, prompt=numbers.cite([q.prompt])) for q in chosen]
    return DiscussionGuide(
        title="A session with peers" + (f": {situation.challenge}" if situation.challenge else ""),
        minutes=sum(question.minutes for question in questions) + 10,
        questions=questions,
        cases=_cases(situation, literature, numbers),
        notes=[
            "The questions are ours: advice, not evidence. Each has a statement of the library beside it to start from.",
            "Leave ten minutes for the cases. Agree first that what is said stays in the room.",
        ],
    )


def _needs(situation: Situation, spec: ToolsSpec) -> list[str]:
    if situation.needs:
        return list(situation.needs)
    return list(dict.fromkeys(need for obstacle in situation.obstacle for need in spec.obstacle_needs.get(obstacle, [])))


def _open_to(fit: NetworkFit, situation: Situation) -> bool:
    """Whether nothing that was said shuts it out."""
    places = {place.casefold() for place in fit.places}
    here = {name.casefold() for name in situation.given("country")}
    return (
        (not places or not here or bool(places & here))
        and (situation.level is None or situation.level in fit.levels)
        and (not fit.sectors or not situation.sector or bool(set(fit.sectors) & set(situation.sector)))
    )


def _network(fit: NetworkFit, needs: list[str], literature: Literature) -> NetworkMatch:
    source = literature.library.sources()[fit.network]
    statements = [p.statement for p in literature.library.passages_of(source.id) if p.statement]
    numbers = Numbers(literature)

    def part(name: str) -> list[Citation]:
        return numbers.cite([f"{source.id}#{each}" for each in statements if each.startswith(f"{name}-")])

    return NetworkMatch(
        source_id=source.id,
        name=source.title,
        place=source.place or "",
        host=str(source.details.get("host", "")),
        url=source.url,
        serves=[in_words("needs", need) for need in fit.needs if need in needs],
        also=[in_words("needs", need) for need in fit.needs if need not in needs],
        cost=COSTS[fit.cost],
        what=part("what"),
        for_whom=part("for_whom"),
        join=part("join"),
    )


def _asked(question: SessionQuestion, situation: Situation) -> bool:
    """Whether it belongs to this situation. A stage that is not said counts as starting."""
    for field, values in question.when.items():
        given = situation.given(field) or (["starting"] if field == "stage" else [])
        if values and not set(values) & set(given):
            return False
        if not values and given:
            return False
    return True


def _cases(situation: Situation, literature: Literature, numbers: Numbers) -> list[CasePrompt]:
    if not any(situation.given(field) for field in FIELDS):
        return []
    found = find_cases(situation, literature, most=2)
    sides: list[tuple[Literal["like yours", "unlike yours"], str, str]] = [
        ("like yours", case.source_id, case.title) for case in found.similar[:1]
    ]
    sides += [("unlike yours", case.source_id, case.title) for case in (found.same_problem or found.same_setting)[:1]]
    prompts = []
    for side, source_id, title in sides:
        statements = [p.statement for p in literature.library.passages_of(source_id) if p.statement]
        wanted = [each for each in statements if each in {"mission-1", "result-1", "lesson-1", "criticism-1"}]
        prompts.append(
            CasePrompt(source_id=source_id, title=title, side=side, citations=numbers.cite([f"{source_id}#{w}" for w in wanted]))
        )
    return prompts
