"""Which files a person means. Owns: walking folders, lists on standard input, refusing what is not there. Does not own: reading files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.errors import NotFoundError, UnreadableFileError


def files_under(given: Iterable[str]) -> list[Path]:
    """Absolute paths of the files named and of all files in the folders named, in a fixed order, each once; hidden ones are left out.

    Raises NotFoundError for a path that does not exist and UnreadableFileError for a folder that cannot be listed.
    """
    found: dict[Path, None] = {}
    for name in given:
        path = Path(os.path.abspath(Path(name).expanduser()))  # not resolve(): a link keeps the name its owner gave it
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        elif path.exists():
            found[path] = None
        else:
            raise NotFoundError(f"There is no file or folder '{name}'. Check the path.")
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UnreadableFileError(f"The folder {error.filename} cannot be read ({error.strerror}). Check that you may open it.") from None

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(base) / name for name in sorted(names) if not name.startswith(".") and (Path(base) / name).is_file())
