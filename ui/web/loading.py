"""Loading gradio without what a server has no use for. Owns: its switches, and what is left out while it loads.

Does not own: what is built with it. Gradio 6 writes, for each component class, an interface file (`.pyi`) for editors beside its own
sources, each time it is imported: half of its import, and files written to where packages are installed. Upstream: gradio issue 7791. It also
loads pandas, of which only its tables, its cache and its statistics of events make use; here it loads when something first asks it for a thing (a
tenth of the rest). On Python 3.11 two threads must not be the first to ask at once: a page with tables should ask before it serves. The
statistics, which nobody here sees, are off: they would be made anew after every event, and keep the last 10,000.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

WRITER = "gradio.component_meta"  # the module whose function writes the interface files
WRITES = "create_or_modify_pyi"
WHEN_ASKED = "pandas"
NEVER = str(
    10**12
)  # events until Gradio sums up again what its events took: unasked it does so after each, with pandas, over the last 10,000


def load() -> None:
    """Import gradio (a second or two), its telemetry, look-ups and interface files off. Does nothing where it is loaded already."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = NEVER
    finder = _Lean()
    sys.meta_path = [finder, *sys.meta_path]  # another thread may be going through the old list
    try:
        import gradio  # noqa: F401 - loaded ahead of its use
    finally:
        sys.meta_path = [each for each in sys.meta_path if each is not finder]


@contextmanager
def without_apps() -> Iterator[None]:
    """While this lasts, a page that is built gets no server app of its own: Gradio makes three that mounting it replaces."""
    from gradio import blocks

    names: Any = blocks
    real = getattr(names, "App", None)
    if real is None:  # a Gradio that is put together otherwise: it builds as it likes
        yield
        return
    names.App = _NoApp
    try:
        yield
    finally:
        names.App = real


class _NoApp:
    """Stands for Gradio's app where none is needed yet."""

    @staticmethod
    def create_app(*_: Any, **__: Any) -> None:
        return None


class _Lean(importlib.abc.MetaPathFinder):
    """Finds two modules as Python would. Of one the function that only editors need is left out once it is loaded; the other loads when asked."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in (WRITER, WHEN_ASKED):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Quiet(spec.loader) if name == WRITER else importlib.util.LazyLoader(spec.loader)
        return spec


class _Quiet(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        if hasattr(module, WRITES):
            setattr(module, WRITES, _nothing)


def _nothing(*_: Any) -> None:
    return None
