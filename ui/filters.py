"""What evidence may come from, as a person chooses it. Owns: turning those choices into source ids. Pure but for the sources
it is given.

Does not own: searching. The assistant filters by source and theme; everything else here is decided by the catalogue and
becomes source ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import InputError
from assistant.nouns import Source, SourceKind


class SourceFilter(BaseModel):
    """Choices that narrow the sources; an empty one narrows nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_ids: list[str] = Field(default_factory=list, max_length=500, description="Only these sources.")
    themes: list[str] = Field(default_factory=list, max_length=50, description="Sources with any of these themes.")
    kinds: list[SourceKind] = Field(default_factory=list, max_length=7)
    evidence_types: list[str] = Field(
        default_factory=list, max_length=50, description="As the catalogue names them, such as 'evaluation'."
    )
    place: str = Field(default="", max_length=100, description="Words that the source's place holds.")
    year_from: int | None = Field(default=None, ge=1800, le=2200)
    year_to: int | None = Field(default=None, ge=1800, le=2200)
    mine: bool = Field(default=False, description="Only documents that were added: one's own, and those that everyone was given.")

    @property
    def empty(self) -> bool:
        """Whether nothing is narrowed."""
        return self == SourceFilter()

    def fits(self, source: Source) -> bool:
        """Whether a source passes every choice. A source without a year passes no choice of years."""
        return (
            (not self.source_ids or source.id in self.source_ids)
            and (not self.themes or bool(set(self.themes) & set(source.themes)))
            and (not self.kinds or source.kind in self.kinds)
            and (not self.evidence_types or source.evidence_type in self.evidence_types)
            and self.place.strip().casefold() in (source.place or "").casefold()
            and self._fits_year(source.year)
            and (not self.mine or source.origin == "user")
        )

    def _fits_year(self, year: int | None) -> bool:
        if self.year_from is None and self.year_to is None:
            return True
        return year is not None and (self.year_from or year) <= year <= (self.year_to or year)


def matching(sources: Iterable[Source], narrowed: SourceFilter) -> list[Source]:
    """The sources that fit, in the order given."""
    return [source for source in sources if narrowed.fits(source)]


def allowed_ids(sources: Iterable[Source], narrowed: SourceFilter) -> Sequence[str]:
    """Source ids for the assistant; none where nothing is narrowed. Raises InputError when no source fits: an empty list would
    mean all."""
    if narrowed.empty:
        return ()
    found = [source.id for source in matching(sources, narrowed)]
    if not found:
        raise InputError("No source in the library fits these filters together. Take one away and ask again.")
    return found
