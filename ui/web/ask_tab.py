"""The Ask tab. Owns: its components and what happens when one is used. Does not own: asking, or HTML (see `ui/render*.py`)."""

# Annotations stay values here: gradio is imported inside functions.

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ui.asking import AskRequest
from ui.filters import SourceFilter
from ui.markup import Markup, el, join
from ui.render_actions import introduction_html, starters_html
from ui.render_parts import button
from ui.serving import Services
from ui.spaces import seen, space_of
from ui.web.conversation import Conversation, Frame
from ui.web.fragments import boxed, fragment
from ui.web.sessions import slim
from ui.wording import ADDED_ONLY, INTRODUCTION, KIND_WORDS, ROLE_STARTERS, STARTERS

if TYPE_CHECKING:
    from gradio.components import Component

HINT = "Press Enter to ask, Shift and Enter for a new line."


def ask_tab(services: Services, _: Any) -> None:
    """Chat on the left, evidence on the right."""
    import gradio as gr

    conversation = Conversation(services)
    receipts = gr.State(())
    with gr.Row(elem_id="ask-row"):
        with gr.Column(scale=3, min_width=320, elem_id="chat-column"):
            fragment(introduction_html(INTRODUCTION), elem_id="welcome")
            past = fragment(elem_id="conversation")
            current = fragment(elem_id="current")
            question = gr.Textbox(
                label="Your question", lines=1, max_lines=8, elem_id="question", max_length=services.settings.question_limit
            )
            fragment(el("p", HINT, id="question-hint", class_="hint"))
            with gr.Row(elem_id="ask-buttons"):
                send = gr.Button("Ask", variant="primary", elem_id="ask", scale=0, min_width=110)
                stop = gr.Button("Stop", elem_id="stop", scale=0, min_width=90)
                fresh = gr.Button("New conversation", elem_id="fresh", scale=0, min_width=190)
            fragment(el("p", id="status", class_="status-line", role="status"))
            choices = _choices(services)
            fragment(_starters(), elem_id="starters")
            fragment(_history(), elem_id="history")
        with gr.Column(scale=2, min_width=320, elem_id="evidence-column"):
            fragment(el("h2", "Evidence"))
            evidence = fragment(_no_evidence_yet(), elem_id="evidence")
    shown = [past, current, evidence, receipts]

    async def asked(sent: gr.Request, words: str, before: Sequence[str], *chosen: Any) -> AsyncIterator[list[Any]]:
        request = _request(words, before, chosen)
        if isinstance(request, str):
            yield _parts(conversation.problem(words, request, before))
            return
        try:
            async for frame in conversation.ask(request, space=space_of(sent.cookies)):
                yield _parts(frame)
        finally:
            slim(sent)  # after the last frame: Gradio has put all of it into its copy

    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking: list[Any] = [
        event(asked, [question, receipts, *choices], shown, trigger_mode="once", **options)
        for event in (question.submit, send.click)
    ]
    stop.click(None, None, None, cancels=asking, queue=False, **options)  # the page's script says that it stopped
    fresh.click(lambda: ["", "", boxed(_no_evidence_yet()), ()], None, shown, cancels=asking, queue=False, **options)


def _parts(frame: Frame) -> list[Any]:
    """The page's parts in the order of `shown`; what stays as it is is not sent again."""
    import gradio as gr

    past, evidence = (gr.skip() if part is None else boxed(part) for part in (frame.past, frame.evidence))
    return [past, boxed(frame.current), evidence, frame.receipts]


def _request(words: str, before: Sequence[str], chosen: Sequence[Any]) -> AskRequest | str:
    """The request, or what is wrong with it in a sentence."""
    if not (words or "").strip():
        return "Type a question first."
    depth, themes, kinds, types, place, first, last, mine = chosen
    try:
        narrowed = SourceFilter(
            themes=themes or [],
            kinds=kinds or [],
            evidence_types=types or [],
            place=place or "",
            year_from=_year(first),
            year_to=_year(last),
            mine=bool(mine),
        )
        return AskRequest(
            question=words or "", history=list(before), depth="full" if depth == "full" else "short", filter=narrowed
        )
    except ValidationError:
        return "One of the filters cannot be used. Give years as four figures, such as 2019, or leave them out."


def _year(given: str | None) -> int | None:
    text = (given or "").strip()
    if not text:
        return None
    return int(text) if text.isdigit() and len(text) == 4 else -1


def _choices(services: Services) -> list["Component"]:
    """Depth and filters, in the order that `_request` reads them."""
    import gradio as gr

    sources = seen(services.assistant.library.sources().values(), None)
    themes = sorted({theme for source in sources for theme in source.themes})
    kinds = [(words, kind) for kind, words in KIND_WORDS.items()]
    types = sorted({source.evidence_type for source in sources})
    depth = gr.Radio(
        [("Short: about five statements", "short"), ("Full: about twelve", "full")],
        value="short",
        label="How much",
        elem_id="depth",
    )
    with gr.Accordion("Filters: where evidence may come from", open=False, elem_id="filters"):
        theme = gr.CheckboxGroup([(name.replace("-", " "), name) for name in themes], label="Theme", elem_id="filter-theme")
        kind = gr.CheckboxGroup(kinds, label="Kind of source", elem_id="filter-kind")
        evidence = gr.CheckboxGroup(types, label="Evidence type", elem_id="filter-evidence")
        with gr.Row():
            place = gr.Textbox(label="Place (words it holds, such as Wales)", max_length=100, elem_id="filter-place")
            first = gr.Textbox(label="From year", max_length=4, elem_id="filter-from", min_width=100)
            last = gr.Textbox(label="To year", max_length=4, elem_id="filter-to", min_width=100)
        mine = gr.Checkbox(label=ADDED_ONLY, elem_id="filter-mine")
    return [depth, theme, kind, evidence, place, first, last, mine]


def _starters() -> Markup:
    return join([starters_html(STARTERS, "Start with a theme"), starters_html(ROLE_STARTERS, "Or with your role")])


def _history() -> Markup:
    return el(
        "details",
        el("summary", "Your earlier questions in this browser"),
        el("p", "None yet.", id="history-none", class_="hint"),
        el("ol", id="history-list"),
        button("Delete all of it", data_forget="all", hidden=True),
        el(
            "p",
            "The list is kept in this browser only. Each answer keeps its receipt in the library it came from.",
            class_="hint",
        ),
        class_="history",
    )


def _no_evidence_yet() -> Markup:
    return el("p", "The passages that an answer rests on stand here, with the quoted words marked.", class_="hint")
