"""Building a brief, in order:

    request + template → each section researched and proved → disagreements → gaps → one numbering → receipt

Owns: that order. Does not own: any of the steps.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.briefs.desk import Desk
from assistant.briefs.disagreements import find_disagreements
from assistant.briefs.nouns import Brief, BriefReceipt, BriefRequest, BriefSection, TemplateMark
from assistant.briefs.numbering import numbered
from assistant.briefs.research import Said
from assistant.briefs.sections import Workbench, make_section
from assistant.briefs.template import Template, filled
from assistant.briefs.template_file import mark_of
from assistant.compose import extractive, generative
from assistant.compose.writing import ChatRecord
from assistant.receipts import product_version


def build_brief(desk: Desk, request: BriefRequest, template: Template) -> Brief:
    """Research and write a whole brief. Raises NotFoundError or InputError for cases that cannot be compared."""
    started = time.perf_counter()
    bench = Workbench(desk, template, request, Said())
    desk.subject(request.topic, bench.questions(request.topic))
    sections: list[BriefSection] = []
    chats: list[ChatRecord] = []
    timings: dict[str, float] = {}
    for number, plan in enumerate(template.sections, start=1):
        desk.on_step(f"Section {number} of {len(template.sections)}: {filled(plan.heading, request)}")
        before = time.perf_counter()
        made = make_section(bench, plan)
        sections.append(made.section)
        chats += made.chats
        timings[plan.id] = _milliseconds(before)
    mark = mark_of(template)
    timings["total"] = _milliseconds(started)
    brief = Brief(
        title=request.topic.rstrip(" ."),
        request=request,
        template=mark,
        sections=sections,
        receipt=make_receipt(desk, request.topic, mark, chats, timings),
    )
    desk.on_step("Checking and numbering the references")
    return finished(desk, brief)


def finished(desk: Desk, brief: Brief) -> Brief:
    """The brief with what follows from its sections: disagreements, gaps, numbers, and the hashes of the sources it cites."""
    first = brief.model_copy(update={"disagreements": []})
    brief = brief.model_copy(update={"disagreements": find_disagreements(desk, first.shown()), "gaps": whole_gaps(desk, brief)})
    brief = numbered(brief)
    hashes = desk.assistant.library.content_hashes()
    cited = sorted({c.source_id for c in brief.citations().values()})
    kept = brief.receipt.sources
    sources = {i: kept.get(i) or hashes[i] for i in cited if i in kept or i in hashes}
    return brief.model_copy(update={"receipt": brief.receipt.model_copy(update={"sources": sources})})


def whole_gaps(desk: Desk, brief: Brief) -> list[str]:
    """What the library lacks on the topic as a whole, and what each section found nothing on."""
    topic = brief.request.topic
    subject = desk.subject(topic, [r.question for section in brief.sections for r in section.researched])
    gaps = []
    if subject.unknown:
        words = ", ".join(f"“{word}”" for word in subject.unknown[:4])
        gaps.append(f"The library does not use the word{'s' if len(subject.unknown) > 1 else ''} {words}.")
    if not subject.candidates:
        near = "; ".join(subject.nearest)
        gaps.append(
            f"The library holds nothing on “{topic}”." + (f" The nearest sources, which do not fit, are: {near}." if near else "")
        )
    elif not subject.whole:
        gaps.append(
            f"No source of the library is on “{topic}” as such. What is shown covers parts of it: judge whether it carries over."
        )
    return [*gaps, *(gap for section in brief.sections for gap in section.gaps)]


def make_receipt(
    desk: Desk, topic: str, mark: TemplateMark, chats: Sequence[ChatRecord], timings: dict[str, float]
) -> BriefReceipt:
    """What produced the brief: library, template, composer, times. The cited sources' hashes come when they are known."""
    library = desk.assistant.library
    facts = library.read_meta()
    failed = next((chat.error for chat in chats if chat.error), None)
    return BriefReceipt(
        created_at=now(),
        product_version=product_version(),
        fingerprint={key.partition(".")[2]: value for key, value in facts.items() if key.startswith("fingerprint.")},
        generation=library.generation(),
        composer=generative.NAME if chats else extractive.NAME,
        models={
            "embedding": desk.assistant.embedder.fingerprint,
            "chat": chats[0].model if chats else None,
            "chat_error": failed,
        },
        prompt_hashes={name: value for chat in chats for name, value in chat.prompt_hashes.items()},
        cost={"tokens": sum(int(str(chat.cost.get("tokens", 0))) for chat in chats)},
        template=mark,
        sources={},
        searched=desk.searched(topic),
        timings_ms=timings,
    )


def now() -> str:
    """This moment: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _milliseconds(since: float) -> float:
    return round(1000 * (time.perf_counter() - since), 1)
