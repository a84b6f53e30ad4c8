"""An instrument's data. Owns: reading `corpus/instruments/NAME.yaml` into a strict model, and its rubric (version and hash).

Does not own: what any instrument's data holds: each gives its own model. Every instrument's data is read here.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import Field, ValidationError

from assistant.errors import CorpusError
from assistant.instruments.assessment import Rubric
from assistant.nouns import Noun


class Spec(Noun):
    """What every instrument's file begins with. Each instrument's model adds its own keys; unknown ones are refused."""

    instrument: str
    version: str = Field(description="Raised with every change of meaning.")
    title: str
    ours: str = Field(description="That the rubric is our own, and what inspired it.")


SpecKind = TypeVar("SpecKind", bound=Spec)


def read_spec(name: str, kind: type[SpecKind]) -> SpecKind:
    """The data of an instrument, as its own model. Raises CorpusError that names the place of a mistake."""
    try:
        data = yaml.load(_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
        return kind.model_validate(data)
    except yaml.YAMLError as error:
        raise CorpusError(
            f"corpus/instruments/{name}.yaml is not YAML: {' '.join(str(error).split())[:200]}. Correct it."
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"corpus/instruments/{name}.yaml: {place}: {first['msg']}. Correct it.") from None


@lru_cache(maxsize=8)
def rubric_of(name: str, version: str) -> Rubric:
    """Which data it was: version and sha256 of the file."""
    return Rubric(version=version, sha256=hashlib.sha256(_text(name).encode()).hexdigest())


def _text(name: str) -> str:
    place = files("corpus") / "instruments" / f"{name}.yaml"
    if not place.is_file():
        raise CorpusError(f"corpus/instruments/{name}.yaml is missing. Install the product again.")
    return place.read_text("utf-8")
