"""Which files a person means. Owns: walking folders, lists on standard input, refusing what is not there.

Does not own: reading files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.errors import NotFoundError, UnreadableFileError
from ingest.sidecar import is_sidecar


def files_under(given: Iterable[str]) -> list[Path]:
    """Absolute paths of the files named and of all files in the folders named, in a fixed order, each once.

    Hidden files are left out, and so are sidecars of documents (see `sidecar.py`).
    Raises NotFoundError for a path that does not exist and UnreadableFileError for a folder that cannot be listed.
    """
    found: dict[Path, None] = {}
    for name in given:
        path = absolute(name)
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        elif path.exists():
            found[path] = None
        else:
            raise NotFoundError(f"There is no file or folder '{name}'. Check the path.")
    return [path for path in found if not is_sidecar(path)]


def folders_among(given: Iterable[str]) -> list[Path]:
    """The folders named, as absolute paths. Raises NotFoundError for a path that does not exist."""
    paths = {name: absolute(name) for name in given}
    for name, path in paths.items():
        if not path.exists():
            raise NotFoundError(f"There is no file or folder '{name}'. Check the path.")
    return [path for path in paths.values() if path.is_dir()]


def absolute(name: str) -> Path:
    """A path as the library keeps it: whole, and not resolved, so that a link keeps the name its owner gave it."""
    return Path(os.path.abspath(Path(name).expanduser()))  # noqa: PTH100 - resolve() would follow links


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UnreadableFileError(
            f"The folder {error.filename} cannot be read ({error.strerror}). Check that you may open it."
        ) from None

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(base) / name for name in sorted(names) if not name.startswith(".") and (Path(base) / name).is_file())
