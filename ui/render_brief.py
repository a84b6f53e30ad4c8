"""A kept brief as a page on which it is read, changed, reviewed and downloaded. Owns: its HTML. Pure: values in, Markup out.

Every control is a plain form that posts to the server: the whole page works by keyboard and without a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.briefs.nouns import Brief, BriefSection, BriefTable, Statement
from assistant.briefs.stale import WORDS
from assistant.briefs.store import KeptBrief
from ui.brief_words import HOW_TO_READ, NO_GAPS, NOTHING_FOUND, day_words, kind_words, mark_words, status_line, where_words
from ui.briefing import FORMATS, Standing
from ui.export_references import ENDINGS
from ui.markup import Markup, el, join, link
from ui.render_pages import page

MOVABLE = frozenset({"request", "statements", "people", "gaps"})
FORMAT_WORDS = {"docx": "Word", "pdf": "PDF", "md": "Markdown", "html": "HTML", "json": "JSON"}
REFERENCE_WORDS = {".bib": "BibTeX", ".ris": "RIS", ".json": "CSL-JSON"}


def brief_page(kept: KeptBrief, standing: Standing, *, said: str = "") -> str:
    """The whole page. `said`: what came of the last change."""
    brief = kept.brief
    body = [
        el("p", said, class_="outcome", role="status") if said else None,
        el("h1", brief.title, tabindex="-1"),
        el("p", f"{brief.template.title}. {status_line(brief)} Version {kept.version}, {day_words(kept.created_at)}."),
        _standing(kept, standing),
        _downloads(kept, standing),
        el("p", HOW_TO_READ, class_="hint"),
        *(_section(kept, section) for section in brief.sections),
        _notes(brief),
        _review(kept),
    ]
    return with_brief_style(page(brief.title, *body))


def building_page(job_id: str, says: str) -> str:
    """The page of a brief under way; its script asks how far it is, and without one a link does."""
    body = [
        el("h1", "Writing the brief"),
        el("p", says, id="brief-doing", role="status", data_job=job_id),
        el("p", el("a", "Look again", href=f"/briefs/building/{job_id}")),
    ]
    return with_brief_style(page("Writing the brief", *body))


def kept_list(found: Iterable[tuple[KeptBrief, bool]]) -> Markup:
    """The briefs that are kept, newest first; the stale ones say so."""
    items = [
        el(
            "li",
            el("a", kept.brief.title, href=f"/briefs/{kept.id}"),
            f" ({kept.template.title}, version {kept.version}, {day_words(kept.created_at)}). {status_line(kept.brief)}",
            el("strong", " Stale: a source behind it has changed.") if stale else None,
        )
        for kept, stale in found
    ]
    return el("ul", *items) if items else el("p", "No briefs are kept yet.", class_="hint")


def with_brief_style(html: str) -> str:
    """A page with the style and script of briefs."""
    extra = join([el("link", rel="stylesheet", href="/static/brief.css"), el("script", src="/static/brief.js", defer=True)])
    return html.replace("</head>", f"{extra}</head>", 1)


def _standing(kept: KeptBrief, standing: Standing) -> Markup | None:
    items = [el("li", f"“{t.text}”: {WORDS[t.how]}.") for t in standing.touched]
    items += [el("li", finding.says) for finding in standing.audit.findings]
    if not items:
        return el("p", f"Reference audit: all {standing.audit.references} references hold.", class_="hint")
    failures = len(standing.audit.failures)
    headline = f"The reference audit fails for {failures} of them." if failures else "To look at before this is sent:"
    stale = "Stale: sources behind it have changed. " if standing.stale else ""
    return el(
        "section",
        el("h2", "Reference audit", id=f"audit-{kept.id}"),
        el("p", el("strong", stale + headline)),
        el("ul", *items),
        class_="audit",
    )


def _downloads(kept: KeptBrief, standing: Standing) -> Markup:
    address = f"/briefs/{kept.id}/file"
    blocked = "?override=yes" if standing.audit.failures else ""
    files = [el("li", el("a", FORMAT_WORDS[form], href=f"{address}.{form}{blocked}", class_="button")) for form in FORMATS]
    files += [
        el("li", el("a", f"References: {REFERENCE_WORDS[e]}", href=f"/briefs/{kept.id}/references{e}", class_="button"))
        for e in ENDINGS
    ]
    warning = "The audit fails: the downloads say so on their first page." if blocked else None
    return el(
        "section",
        el("h2", "Download"),
        el("p", warning, class_="problem") if warning else None,
        el("ul", *files, class_="downloads"),
    )


def _section(kept: KeptBrief, section: BriefSection) -> Markup:
    shown = [el("p", own, class_="own") for own in section.own_words]
    movable = section.kind in MOVABLE
    items = [_statement(kept, s, movable=movable) for s in section.statements if s.shown]
    dropped = [s for s in section.in_order() if not s.shown]
    parts: list[Markup | None] = [
        el("h2", section.heading, id=f"s-{section.id}"),
        el("p", section.purpose, class_="hint") if section.purpose else None,
        *shown,
        el("ul", *items, class_="statements") if items else None,
        _table(kept, section.table) if section.table else None,
        *(_prompt(kept, prompt.text, prompt.statements) for prompt in section.prompts),
        el("ul", *(el("li", gap) for gap in kept.brief.gaps or [NO_GAPS])) if section.kind == "gaps" else None,
        _empty(section) if not items else None,
        _dropped(kept, dropped) if dropped else None,
        _remarks(kept, section),
        _section_tools(kept, section),
    ]
    return el("section", *parts, class_="brief-section", aria_labelledby=f"s-{section.id}")


def _empty(section: BriefSection) -> Markup | None:
    told = section.table or section.prompts or section.own_words or section.kind == "gaps"
    return None if told else el("p", f"{NOTHING_FOUND}.")


def _statement(kept: KeptBrief, statement: Statement, *, movable: bool) -> Markup:
    return el("li", _sentence(statement), " ", _tools(kept, statement, movable=movable), id=f"st-{statement.id}")


def _sentence(statement: Statement) -> Markup:
    numbers = [el("sup", el("a", str(c.n), href=f"#note-{c.n}", aria_label=f"Note {c.n}")) for c in statement.citations]
    mark = mark_words(statement)
    kept = el("span", " kept", class_="mark") if statement.state == "kept" else None
    why = [el("span", f" Why not verified: {problem}.", class_="why") for problem in statement.problems[:2]]
    return join([statement.text, *numbers, el("span", f" {mark}", class_="mark") if mark else None, kept, *why])


def _tools(kept: KeptBrief, statement: Statement, *, movable: bool) -> Markup:
    """What one can do with a sentence, in a part that opens."""
    name = statement.id
    simple = [("keep", "Keep"), ("drop", "Drop"), *((("up", "Move up"), ("down", "Move down")) if movable else ())]
    buttons = [el("button", words, type="submit", name="action", value=action) for action, words in simple]
    reword = [
        el("label", "New words", for_=f"text-{name}"),
        el("textarea", statement.text, id=f"text-{name}", name="text", rows="3", maxlength="1200"),
        el("label", "Your name", for_=f"by-{name}"),
        el("input", id=f"by-{name}", name="by", maxlength="200", autocomplete="name"),
        el("button", "Check and save these words", type="submit", name="action", value="edit"),
    ]
    form = _form(kept, el("div", *buttons, class_="actions"), *reword, statement=name)
    return el("details", el("summary", "Change", el("span", f" the sentence {name}", class_="unseen")), form, class_="tools")


def _table(kept: KeptBrief, table: BriefTable) -> Markup:
    header = el(
        "tr", el("th", table.corner or "What is compared", scope="col"), *(el("th", c, scope="col") for c in table.columns)
    )
    rows = []
    for row in table.rows:
        label = el("th", row.label, el("p", row.detail, class_="hint") if row.detail else None, scope="row")
        cells = []
        for cell in row.cells:
            parts = [el("div", _sentence(s), _tools(kept, s, movable=False), id=f"st-{s.id}") for s in cell.statements if s.shown]
            cells.append(el("td", *parts) if parts else el("td", el("em", NOTHING_FOUND)))
        rows.append(el("tr", label, *cells))
    made = el("table", el("thead", header), el("tbody", *rows))
    return el("div", made, class_="scroll", tabindex="0", role="region", aria_label=table.caption)


def _prompt(kept: KeptBrief, text: str, statements: Sequence[Statement]) -> Markup:
    items = [_statement(kept, s, movable=False) for s in statements if s.shown]
    return el("div", el("h3", text), el("ul", *items) if items else el("p", f"{NOTHING_FOUND} to read on it."))


def _dropped(kept: KeptBrief, statements: Sequence[Statement]) -> Markup:
    items = [
        el(
            "li",
            s.text,
            " ",
            _form(
                kept,
                el("button", "Bring back", el("span", f" {s.id}", class_="unseen"), type="submit", name="action", value="keep"),
                statement=s.id,
            ),
        )
        for s in statements
    ]
    return el("details", el("summary", f"Dropped ({len(statements)})"), el("ul", *items))


def _section_tools(kept: KeptBrief, section: BriefSection) -> Markup:
    name = section.id
    redo = el("button", "Research this section again", type="submit", name="action", value="redo")
    rename = [
        el("label", "Heading", for_=f"heading-{name}"),
        el("input", id=f"heading-{name}", name="text", value=section.heading, maxlength="200"),
        el("button", "Change the heading", type="submit", name="action", value="rename"),
    ]
    forms = [_form(kept, redo, section=name), _form(kept, *rename, section=name), _remark_form(kept, name)]
    return el(
        "details",
        el("summary", "Section", el("span", f" {section.heading}", class_="unseen"), ": redo, rename, remark"),
        *forms,
        class_="tools",
    )


def _remark_form(kept: KeptBrief, name: str) -> Markup:
    return _form(
        kept,
        el("label", "Remark", for_=f"remark-{name}"),
        el("textarea", id=f"remark-{name}", name="text", rows="2", maxlength="4000"),
        el("label", "Your name", for_=f"remark-by-{name}"),
        el("input", id=f"remark-by-{name}", name="by", maxlength="200", autocomplete="name"),
        el("button", "Add the remark", type="submit", name="action", value="comment"),
        section=name,
    )


def _remarks(kept: KeptBrief, section: BriefSection) -> Markup | None:
    remarks = [comment for comment in kept.brief.comments if comment.section == section.id]
    items = [el("li", el("strong", f"{c.by}, {day_words(c.at)}: "), c.text) for c in remarks]
    return el("div", el("h3", "Remarks"), el("ul", *items), class_="remarks") if items else None


def _notes(brief: Brief) -> Markup:
    items = []
    for n, c in sorted(brief.citations().items()):
        parts = [
            link(c.url, c.cited_as or c.title),
            *(f". {words}" for words in (where_words(c), kind_words(c)) if words),
            ". ",
            el("q", c.quote),
        ]
        items.append(el("li", *parts, id=f"note-{n}"))
    return el("section", el("h2", "Notes"), el("ol", *items) if items else el("p", "Nothing is cited."))


def _review(kept: KeptBrief) -> Markup:
    approve = _form(
        kept,
        el("label", "Your name", for_="approve-by"),
        el("input", id="approve-by", name="by", maxlength="200", autocomplete="name"),
        el("button", "Approve it exactly as it stands", type="submit", name="action", value="approve"),
    )
    delete = _form(kept, el("button", "Delete this brief with all its versions", type="submit", name="action", value="delete"))
    return el("section", el("h2", "Review"), el("p", status_line(kept.brief)), approve, delete)


def _form(kept: KeptBrief, *children: object, statement: str = "", section: str = "") -> Markup:
    hidden = [
        el("input", type="hidden", name=name, value=value)
        for name, value in (("statement", statement), ("section", section))
        if value
    ]
    return el("form", *hidden, *children, method="post", action=f"/briefs/{kept.id}/change", class_="brief-form")
