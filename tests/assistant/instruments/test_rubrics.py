"""The instruments' data: every reference is a statement of the library, and the files hold to their own rules."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from pydantic import ValidationError

from assistant.assistant import Assistant
from assistant.errors import CorpusError
from assistant.instruments.literature import Literature
from assistant.instruments.litmus import litmus_test
from assistant.instruments.litmus_spec import LitmusSpec
from assistant.instruments.maturity import maturity_spec
from assistant.instruments.spec import read_spec, rubric_of

NAMES = sorted(
    path.name.removesuffix(".yaml") for path in (files("corpus") / "instruments").iterdir() if path.name.endswith(".yaml")
)
REFERENCE = re.compile(r"\b[a-z0-9][a-z0-9-]*#[a-z_]+-\d+\b")


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_of_an_instrument_is_a_statement_of_the_library(name: str, packaged: Assistant) -> None:
    text = (files("corpus") / "instruments" / f"{name}.yaml").read_text("utf-8")
    literature = Literature(packaged.library)
    references = sorted(set(REFERENCE.findall(text)))
    assert references or name not in {"litmus", "maturity", "outcomes", "washing"}
    assert [reference for reference in references if literature.cite(reference) is None] == []


def test_the_litmus_test_has_five_to_eight_questions_and_cases_on_both_sides_of_every_result() -> None:
    spec = litmus_test().spec
    assert 5 <= len(spec.questions) <= 8
    for ending in spec.results:
        sides = {case.side.partition(" ")[0].rstrip(":") for case in ending.cases}
        assert sides == {"For", "Against"}, ending.key
    assert {ending.family for ending in spec.results} == {"mission", "programme", "something_else"}


def test_every_level_of_every_dimension_can_be_observed() -> None:
    spec = maturity_spec()
    assert len(spec.dimensions) == 9
    for dimension in spec.dimensions:
        assert len({level.describes for level in dimension.levels}) == len(spec.levels)
        assert all(level.look_at for level in dimension.levels)


def test_the_rubrics_say_that_they_are_ours() -> None:
    assert "this project's own" in litmus_test().spec.ours
    assert "this project's own" in maturity_spec().ours


def test_an_unknown_key_or_a_rule_to_nowhere_is_refused() -> None:
    data = litmus_test().spec.model_dump()
    with pytest.raises(ValidationError, match="Extra inputs"):
        LitmusSpec.model_validate({**data, "colour": "blue"})
    with pytest.raises(ValidationError, match="no result"):
        LitmusSpec.model_validate({**data, "rules": [{"key": "nowhere"}, *data["rules"]]})
    with pytest.raises(ValidationError, match="always hold"):
        LitmusSpec.model_validate({**data, "rules": data["rules"][:-1]})


def test_the_rubric_names_the_version_and_the_hash_of_the_file() -> None:
    rubric = rubric_of("litmus", "1")
    assert re.fullmatch(r"[0-9a-f]{64}", rubric.sha256)
    assert rubric_of("maturity", "1").sha256 != rubric.sha256


def test_a_missing_rubric_is_said_in_a_line() -> None:
    with pytest.raises(CorpusError, match="missing"):
        read_spec("nothing", LitmusSpec)
