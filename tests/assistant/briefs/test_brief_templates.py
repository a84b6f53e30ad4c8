"""Templates: those that ship, and a person's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.briefs.nouns import BriefRequest
from assistant.briefs.template import filled, scaled
from assistant.briefs.template_file import mark_of, packaged_template, packaged_text, read_template, template_names, template_of
from assistant.errors import InputError, NotFoundError


def test_the_five_templates_of_the_issue_ship() -> None:
    assert template_names() == ["case-comparison", "evidence-summary", "ministerial-note", "options-brief", "session-pack"]
    assert [packaged_template(name).id for name in template_names()] == template_names()


def test_every_statement_that_a_template_cites_is_in_the_packaged_library(packaged: Assistant) -> None:
    templates = [packaged_template(name) for name in template_names()]
    asks = [ask for t in templates for s in t.sections for ask in [*s.asks, *(p.ask for p in s.prompts)]]
    cited = [address for ask in asks for address in ask.cites]
    assert len(cited) > 15
    held = {
        f"{source}#{passage.statement}"
        for source in {address.partition("#")[0] for address in cited}
        for passage in packaged.library.passages_of(source)
    }
    assert set(cited) - held == set()


def test_a_copy_of_a_packaged_template_reads_as_the_template_it_is_a_copy_of(tmp_path: Path) -> None:
    copy = tmp_path / "mine.yaml"
    copy.write_text(packaged_text("options-brief"), "utf-8")
    assert read_template(str(copy)) == packaged_template("options-brief")


def test_a_changed_template_has_another_hash() -> None:
    template = packaged_template("ministerial-note")
    other = template.model_copy(update={"title": "Another note"})
    assert mark_of(template).sha256 != mark_of(other).sha256


def test_a_markdown_outline_is_a_template() -> None:
    template = template_of(
        "# Our note\n\n## What happened\nPlain words.\n- What results did $topic have?\n\n## Then what\n", name="x.md"
    )
    assert template.title == "Our note"
    assert [(s.id, s.heading, s.purpose) for s in template.sections] == [
        ("what-happened", "What happened", "Plain words."),
        ("then-what", "Then what", ""),
    ]
    assert [ask.question for ask in template.sections[0].asks] == ["What results did $topic have?"]
    assert [ask.question for ask in template.sections[1].asks] == ["Then what: $topic"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a list", "does not describe a template"),
        ("id: x\ntitle: X\nsections: []\n", "sections"),
        ("id: x\ntitle: X\nsections:\n- {id: a, heading: A}\n", "asks nothing"),
        ("id: x\ntitle: X\nsections:\n- {id: a, heading: A, kind: cases, asks: [{question: Q}]}\n", "column"),
        ("id: x\ntitle: X\ncolour: red\nsections:\n- {id: a, heading: A, kind: gaps}\n", "colour"),
        ("id: x\ntitle: X\nsections:\n- {id: a, heading: A, kind: gaps}\n- {id: a, heading: B, kind: gaps}\n", "two sections"),
        ("id: [", "is not YAML"),
    ],
)
def test_a_template_that_cannot_be_used_says_what_is_wrong_in_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        template_of(text, name="mine.yaml")
    assert str(caught.value).startswith("mine.yaml")
    assert "\n" not in str(caught.value)


def test_a_template_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NotFoundError, match="ministerial-note"):
        read_template("ministerial")


def test_the_topic_goes_in_as_words_and_is_no_program() -> None:
    request = BriefRequest(topic="$decision and ${x} {y}.", decision="")
    assert filled("About $topic", request) == "About $decision and ${x} {y}"
    assert filled("On $decision", BriefRequest(topic="Boards")) == "On Boards"


def test_length_scales_and_never_to_nothing() -> None:
    assert [scaled(1, "short"), scaled(5, "short"), scaled(5, "standard"), scaled(5, "long")] == [1, 3, 5, 8]
