"""A checked draft as a table. Owns: its Markdown and its HTML. Pure; everything from the draft and the library is escaped.

Does not own: the words (`draft_words.py`), or Word files (`draft_docx.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.nouns import CheckedSentence, DraftReport
from assistant.nouns import Citation
from ui.draft_words import NOTE, STATUS_ICONS, STATUS_MEANINGS, STATUS_WORDS, counts_line, reasons, source_line
from ui.markup import Markup, el, join, link

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$-])")
HEADS = ("No.", "Sentence", "Status", "Why", "What the library says")


def report_markdown(report: DraftReport) -> str:
    """The report as Markdown: counts, the table, the sentences that were not judged."""
    rows = [_markdown_row(each) for each in claims_of(report)]
    warned = [f"- {_escaped(warning)}" for warning in report.warnings]
    return "\n".join(
        [
            f"# {_escaped(report.file)}, held against the library",
            "",
            counts_line(report),
            "",
            NOTE,
            *(["", *warned] if warned else []),
            "",
            "| " + " | ".join(HEADS) + " |",
            "|" + " --- |" * len(HEADS),
            *rows,
            "",
            f"Searched: {report.searched.passages:,} passages of {report.searched.sources:,} sources. Checker: {report.checker}.",
            "",
        ]
    )


def report_html(report: DraftReport, *, top: int = 2) -> Markup:
    """The report as a fragment. `top`: the level of its heading."""
    rows = [_row(each) for each in claims_of(report)]
    left = [each for each in report.sentences if each.status == "not_a_claim"]
    head = el("thead", el("tr", *(el("th", each, scope="col") for each in HEADS)))
    table = el("table", el("caption", "Each statement of fact"), head, el("tbody", *rows), class_="draft-table") if rows else None
    return el(
        "article",
        el(f"h{top}", f"{report.file}, held against the library"),
        el("p", el("strong", counts_line(report))),
        el("p", NOTE, class_="hint"),
        *(el("p", warning, class_="problem") for warning in report.warnings),
        el("div", table, class_="wide", tabindex="0", role="region", aria_label="Each statement of fact") if table else None,
        _left_html(left),
        el("p", f"Searched: {report.searched.passages:,} passages of {report.searched.sources:,} sources.", class_="hint"),
        class_="draft-report",
    )


def report_page(report: DraftReport, *, style: str) -> str:
    """The report as one HTML file with its style inside."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{report.file}, checked"),
        el("style", Markup((style + STYLE).replace("</", "<\\/"))),
    )
    return "<!doctype html>" + el("html", head, el("body", el("main", report_html(report, top=1)), class_="plain"), lang="en-GB")


STYLE = (
    " .draft-table{border-collapse:collapse;width:100%}.draft-table caption{text-align:left;font-weight:600}"
    ".draft-table th,.draft-table td{border:1px solid var(--line,#c3ccd6);padding:.5rem;text-align:left;vertical-align:top}"
    ".draft-table blockquote{margin:.25rem 0}.wide{overflow-x:auto}body.plain main:has(.draft-report){max-width:76rem}"
)


def claims_of(report: DraftReport) -> list[CheckedSentence]:
    """The sentences that were judged, in the draft's order."""
    return [each for each in report.sentences if each.status != "not_a_claim"]


def _row(sentence: CheckedSentence) -> Markup:
    status = el(
        "span",
        STATUS_ICONS[sentence.status],
        " ",
        el("strong", STATUS_WORDS[sentence.status]),
        title=STATUS_MEANINGS[sentence.status],
    )
    read = el("p", f"Read as: {sentence.reads_as}", class_="hint") if sentence.reads_as else None
    return el(
        "tr",
        el("td", str(sentence.n)),
        el("td", sentence.text, read),
        el("td", status, class_=f"draft-{sentence.status}"),
        el("td", reasons(sentence)),
        el("td", *(_quoted(each) for each in sentence.citations)) if sentence.citations else el("td", "Nothing."),
    )


def _quoted(citation: Citation) -> Markup:
    return join([el("blockquote", f"“{citation.quote}”"), el("p", link(citation.url, source_line(citation)), class_="by")])


def _left_html(left: Sequence[CheckedSentence]) -> Markup | None:
    if not left:
        return None
    items = [el("li", f"{each.n}. “{each.text}” ", el("span", reasons(each), class_="hint")) for each in left]
    return el("details", el("summary", f"{len(left)} sentence{'s' * (len(left) != 1)} not judged"), el("ul", *items))


def _markdown_row(sentence: CheckedSentence) -> str:
    quotes = " ".join(f"“{_escaped(c.quote)}” ({_escaped(source_line(c).rstrip('.'))})" for c in sentence.citations) or "Nothing."
    read = f" (read as: {_escaped(sentence.reads_as)})" if sentence.reads_as else ""
    cells = (str(sentence.n), _escaped(sentence.text) + read, STATUS_WORDS[sentence.status], _escaped(reasons(sentence)), quotes)
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    """Text on one line whose marks Markdown shows and does not obey."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
