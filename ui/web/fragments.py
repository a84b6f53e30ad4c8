"""Places on a page of Gradio for HTML of ours. Owns: how a fragment gets there untouched. Does not own: what is in it.

HTML goes through gr.Markdown and not gr.HTML: gr.HTML builds a function from a string in the browser, which a content security
policy without eval refuses. Every fragment is one `<div>` on one line, which Markdown passes through as it is.
"""

# Annotations stay values here: gradio is imported inside functions.

from typing import TYPE_CHECKING, Any

from ui.markup import Markup, el

if TYPE_CHECKING:
    import gradio


def fragment(html: Markup | None = None, **options: Any) -> "gradio.Markdown":
    """A place for HTML made by `ui/render*.py`."""
    import gradio as gr

    return gr.Markdown(boxed(html), sanitize_html=False, latex_delimiters=[], container=False, elem_classes="fragment", **options)


def boxed(html: Markup | None) -> str:
    """A fragment as gr.Markdown passes it through untouched: one `<div>` on one line."""
    return el("div", html) if html else ""
