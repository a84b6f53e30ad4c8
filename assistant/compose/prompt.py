"""Prompts as files. Owns: reading them, filling their placeholders, and the hashes that receipts keep. Does not own:
what they say.

A prompt file is a line `version: N`, a line `---`, and a text with `$placeholders`. What is filled in is never read
for placeholders again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Template

from assistant.identifiers import content_hash

HASH_LENGTH = 16


@dataclass(frozen=True)
class Prompt:
    """One prompt file: its name, version, text with placeholders, and the hash of the whole file."""

    name: str
    version: str
    text: str
    hash: str

    @property
    def mark(self) -> str:
        """Version and hash, as a receipt keeps them."""
        return f"{self.version}:{self.hash}"

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every placeholder filled."""
        return Template(self.text).substitute(values)


@lru_cache(maxsize=8)
def read_prompt(name: str) -> Prompt:
    """The packaged prompt of this name."""
    whole = files("assistant").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    head, _, text = whole.partition("\n---\n")
    return Prompt(name=name, version=head.removeprefix("version:").strip(), text=text, hash=content_hash(whole)[:HASH_LENGTH])


def new_fence() -> str:
    """A line that no document can hold, because it is drawn anew for each request."""
    return f"=== {secrets.token_hex(8)} ==="
