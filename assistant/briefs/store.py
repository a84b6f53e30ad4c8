"""Briefs that are kept. Owns: storing versions of a brief, reading them back with the template they were made by. Does not own: the table."""

from __future__ import annotations

from pydantic import Field, ValidationError

from assistant.briefs.nouns import Brief
from assistant.briefs.template import Template
from assistant.errors import InputError
from assistant.library.works import LOCAL_OWNER, Work, WorkStore
from assistant.nouns import Noun


class KeptBrief(Noun):
    """One stored version of a brief."""

    id: str
    version: int = Field(ge=1)
    created_at: str
    brief: Brief
    template: Template


class BriefStore:
    """One owner's briefs."""

    def __init__(self, works: WorkStore, *, owner: str = LOCAL_OWNER) -> None:
        self.works = works
        self.owner = owner

    def save(self, brief: Brief, template: Template, *, brief_id: str | None = None) -> KeptBrief:
        """Store a first version, or the next one. Raises NotFoundError, HomeNotWritableError."""
        content = {"brief": brief.model_dump(mode="json"), "template": template.model_dump(mode="json")}
        return _kept(self.works.save("brief", title=brief.title, content=content, owner=self.owner, work_id=brief_id))

    def read(self, brief_id: str, *, version: int | None = None) -> KeptBrief:
        """A version of a brief, the newest where none is named. Raises NotFoundError."""
        return _kept(self.works.read(brief_id, owner=self.owner, version=version, kind="brief"))

    def newest(self) -> list[KeptBrief]:
        """The newest version of each brief, last changed first."""
        return [_kept(work) for work in self.works.newest(owner=self.owner, kind="brief")]

    def versions(self, brief_id: str) -> list[KeptBrief]:
        """All versions of a brief, oldest first. Raises NotFoundError where there is none."""
        self.read(brief_id)
        return [_kept(work) for work in self.works.versions(brief_id, owner=self.owner)]

    def delete(self, brief_id: str) -> int:
        """Delete a brief with all its versions. Raises NotFoundError."""
        self.read(brief_id)
        return self.works.delete(brief_id, owner=self.owner)


def _kept(work: Work) -> KeptBrief:
    try:
        return KeptBrief(id=work.id, version=work.version, created_at=work.created_at, **work.content)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(
            f"The brief '{work.id}' was stored by another version and cannot be read ({place}). Make it again."
        ) from None
