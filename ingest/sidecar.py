"""What a person says of a document in a file beside it. Owns: which file that is, its fields, and what is refused.

Does not own: what the document says of itself; what stands here goes before it. `report.pdf` is described by
`report.pdf.meta.yaml`, or else by `report.pdf.yaml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from assistant.errors import CorpusError, FileRefusedError
from ingest.corpus_reader import load_yaml

ENDINGS = (".meta.yaml", ".yaml")
MOST_BYTES = 64_000
_FIELDS = "title, authors, organisation, year, url, licence"
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Sidecar(BaseModel):
    """The fields a sidecar may give; None leaves what the document says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: _Line | None = None
    authors: Annotated[list[_Line], BeforeValidator(_as_list), Field(max_length=100)] | None = None
    organisation: _Line | None = None
    year: Annotated[int, Field(ge=1000, le=2200)] | None = None
    url: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$", max_length=2000)] | None = None
    licence: _Line | None = None


def sidecar_path(path: Path) -> Path | None:
    """The sidecar of a document, if there is one."""
    return next((beside for ending in ENDINGS if (beside := path.with_name(path.name + ending)).is_file()), None)


def is_sidecar(path: Path) -> bool:
    """Whether a file describes another that lies beside it, and is no document of its own."""
    return any(path.name.endswith(ending) and path.with_name(path.name.removesuffix(ending)).is_file() for ending in ENDINGS)


def read_sidecar(path: Path) -> Sidecar:
    """A sidecar's fields. Raises FileRefusedError with one line that names the sidecar, the field and the remedy."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefusedError(f"Its {path.name} is too long for a few facts about it. Keep to {_FIELDS}.")
        content = load_yaml(path)
    except OSError as error:
        raise FileRefusedError(f"Its {path.name} cannot be read ({error.strerror}). Check that you may open it.") from None
    except CorpusError as error:
        raise FileRefusedError(f"Its {error}") from None
    if content is None:
        return Sidecar()
    if not isinstance(content, dict):
        raise FileRefusedError(
            f"Its {path.name} does not give fields. Write lines such as 'title: Annual report', with {_FIELDS}."
        )
    try:
        return Sidecar.model_validate(content)
    except ValidationError as error:
        raise FileRefusedError(_said(path.name, error.errors()[0])) from None


def _said(name: str, problem: Any) -> str:
    field = str(problem["loc"][0])[:60]
    if problem["type"] == "extra_forbidden":
        return f"Its {name} has a field '{field}' that is not known. The fields are {_FIELDS}."
    return f"Its {name} has a '{field}' that cannot be used ({problem['msg'].lower()}). Mend or remove it."
