"""The chat mounted in the server: the only door to gradio. Owns: the page's frame, its theme, and wiring events to
`conversation.py`.

Does not own: what is shown (see `ui/render*.py`), asking, or what a tab holds (each has its own module).
"""

# Annotations stay values here: gradio is imported inside functions.

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.markup import Markup, el
from ui.serving import Services
from ui.web.fragments import fragment
from ui.web.loading import load, without_apps
from ui.wording import PRODUCT

if TYPE_CHECKING:
    from fastapi import FastAPI

STYLES = ("style.css", "assess.css", "brief.css")
SCRIPTS = ("web.js", "forms.js", "assess.js", "brief.js")  # each is served by `ui/api/pages.py`
HEAD = "".join(
    [
        *(f'<link rel="stylesheet" href="/static/{name}">' for name in STYLES),
        *(f'<script src="/static/{name}" defer></script>' for name in SCRIPTS),
    ]
)
FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif")
MOST_EVENTS = 200
MOST_SESSIONS = (
    100  # whose pages are remembered, under a megabyte each; the one idle longest goes first, and its next question starts anew
)
# Gradio's names by the variable of static/style.css that each takes, in light and in dark: the variables change, not the names.
COLOURS: dict[str, tuple[str, ...]] = {
    "--paper": (
        "body_background_fill",
        "background_fill_primary",
        "block_background_fill",
        "input_background_fill",
        "input_background_fill_focus",
        "button_primary_text_color",
        "button_primary_text_color_hover",
        "button_secondary_background_fill",
        "checkbox_background_color",
        "checkbox_label_background_fill",
    ),
    "--ink": (
        "body_text_color",
        "block_label_text_color",
        "block_title_text_color",
        "button_primary_background_fill_hover",
        "checkbox_label_text_color",
        "checkbox_label_text_color_selected",
    ),
    "--soft": ("body_text_color_subdued",),
    "--tint": ("background_fill_secondary",),
    "--line": ("block_border_color", "border_color_primary"),
    "--edge": ("input_border_color", "button_secondary_border_color", "checkbox_border_color"),
    "--accent": (
        "input_border_color_focus",
        "button_primary_background_fill",
        "button_secondary_text_color",
        "checkbox_background_color_selected",
    ),
    "--accent-soft": ("button_secondary_background_fill_hover", "checkbox_label_background_fill_selected"),
}


def mount(app: "FastAPI", services: Services) -> None:
    """Mount the chat at / of a server that has its own routes already. No telemetry, no server-side rendering, no files but
    ours."""
    load()
    import gradio as gr

    with without_apps():
        blocks = build_blocks(services)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        run_history=False,
        theme=_theme(),
        head=HEAD,
        max_file_size=1,
    )
    blocks.app = mounted(app)


def mounted(app: "FastAPI") -> Any:
    """Gradio's own app within a server: the page's queue asks it."""
    from gradio.routes import App

    return next(route.app for route in app.routes if isinstance(getattr(route, "app", None), App))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Tab:
    """One tab: its name, and what puts its components there. `build` gets the services and Gradio's own tab."""

    name: str
    build: Callable[[Services, Any], None]


def tabs() -> list[Tab]:
    """The tabs, in the order they stand. A new one is a module of its own and a line here."""
    from ui.web.ask_tab import ask_tab
    from ui.web.brief_tab import brief_tab
    from ui.web.check_tab import check_tab
    from ui.web.instruments_tab import instruments_tab
    from ui.web.library_tab import library_tab
    from ui.web.quality_tab import quality_tab

    return [
        Tab("Ask", ask_tab),
        Tab("Brief", brief_tab),
        Tab("Instruments", instruments_tab),
        Tab("Check", check_tab),
        Tab("Library", library_tab),
        Tab("Quality", quality_tab),
    ]


def build_blocks(services: Services) -> Any:
    """The frame of the page with its tabs."""
    import gradio as gr

    with gr.Blocks(title=PRODUCT, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        fragment(_masthead(), elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            for each in tabs():
                with gr.Tab(each.name) as tab:
                    each.build(services, tab)
    blocks.state_session_capacity = MOST_SESSIONS
    blocks.queue(max_size=MOST_EVENTS, default_concurrency_limit=64, api_open=False, status_update_rate=60)
    return blocks


def _masthead() -> Markup:
    skip = el("a", "Skip to the question", href="#question", class_="skip")
    about = el("p", "Answers on mission-driven government, with the evidence beside every sentence.", class_="tagline")
    return el("div", skip, el("h1", PRODUCT), about, class_="masthead")


def _theme() -> Any:
    """System fonts only, and contrast of 4.5 to 1 or more wherever words stand, 3 to 1 where an edge does."""
    import gradio as gr

    base = gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=list(FONT),
        font_mono=["ui-monospace", "monospace"],
        text_size=gr.themes.sizes.text_lg,
        radius_size=gr.themes.sizes.radius_sm,
    )
    widths = {"input_border_width": "1px", "button_border_width": "1px", "checkbox_label_border_width": "0px"}
    colours = {name + mode: f"var({variable})" for variable, names in COLOURS.items() for name in names for mode in ("", "_dark")}
    return base.set(**widths, **colours)
