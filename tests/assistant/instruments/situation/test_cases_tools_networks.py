"""Cases, tools and networks follow from a situation by rules that show their working; every statement behind them is exact."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.instruments.literature import Literature
from assistant.instruments.situation import situation as nouns
from assistant.instruments.situation.finder import CaseMatch, find_cases
from assistant.instruments.situation.learning import find_networks, make_guide
from assistant.instruments.situation.profiles import situations_spec
from assistant.instruments.situation.situation import Situation, situation_from
from assistant.instruments.situation.toolkit import choose_tools, tools_spec
from assistant.instruments.situation.vocabulary import CHOICES, FIELDS
from assistant.nouns import Citation

COUNCIL = Situation(
    country="uk",
    level="local",
    sector=["housing"],
    stage="starting",
    budget="small",
    powers=["services", "convening"],
    politics=["money_tight"],
    obstacle=["fragmented", "data_missing"],
)


@pytest.fixture(scope="module")
def literature(packaged: Assistant) -> Literature:
    return Literature(packaged.library)


def test_every_case_of_the_library_has_a_profile_and_every_value_a_statement_of_that_case(
    literature: Literature, packaged: Assistant
) -> None:
    spec = situations_spec()
    cases = {source.id for source in packaged.library.sources().values() if source.kind == "case"}
    assert {profile.case for profile in spec.cases} == cases
    assert len(cases) == 55
    references = [ref for profile in spec.cases for ref in profile.references()]
    assert len(references) > 800
    assert [ref for ref in references if literature.cite(ref) is None] == []


def test_profiles_agree_with_the_catalogue_where_both_speak(packaged: Assistant) -> None:
    for profile in situations_spec().cases:
        details = packaged.library.sources()[profile.case].details
        assert set(profile.country) == set(details["country"]), profile.case  # type: ignore[call-overload]
        assert details["level"] in profile.level, profile.case
        ended = details["stage"] in {"ended", "abandoned"}
        assert not ended or set(profile.stage) & {"sustaining", "delivering"}, profile.case


def test_every_statement_behind_tools_warnings_networks_and_questions_exists(literature: Literature, packaged: Assistant) -> None:
    spec = tools_spec()
    references = [tool.what for tool in spec.tools] + [question.prompt for question in spec.session]
    for tool in spec.tools:
        references += [*tool.evidence_for, *tool.evidence_against]
        references += [ref for condition in (*tool.fits, *tool.unfit) for ref in condition.cited]
    references += [ref for rule in situations_spec().warnings for ref in rule.cited]
    assert [ref for ref in references if literature.cite(ref) is None] == []
    networks = {source.id for source in packaged.library.sources().values() if source.kind == "network"}
    assert {fit.network for fit in spec.networks} == networks


def test_every_value_in_the_data_is_one_that_a_person_can_choose() -> None:
    for tool in tools_spec().tools:
        for condition in (*tool.fits, *tool.unfit):
            assert set(condition.values) <= set(CHOICES[condition.field]), (tool.id, condition)
    for rule in situations_spec().warnings:
        if rule.field != "country":
            assert {v.lstrip("!") for v in (*rule.case, *rule.yours)} - {"*"} <= set(CHOICES[rule.field]), rule.id
    for fit in tools_spec().networks:
        assert set(fit.levels) <= set(CHOICES["level"])
        assert set(fit.sectors) <= set(CHOICES["sector"])
    for question in tools_spec().session:
        for field, values in question.when.items():
            assert set(values) <= set(CHOICES[field]), question.id


def test_the_words_of_the_vocabulary_are_those_of_the_noun() -> None:
    literals = {
        "level": nouns.Level,
        "sector": nouns.Sector,
        "stage": nouns.Stage,
        "budget": nouns.Budget,
        "powers": nouns.Power,
        "politics": nouns.Politics,
        "scale": nouns.Scale,
        "obstacle": nouns.Obstacle,
        "needs": nouns.Need,
    }
    assert {field: set(get_args(kind)) for field, kind in literals.items()} == {f: set(c) for f, c in CHOICES.items()}


def test_agreement_is_counted_and_shown_field_by_field(literature: Literature) -> None:
    found = find_cases(COUNCIL, literature)
    for case in (*found.similar, *found.same_problem, *found.same_setting):
        assert [field.field for field in case.fields] == list(FIELDS)
        verdicts = [field.verdict for field in case.fields]
        assert (case.agrees, case.differs, case.cannot_tell) == tuple(map(verdicts.count, ("agrees", "differs", "cannot_tell")))
        for field in case.fields:
            assert (field.verdict == "agrees") == bool(field.shared)
            assert (field.verdict == "cannot_tell") == (not field.yours or not field.case)
            assert bool(field.case) == bool(field.citations)


def test_similar_cases_share_the_sector_and_dissimilar_ones_say_how_they_differ(literature: Literature) -> None:
    found = find_cases(COUNCIL, literature)

    def sector(case: CaseMatch) -> str:
        return next(field.verdict for field in case.fields if field.field == "sector")

    assert {sector(case) for case in (*found.similar, *found.same_problem)} == {"agrees"}
    assert {sector(case) for case in found.same_setting} == {"differs"}
    assert found.similar[0].agrees >= max(case.agrees for case in found.same_problem)
    assert found.compared == 55
    shown = [case.source_id for case in (*found.similar, *found.same_problem, *found.same_setting)]
    assert len(shown) == len(set(shown))


def test_a_difference_brings_its_warning_and_agreement_brings_none(literature: Literature) -> None:
    finland = _case(find_cases(COUNCIL, literature, most=60).similar, "finland-housing-first")
    assert "another-country" in [warning.rule for warning in finland.warnings]
    assert "leaves-the-level" not in [warning.rule for warning in finland.warnings], "the case was national and local"
    at_home = COUNCIL.model_copy(update={"country": "Finland", "powers": ["services", "convening", "money"]})
    same = _case(find_cases(at_home, literature, most=60).similar, "finland-housing-first")
    assert [warning.rule for warning in same.warnings] == []
    mayor = COUNCIL.model_copy(update={"sector": ["health"], "politics": ["cross_party"]})
    vaccines = _case(find_cases(mayor, literature, most=60).similar, "uk-vaccine-taskforce")
    assert {"crisis-then", "leader-then", "less-money", "no-buying", "leaves-the-level"} <= {w.rule for w in vaccines.warnings}
    assert all(warning.citations for warning in vaccines.warnings)


def _case(cases: list[CaseMatch], name: str) -> CaseMatch:
    return next(case for case in cases if case.source_id == name)


def test_every_transfer_rule_applies_to_some_case_and_situation() -> None:
    spec = situations_spec()
    never = []
    for rule in spec.warnings:
        choices = ["Nowhere"] if rule.field == "country" else list(CHOICES[rule.field])
        pairs = itertools.product(spec.cases, choices)
        if not any(rule.applies(set(profile.stated(rule.field)), {value}) for profile, value in pairs):
            never.append(rule.id)
    assert never == []


def test_a_tool_is_chosen_by_its_reasons_and_each_reason_quotes_what_was_said(literature: Literature) -> None:
    kit = choose_tools(COUNCIL, literature)
    verdicts = {tool.id: tool.fit for tool in kit.tools}
    assert verdicts["data-infrastructure"] == "fits"
    assert verdicts["service-hub"] == "fits_with_care", "called for, and the money is short"
    assert verdicts["outcome-contract"] == "does_not_fit"
    assert verdicts["challenge-prize"] == "nothing_calls_for_it"
    for tool in kit.tools:
        assert bool(tool.reasons_for) == (tool.fit in {"fits", "fits_with_care"})
        assert tool.evidence_for
        assert tool.evidence_against
        assert all(citation.evidence_type != "unknown" for citation in (*tool.evidence_for, *tool.evidence_against))


def test_every_tool_fits_some_situation_and_fails_another(literature: Literature) -> None:
    for tool in tools_spec().tools:
        called, against = tool.fits[0], tool.unfit[0]
        fitting = situation_from({called.field: _one(called.field, called.values[0]), "powers": tool.needs or None})
        assert _fit(tool.id, fitting, literature) == "fits", tool.id
        failing = situation_from({against.field: _one(against.field, against.values[0])})
        assert _fit(tool.id, failing, literature) in {"does_not_fit", "fits_with_care"}, tool.id


def _one(field: str, value: str) -> object:
    return [value] if field in {"obstacle", "politics"} else value


def _fit(tool_id: str, situation: Situation, literature: Literature) -> str:
    return next(tool.fit for tool in choose_tools(situation, literature).tools if tool.id == tool_id)


def test_a_tool_whose_power_is_another_s_says_so(literature: Literature) -> None:
    without = Situation(obstacle=["price"], powers=["convening"])
    grants = next(tool for tool in choose_tools(without, literature).tools if tool.id == "grants-prices")
    assert grants.fit == "fits_with_care"
    assert grants.lacks_power == "give grants, lend or invest or set taxes or benefits"
    assert _fit("grants-prices", Situation(obstacle=["price"]), literature) == "fits", "what is not said is not held against it"


def test_networks_fit_level_and_place_and_say_how_to_join(literature: Literature) -> None:
    offer = find_networks(Situation(country="Australia", level="local", needs=["leadership", "peers"]), literature)
    names = [network.source_id for network in offer.networks]
    assert "anzsog" in names
    assert not {"new-local", "nesta-mission-public-network", "oecd-mission-cop"} & set(names)
    assert all(network.join and network.serves for network in offer.networks)
    assert [len(network.serves) for network in offer.networks] == sorted((len(n.serves) for n in offer.networks), reverse=True)
    british = find_networks(Situation(country="Wales", level="local", needs=["participation"]), literature)
    assert british.networks[0].source_id == "new-local"


def test_the_guide_asks_by_stage_and_obstacle_and_each_question_has_a_prompt(literature: Literature) -> None:
    guide = make_guide(COUNCIL, literature)
    asked = [question.ask for question in guide.questions]
    assert any("another body take last month" in ask for ask in asked)
    assert not any("If our sponsor left" in ask for ask in asked)
    assert all(question.prompt for question in guide.questions)
    assert {case.side for case in guide.cases} == {"like yours", "unlike yours"}
    plain = make_guide(Situation(), literature)
    assert any("a year ago" in question.ask for question in plain.questions), "with no obstacle named, it asks for one"
    assert plain.cases == []


def test_the_same_situation_gives_the_same_results(literature: Literature, packaged: Assistant) -> None:
    again = Literature(packaged.library)
    assert find_cases(COUNCIL, literature) == find_cases(COUNCIL, again)
    assert choose_tools(COUNCIL, literature) == choose_tools(COUNCIL, again)
    assert find_networks(COUNCIL, literature) == find_networks(COUNCIL, again)


def test_all_that_is_quoted_is_exact(literature: Literature, packaged: Assistant) -> None:
    found, kit = find_cases(COUNCIL, literature), choose_tools(COUNCIL, literature)
    offer = find_networks(COUNCIL, literature)
    cited: list[Citation] = []
    for case in (*found.similar, *found.same_problem, *found.same_setting):
        cited += [c for field in case.fields for c in field.citations] + case.watch
        cited += [c for warning in case.warnings for c in warning.citations]
    for tool in kit.tools:
        cited += [*tool.what, *tool.evidence_for, *tool.evidence_against]
    for network in offer.networks:
        cited += [*network.what, *network.for_whom, *network.join]
    cited += [c for question in offer.guide.questions for c in question.prompt]
    passages = {p.id: p for source in {c.source_id for c in cited} for p in packaged.library.passages_of(source)}
    assert len(cited) > 200
    assert [c for c in cited if passages[c.passage_id].text[c.start : c.end] != c.quote] == []


def test_nothing_said_is_refused_with_what_to_say(literature: Literature) -> None:
    for find in (find_cases, choose_tools, find_networks):
        with pytest.raises(InputError, match="first"):
            find(Situation(challenge="all of it"), literature)


def test_a_wrong_word_names_the_choices_and_a_wrong_field_the_fields() -> None:
    with pytest.raises(InputError, match=r"'moon' is no level\. Give one of: international, national"):
        situation_from({"level": "moon"})
    with pytest.raises(InputError, match="no field 'colour'"):
        situation_from({"colour": "red"})
    with pytest.raises(InputError, match="holds no situation"):
        situation_from(["local"])


def test_one_name_for_one_country_and_a_nation_counts_as_the_kingdom_too() -> None:
    assert situation_from({"country": " uk "}).country == "United Kingdom"
    assert situation_from({"country": "scotland"}).given("country") == ["scotland", "United Kingdom"]
