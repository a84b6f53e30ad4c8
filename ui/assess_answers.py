"""Answers from a file. Owns: reading YAML or JSON into an instrument's answers, with one clear line where they do not fit.

Does not own: the shape of any answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import InputError, NotFoundError
from assistant.instruments.outcomes.reading import plain_data

LONGEST = 1_000_000
Answers = TypeVar("Answers", bound=BaseModel)


def read_answers(name: str, kind: type[Answers]) -> Answers:
    """The answers in a file. Raises NotFoundError or InputError that names the place of a mistake."""
    path = Path(name)
    try:
        if path.stat().st_size > LONGEST:
            raise InputError(f"{path.name} is larger than a megabyte, which no answers are. Give the right file.")
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"There is no file '{name}'. Check the name and the folder.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read as text ({type(error).__name__}). Save it as UTF-8.") from None
    return fitted(plain_data(text, path.name), kind, name=path.name)


def fitted(data: object, kind: type[Answers], *, name: str) -> Answers:
    """Data as answers. Raises InputError."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise InputError(f"{name}, at {place}: {first['msg']}. Correct it.") from None
