"""The product: domain nouns, library, index, retrieval, grounding, composing, asking. `from assistant import open_assistant`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.assistant import Assistant, open_assistant

__all__ = ["Assistant", "open_assistant"]


def __getattr__(name: str) -> Any:
    """Load the wiring only when asked for, so that importing the package stays light."""
    if name in __all__:
        from assistant import assistant

        return getattr(assistant, name)
    raise AttributeError(name)
