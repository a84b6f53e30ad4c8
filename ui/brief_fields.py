"""A brief's form as a request. Owns: reading the fields of the form and of its editable outline. Does not own: the form as HTML.

The outline is one section a line, `id | heading`, in any order; a line without an id is a section of the person's own, whose heading is asked
of the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from assistant.briefs.nouns import BriefRequest
from assistant.briefs.template import Ask, SectionPlan, Template, filled
from assistant.briefs.template_file import packaged_template, template_names
from assistant.errors import InputError, NotFoundError

Fields = Mapping[str, Sequence[str]]
MOST_SECTIONS = 40
OWN_MOST = 5  # statements of a section that is a person's own


def one_field(fields: Fields, name: str) -> str:
    """The first value of a field, without white space around it; '' where it is not there."""
    return (list(fields.get(name, ())) or [""])[0].strip()


def request_from(fields: Fields) -> BriefRequest:
    """The request of a form. Raises InputError for a topic without words or a field that is too long."""
    names = ("client", "situation", "decision", "audience")
    given = {name: one_field(fields, name) for name in names}
    topic = " ".join(one_field(fields, "topic").split())
    if not any(ch.isalpha() for ch in topic):
        raise InputError("Say what the brief is about, in a few words.")
    length = one_field(fields, "length") or "standard"
    try:
        return BriefRequest.model_validate({"topic": topic, "length": length, "cases": _cases(fields), **given})
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"The field '{first['loc'][0]}' cannot be used: {first['msg']}.") from None


def template_from(fields: Fields) -> Template:
    """The chosen template, its outline as the form has it. Raises NotFoundError, InputError."""
    name = one_field(fields, "template") or "ministerial-note"
    if name not in template_names():
        raise NotFoundError(f"There is no template '{name[:40]}'. Choose one of the list.")
    template = packaged_template(name)
    outline = one_field(fields, "outline")
    return outlined(template, outline) if outline else template


def outline_of(template: Template, topic: str = "") -> str:
    """A template's sections, one a line, to be edited."""
    request = BriefRequest(topic=topic or "the topic")
    return "\n".join(f"{plan.id} | {filled(plan.heading, request)}" for plan in template.sections)


def outlined(template: Template, outline: str) -> Template:
    """The template with the sections, order and headings of an edited outline. Raises InputError."""
    known = {plan.id: plan for plan in template.sections}
    plans: list[SectionPlan] = []
    for line in (line.strip() for line in outline.splitlines()):
        if not line:
            continue
        name, bar, heading = (part.strip() for part in line.partition("|"))
        if bar and name in known:
            plans.append(known[name].model_copy(update={"heading": heading or known[name].heading}))
        else:
            plans.append(_own_section(heading or name, len(plans)))
    if not 1 <= len(plans) <= MOST_SECTIONS or len({plan.id for plan in plans}) != len(plans):
        raise InputError(f"The outline needs 1 to {MOST_SECTIONS} sections, each once. Take out the lines that stand twice.")
    return template.model_copy(update={"sections": plans})


def _own_section(heading: str, number: int) -> SectionPlan:
    ask = Ask(question=heading if heading.endswith("?") else f"{heading}: $topic", most=OWN_MOST)
    return SectionPlan(id=f"own-{number + 1}", heading=heading[:400], asks=[ask])


def _cases(fields: Fields) -> list[str]:
    return [name for name in one_field(fields, "cases").replace(",", " ").split() if name]
