"""The Library tab. Owns: its components: browsing, filtering, adding documents. Does not own: HTML or ingest."""

# Annotations stay values here: gradio is imported inside functions.

import re
from collections.abc import Sequence
from typing import Any

from assistant.nouns import Source
from ui.filters import SourceFilter, matching
from ui.markup import Markup, coded, el, join
from ui.render_pages import sources_html
from ui.serving import MOST_FILES, Services
from ui.spaces import seen, space_of
from ui.web.fragments import boxed, fragment
from ui.web.sessions import slim
from ui.wording import ADDED_ONLY, KIND_WORDS, OWN_UPLOAD_NOTE

SHOWN = 25
_LEADING = re.compile(r"^[\W_]+")  # a title in quotation marks stands where its first word does


def library_tab(services: Services, tab: Any) -> None:
    """Filters and the list on one side, adding documents on the other."""
    import gradio as gr

    fragment(join([el("h2", "Library"), el("p", el("a", "Add documents of your own", href="#library-upload"))]))
    themes = sorted({t for source in seen(services.assistant.library.sources().values(), None) for t in source.themes})
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            words = gr.Textbox(label="Words in the title, organisation or place", max_length=100, elem_id="library-words")
            mine = gr.Checkbox(label=ADDED_ONLY, elem_id="library-mine")
            with gr.Accordion("Kind and theme", open=False):
                kinds = gr.CheckboxGroup(
                    [(said, kind) for kind, said in KIND_WORDS.items()], label="Kind", elem_id="library-kind"
                )
                chosen_themes = gr.CheckboxGroup(
                    [(name.replace("-", " "), name) for name in themes], label="Theme", elem_id="library-theme"
                )
            show = gr.Button("Show sources", variant="primary", elem_id="library-show", scale=0, min_width=170)
            first = gr.State(0)
            listed = fragment(_listed(services, "", [], [], mine=False, first=0)[0], elem_id="library-list")
            with gr.Row(elem_classes="pager"):
                back = gr.Button("Previous 25", elem_id="library-back", scale=0, min_width=150)
                onward = gr.Button("Next 25", elem_id="library-next", scale=0, min_width=150)
        with gr.Column(scale=2, min_width=320):
            fragment(_upload(services), elem_id="library-upload")

    def look(step: int) -> Any:
        def shown(sent: gr.Request, said: str, some: Sequence[Any], about: Sequence[str], own: Any, start: int) -> list[Any]:
            slim(sent)
            first = max(0, start + step) if step else 0
            html, reached = _listed(services, said, some, about, mine=bool(own), first=first, space=space_of(sent.cookies))
            return [boxed(html), reached]

        return shown

    places: tuple[list[Any], list[Any]] = ([words, kinds, chosen_themes, mine, first], [listed, first])
    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for event, step in ((show.click, 0), (words.submit, 0), (onward.click, SHOWN), (back.click, -SHOWN), (tab.select, 0)):
        event(look(step), *places, **options)


def _listed(
    services: Services,
    said: str,
    kinds: Sequence[Any],
    themes: Sequence[str],
    *,
    mine: bool,
    first: int,
    space: str | None = None,
) -> tuple[Markup, int]:
    wanted = SourceFilter(kinds=list(kinds or []), themes=list(themes or []), mine=bool(mine))
    looked_for = (said or "").casefold().split()
    visible = seen(services.assistant.library.sources().values(), space)
    found = [s for s in matching(visible, wanted) if _holds(s, looked_for)]
    found.sort(key=lambda source: _LEADING.sub("", source.title.casefold()))
    first = first if 0 <= first < len(found) else max(0, (len(found) - 1) // SHOWN * SHOWN)
    return sources_html(found, first=first, shown=SHOWN), first


def _holds(source: Source, words: Sequence[str]) -> bool:
    text = " ".join([source.title, source.organisation or "", source.place or "", *source.aliases]).casefold()
    return all(word in text for word in words)


def _upload(services: Services) -> Markup:
    largest = f"{services.settings.file_limit_mb} MB each"
    limit = f"PDF, Word, PowerPoint, Excel, web pages and text. Up to {MOST_FILES} files at once, {largest}."
    form = el(
        "form",
        el("label", "Choose files, or drop them on this field", for_="upload-files"),
        el("input", type="file", id="upload-files", name="files", multiple=True, required=True, aria_describedby="upload-hint"),
        el("p", limit, " ", coded(OWN_UPLOAD_NOTE), id="upload-hint", class_="hint"),
        el("button", "Add to the library", type="submit"),
        class_="upload-form",
    )
    columns = ("File", "Status", "What was found, or what to do")
    titles = el("tr", *(el("th", name, scope="col", role="columnheader") for name in columns), role="row")
    head = el("thead", titles, role="rowgroup")
    report = el(
        "table",
        el("caption", "What became of each file"),
        head,
        el("tbody", class_="upload-report", role="rowgroup"),
        role="table",
        hidden=True,
    )
    bar = el("p", el("label", "Progress", for_="upload-bar"), " ", el("progress", id="upload-bar", max="1"), hidden=True)
    said = el("p", role="status", class_="upload-said")
    return el("section", el("h3", "Add documents"), form, bar, said, report, class_="upload")
