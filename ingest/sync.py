"""Files that are no longer there. Owns: which sources `--sync` takes out of the library. Does not own: taking them out.

Only a file that is certainly gone counts: one that cannot be looked at (a drive that is not connected, a right that is lacking)
stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.nouns import Source


def vanished(sources: Mapping[str, Source], folders: Sequence[Path]) -> list[Source]:
    """The user's sources whose file lay in one of these folders and is gone.

    Raises InputError for a folder that the library has documents of and that now holds no file at all.
    """
    mine = [source for source in sources.values() if source.origin == "user" and source.path]
    gone: dict[str, Source] = {}
    for folder in folders:
        inside = [source for source in mine if Path(source.path or "").is_relative_to(folder)]
        missing = [source for source in inside if _is_gone(Path(source.path or ""))]
        if missing and len(missing) == len(inside) and not _holds_a_file(folder):
            raise InputError(
                f"The folder {folder} holds no file, and the library has {len(missing)} of its documents. Nothing was removed. "
                "Is its drive connected? To remove them all the same, use `adviser sources remove`."
            )
        gone.update((source.id, source) for source in missing)
    return list(gone.values())


def _is_gone(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return path.is_dir()


def _holds_a_file(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))
