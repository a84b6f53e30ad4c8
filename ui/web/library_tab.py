"""The Library tab. Owns: its components: browsing, filtering, adding documents. Does not own: HTML or ingest."""

# Annotations stay values here: gradio is imported inside functions.

from collections.abc import Sequence
from typing import Any

from assistant.nouns import Source
from ui.filters import SourceFilter, matching
from ui.markup import Markup, coded, el
from ui.render_pages import sources_html
from ui.serving import MOST_FILES, Services
from ui.web.app import boxed, fragment
from ui.wording import KIND_WORDS, OWN_UPLOAD_NOTE, SHARED_UPLOAD_NOTE

SHOWN = 25


def library_tab(services: Services) -> None:
    """Filters above, the list below, adding documents last."""
    import gradio as gr

    fragment(el("h2", "Library"))
    themes = sorted({theme for source in services.assistant.library.sources().values() for theme in source.themes})
    with gr.Row():
        words = gr.Textbox(label="Words in the title, organisation or place", max_length=100, elem_id="library-words")
        mine = gr.Checkbox(label="Only documents that were added here", elem_id="library-mine")
    with gr.Accordion("Kind and theme", open=False):
        kinds = gr.CheckboxGroup([(said, kind) for kind, said in KIND_WORDS.items()], label="Kind", elem_id="library-kind")
        chosen_themes = gr.CheckboxGroup(
            [(name.replace("-", " "), name) for name in themes], label="Theme", elem_id="library-theme"
        )
    with gr.Row():
        show = gr.Button("Show sources", variant="primary", elem_id="library-show", scale=0, min_width=170)
        back = gr.Button("Previous 25", elem_id="library-back", scale=0, min_width=150)
        onward = gr.Button("Next 25", elem_id="library-next", scale=0, min_width=150)
    first = gr.State(0)
    listed = fragment(_listed(services, "", [], [], mine=False, first=0)[0], elem_id="library-list")
    fragment(_upload(services), elem_id="library-upload")

    def look(step: int) -> Any:
        def shown(said: str, some: Sequence[Any], about: Sequence[str], own: Any, start: int) -> list[Any]:
            html, reached = _listed(services, said, some, about, mine=bool(own), first=max(0, start + step) if step else 0)
            return [boxed(html), reached]

        return shown

    places: tuple[list[Any], list[Any]] = ([words, kinds, chosen_themes, mine, first], [listed, first])
    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for event, step in ((show.click, 0), (words.submit, 0), (onward.click, SHOWN), (back.click, -SHOWN)):
        event(look(step), *places, **options)


def _listed(
    services: Services, said: str, kinds: Sequence[Any], themes: Sequence[str], *, mine: bool, first: int
) -> tuple[Markup, int]:
    wanted = SourceFilter(kinds=list(kinds or []), themes=list(themes or []), mine=bool(mine))
    looked_for = (said or "").casefold().split()
    found = [s for s in matching(services.assistant.library.sources().values(), wanted) if _holds(s, looked_for)]
    found.sort(key=lambda source: source.title.casefold())
    first = first if 0 <= first < len(found) else max(0, (len(found) - 1) // SHOWN * SHOWN)
    return sources_html(found, first=first, shown=SHOWN), first


def _holds(source: Source, words: Sequence[str]) -> bool:
    text = " ".join([source.title, source.organisation or "", source.place or "", *source.aliases]).casefold()
    return all(word in text for word in words)


def _upload(services: Services) -> Markup:
    if services.shared:
        return el("section", el("h3", "Add documents"), el("p", coded(SHARED_UPLOAD_NOTE)), class_="upload")
    largest = f"{services.settings.file_limit_mb} MB each"
    limit = f"PDF, Word, PowerPoint, Excel, web pages and text. Up to {MOST_FILES} files at once, {largest}."
    form = el(
        "form",
        el("label", "Choose files, or drop them on this field", for_="upload-files"),
        el("input", type="file", id="upload-files", name="files", multiple=True, required=True, aria_describedby="upload-hint"),
        el("p", limit, " ", OWN_UPLOAD_NOTE, id="upload-hint", class_="hint"),
        el("button", "Add to the library", type="submit"),
        class_="upload-form",
    )
    head = el("thead", el("tr", *(el("th", name, scope="col") for name in ("File", "Status", "What was found, or what to do"))))
    report = el("table", el("caption", "What became of each file"), head, el("tbody", class_="upload-report"), hidden=True)
    return el("section", el("h3", "Add documents"), form, el("p", role="status", class_="upload-said"), report, class_="upload")
