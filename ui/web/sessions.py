"""What Gradio keeps of every open page. Owns: dropping what this product never uses of it. Does not own: the conversation's own state."""

# Annotations stay values here: gradio is imported inside functions.

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio


def slim(sent: "gradio.Request") -> None:
    """Forget a page's copy of the settings of every component: over a megabyte each, kept for deep links alone, which this server has closed
    (see `ui/api/policy.py`). Gradio 6.31 has no setting for it."""
    holder = getattr(getattr(sent.request, "app", None), "state_holder", None)
    session = holder.session_data.get(sent.session_hash) if holder is not None else None
    if session is not None:
        session.config_values.clear()
