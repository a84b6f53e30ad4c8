"""A receipt as one page to print or send, fit for a freedom-of-information request. Pure: values in, a whole document out.

Owns: what stands on it, in what order, in words. Does not own: looking anything up, or what a receipt holds. The page asks nothing of
the network; every word of a document, a question or a model is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from assistant.nouns import Answer, Citation, Completion, Receipt, Verdict
from ui.answer_text import citation_line
from ui.markup import Markup, coded, el, join, link
from ui.wording import EVIDENCE_NOTE, OUTCOME_WORDS, PRODUCT, SECTION_WORDS, STATUS_WORDS

VOTE_WORDS = {"supported": "for it", "unsupported": "against it", "unreadable": "unreadable"}
STEP_WORDS = {"retrieve": "searching", "compose": "choosing", "ground": "writing and checking", "total": "all together"}


@dataclass(frozen=True)
class Held:
    """What the library holds today of a passage that was considered."""

    title: str
    text: str


def receipt_page(receipt: Receipt, held: Mapping[str, Held]) -> str:
    """The whole document. `held`: passage id → what stands there now; a passage that is gone is said to be."""
    style = files("ui").joinpath("static", "receipt.css").read_text("utf-8")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="robots", content="noindex"),
        el("title", f"Receipt {receipt.id} – {PRODUCT}"),
        Markup(f"<style>{style}</style>"),
    )
    body = el(
        "main",
        _question(receipt),
        _answer(receipt.answer),
        _cited(receipt.answer),
        _dropped(receipt.verdicts, held),
        _kept(receipt.verdicts),
        _considered(receipt, held),
        _made(receipt),
    )
    return "<!doctype html>" + el("html", head, el("body", body), lang="en-GB") + "\n"


def _question(receipt: Receipt) -> Markup:
    answer = receipt.answer
    headline = OUTCOME_WORDS.get(answer.outcome, "It was answered.")
    return join([
        el("h1", "What produced this answer"),
        el("p", f"The record that {PRODUCT} made when it answered. Nothing on this page was added later, but for the present text of "
                "the passages considered.", class_="lead"),
        el("h2", "The question"),
        el("p", answer.question, class_="asked"),
        _understood(answer, receipt.completion),
        el("p", el("strong", coded(headline)), f" Searched {answer.searched.passages:,} passages in {answer.searched.sources:,} sources."),
        el("p", f"Asked on {_moment(receipt.created_at)}. Receipt {receipt.id}.", class_="small"),
    ])  # fmt: skip


def _understood(answer: Answer, completion: Completion | None) -> Markup | None:
    """How a follow-up was read, by which means, and what the chat model proposed in vain."""
    if answer.standalone_question == answer.question and (completion is None or not completion.problems):
        return None
    parts: list[object] = [el("p", el("em", "Understood as: "), answer.standalone_question)]
    if completion is not None:
        means = "The chat model completed it from the conversation." if completion.by == "model" else "It was completed by rule."
        means += f" It was also searched for as “{completion.after}”." if completion.after else ""
        parts.append(el("p", means + " No earlier turn was used as evidence.", class_="small"))
    if completion is not None and completion.problems:
        said = f"The chat model proposed “{completion.proposed}”. " if completion.proposed else ""
        parts.append(el("p", f"{said}That was not used: {'; '.join(completion.problems)}.", class_="small"))
    return join(parts)


def _answer(answer: Answer) -> Markup:
    parts: list[object] = [el("h2", "The answer")]
    for section, group in groupby(answer.sentences, key=lambda sentence: sentence.section):
        parts.append(el("h3", SECTION_WORDS[section]))
        for sentence in group:
            numbers = " ".join(f"[{citation.n}]" for citation in sentence.citations)
            shown = (
                sentence.text,
                " ",
                el("span", numbers, class_="number"),
                " ",
                el("span", STATUS_WORDS[sentence.status], class_="status"),
            )
            parts.append(el("p", *shown, class_="sentence"))
    if not answer.sentences:
        parts.append(el("p", "No statement was shown."))
    if answer.gaps:
        parts += [el("h3", "What the reader was told besides"), el("ul", *(el("li", coded(gap)) for gap in answer.gaps))]
    for found in answer.disagreements:
        sides = [
            el("blockquote", side.quote, el("p", _about_side(side.title, side.year, side.place), class_="small"))
            for side in (found.first, found.second)
        ]
        parts += [el("h3", f"Sources differ: {found.topic}"), *sides, el("p", found.note)]
    parts.append(el("p", EVIDENCE_NOTE, class_="small"))
    return join(parts)


def _about_side(title: str, year: int | None, place: str | None) -> str:
    return ", ".join(str(part) for part in (title, year, place) if part)


def _cited(answer: Answer) -> Markup | None:
    cited = {c.n: c for sentence in answer.sentences for c in sentence.citations}
    if not cited:
        return None
    items = [_citation(cited[number]) for number in sorted(cited)]
    return join([el("h2", "The words it rests on"), el("ol", *items, class_="evidence")])


def _citation(citation: Citation) -> Markup:
    where = f"Passage {citation.passage_id}, characters {citation.start:,} to {citation.end:,}."
    return el(
        "li",
        el("span", f"[{citation.n}]", class_="number"),
        citation_line(citation.model_copy(update={"url": None})),
        ". ",
        link(citation.url, citation.url) if citation.url else None,
        el("blockquote", citation.quote),
        el("p", where, class_="small"),
    )


def _dropped(verdicts: Sequence[Verdict], held: Mapping[str, Held]) -> Markup:
    dropped = [verdict for verdict in verdicts if not verdict.shown]
    heading = el("h2", "What was proposed and not shown")
    if not dropped:
        return join([heading, el("p", "Nothing: every proposed statement passed the check.")])
    rows = [
        el("tr", el("td", verdict.text), el("td", "; ".join(verdict.problems) or "it did not pass the check", _votes(verdict), class_="why"),
           el("td", _titles(verdict.passage_ids, held)))
        for verdict in dropped
    ]  # fmt: skip
    said = f"{len(dropped)} statement{'s' if len(dropped) != 1 else ''} did not pass the check. The reader did not see them."
    return join([heading, el("p", said), _table(("Statement", "Why it was not shown", "What it cited"), rows)])


def _kept(verdicts: Sequence[Verdict]) -> Markup | None:
    kept = [verdict for verdict in verdicts if verdict.shown]
    if not kept:
        return None
    rows = [
        el("tr", el("td", verdict.text), el("td", STATUS_WORDS[verdict.status]), el("td", verdict.scorer, _votes(verdict)),
           el("td", "; ".join(verdict.problems)))
        for verdict in kept
    ]  # fmt: skip
    return join([el("h2", "How each shown statement was checked"), _table(("Statement", "Status", "Checked by", "Noted"), rows)])


def _votes(verdict: Verdict) -> Markup | None:
    if not verdict.votes:
        return None
    said = ", ".join(VOTE_WORDS[vote] for vote in verdict.votes)
    return el("div", f"Votes of the model as judge: {said}.", class_="small")


def _titles(passage_ids: Sequence[str], held: Mapping[str, Held]) -> str:
    return "; ".join(held[i].title if i in held else f"passage {i}" for i in dict.fromkeys(passage_ids)) or "nothing"


def _considered(receipt: Receipt, held: Mapping[str, Held]) -> Markup:
    heading = el("h2", "What was considered")
    if not receipt.evidence:
        return join([heading, el("p", "Nothing was searched for this request.")])
    rows = []
    for each in receipt.evidence:
        now = held.get(each.passage_id)
        text = (
            (el("strong", now.title), ". ", now.text)
            if now
            else (f"Passage {each.passage_id} of {each.source_id}, no longer in the library.",)
        )
        rows.append(
            el("tr", el("td", each.rank), el("td", *text), el("td", " and ".join(each.found_by)), el("td", f"{each.score:.3f}"))
        )
    said = f"The {len(rows)} passages nearest to the question, best first, as they stand in the library today."
    if receipt.completion is not None and receipt.completion.after:
        said += " Those found by its second wording alone come last; their scores are of that search."
    return join([heading, el("p", said), _table(("Place", "Passage", "Found by", "Score"), rows)])


def _made(receipt: Receipt) -> Markup:
    models, cost = receipt.models, receipt.cost
    facts: dict[str, object] = {
        "Version": f"{PRODUCT} {receipt.version}",
        "Kind of request": receipt.route.replace("_", " "),
        "Written by": f"{models['chat']}, checked sentence by sentence" if models.get("chat") and receipt.answer.composer == "generative"
        else "quoting the library",
        "Chat model": models.get("chat") or "none was used",
        "Failure of the chat model": models.get("chat_error"),
        "Model as judge": models.get("judge") or "none was asked",
        "Embedding model": models.get("embedding"),
        "Prompts": ", ".join(f"{name} version {mark.replace(':', ', hash ')}" for name, mark in sorted(receipt.prompt_hashes.items())) or "none",
        "Tokens": _tokens(cost, used=bool(models.get("chat"))),
        "Cost": _money(cost, used=bool(models.get("chat"))),
        "Time": ", ".join(f"{STEP_WORDS.get(name, name)} {value:,.0f} ms" for name, value in receipt.answer.timings_ms.model_dump().items()),
        **{f"Library: {name}": value for name, value in sorted(receipt.fingerprint.items())},
        "Library: generation": receipt.generation,
    }  # fmt: skip
    pairs = [part for name, value in facts.items() if value not in (None, "") for part in (el("dt", name), el("dd", value))]
    return join([el("h2", "How it was made"), el("dl", *pairs)])


def _tokens(cost: Mapping[str, object], *, used: bool) -> str:
    if not used:
        return "none"
    how = " Estimated, since the server reported no count." if cost.get("estimated") else ""
    return (
        f"{cost.get('tokens', 0):,} ({cost.get('prompt_tokens', 0):,} sent, {cost.get('completion_tokens', 0):,} received).{how}"
    )


def _money(cost: Mapping[str, object], *, used: bool) -> str:
    if not used:
        return "none"
    money = cost.get("money")
    return (
        f"{money} {cost.get('currency', '')}".strip()
        if isinstance(money, int | float)
        else "unknown: no price is set for this model"
    )


def _table(heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    head = el("thead", el("tr", *(el("th", each, scope="col") for each in heads)))
    return el("div", el("table", head, el("tbody", *rows)), class_="wide", tabindex="0", role="region", aria_label=heads[0])


def _moment(created_at: str) -> str:
    return f"{created_at[:10]} at {created_at[11:19]} UTC"
