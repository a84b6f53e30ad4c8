"""The library fingerprint: what a library was built with. Owns: storing and comparing it. Does not own: computing a corpus's hash.

Parts: `corpus` (which corpus and the hash of its content), `segmenter` (version), `embedder` (model files and version).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant.errors import FingerprintMismatchError

PREFIX = "fingerprint."
WORDS = {
    "corpus": "another version of the packaged corpus, or another ADVISER_CORPUS",
    "segmenter": "another version of the segmenter",
    "embedder": "another embedding model",
}


@dataclass(frozen=True)
class Fingerprint:
    """What a library was, or would now be, built with."""

    corpus: str
    segmenter: str
    embedder: str

    def as_facts(self) -> dict[str, str]:
        """As rows for the catalogue's `meta` table."""
        return {PREFIX + name: value for name, value in asdict(self).items()}


def stored_fingerprint(facts: dict[str, str]) -> Fingerprint | None:
    """The fingerprint a library carries; None while it has never been built."""
    try:
        return Fingerprint(**{name: facts[PREFIX + name] for name in ("corpus", "segmenter", "embedder")})
    except KeyError:
        return None


def require_match(stored: Fingerprint, current: Fingerprint) -> None:
    """Refuse a library built with something else. Raises FingerprintMismatchError with the command that mends it."""
    for name, words in WORDS.items():
        if getattr(stored, name) != getattr(current, name):
            raise FingerprintMismatchError(
                f"This library was built with {words}. Run `adviser doctor --repair`: it rebuilds the library and keeps your documents. "
                "(Or set ADVISER_HOME to another folder.)"
            )
