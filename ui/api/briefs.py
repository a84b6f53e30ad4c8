"""Briefs under /v1/briefs. Owns: their routes. Does not own: the work (`ui/briefing.py`), or the pages for people (`brief_pages.py`)."""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

from typing import TYPE_CHECKING, Annotated, Any

from assistant.briefs.nouns import Brief, BriefRequest
from assistant.briefs.store import KeptBrief
from assistant.briefs.template import Template
from assistant.briefs.template_file import packaged_template, template_names
from assistant.errors import InputError, NotFoundError
from assistant.nouns import Noun
from ui.api.assess import WORK_PATTERN, owner_of
from ui.briefing import (
    FORMATS,
    MEDIA,
    ExportOptions,
    Format,
    Standing,
    export_brief,
    export_references,
    make_brief,
    standing_of,
    store_of,
)
from ui.serving import Services
from ui.spaces import space_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

Responses = dict[int | str, dict[str, Any]]
TAG: Any = "briefs"
NOT_FOUND: Responses = {404: {"description": "There is nothing of that name that is yours."}}
REFERENCE_MEDIA = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


class NewBrief(Noun):
    """A brief to write: the request, with a packaged template's name or a template of one's own."""

    request: BriefRequest
    template: str = "ministerial-note"
    own_template: Template | None = None


class ListedBrief(Noun):
    """A kept brief in a list."""

    id: str
    version: int
    title: str
    template: str
    changed_at: str
    stale: bool
    audit_failures: int
    approved_by: str | None


def add_briefs(app: "FastAPI", services: Services) -> None:
    """Add every route of briefs."""
    from fastapi import Path, Request, Response

    brief_id = Path(pattern=WORK_PATTERN)
    library = services.assistant.library

    @app.post("/v1/briefs", summary="Write a brief and keep it", tags=[TAG], status_code=201)
    async def write(new: NewBrief, request: Request) -> KeptBrief:
        template = new.own_template or _template(new.template)
        store, space = store_of(services.assistant, owner_of(request, services)), space_of(request.cookies)

        def work() -> KeptBrief:
            brief: Brief = make_brief(services.assistant, new.request, template, space=space)
            return store.save(brief, template)

        return await services.gate.run(work)

    @app.get("/v1/briefs", summary="The briefs that are kept, last changed first", tags=[TAG])
    def briefs(request: Request) -> list[ListedBrief]:
        return [
            _listed(kept, standing_of(kept.brief, library))
            for kept in store_of(services.assistant, owner_of(request, services)).newest()
        ]

    @app.get("/v1/briefs/{brief}", summary="A kept brief", tags=[TAG], responses=NOT_FOUND)
    def one(brief: Annotated[str, brief_id], request: Request) -> KeptBrief:
        return store_of(services.assistant, owner_of(request, services)).read(brief)

    @app.get(
        "/v1/briefs/{brief}/audit",
        summary="Its references held to the library, and what is stale",
        tags=[TAG],
        responses=NOT_FOUND,
    )
    def audit(brief: Annotated[str, brief_id], request: Request) -> Standing:
        return standing_of(store_of(services.assistant, owner_of(request, services)).read(brief).brief, library)

    @app.get(
        "/v1/briefs/{brief}/file.{ending}", summary="A brief as a file", tags=[TAG], responses=NOT_FOUND, response_class=Response
    )
    async def file(brief: Annotated[str, brief_id], ending: str, request: Request) -> Response:
        kept = store_of(services.assistant, owner_of(request, services)).read(brief)
        return attached(await services.gate.run(lambda: file_of(services, kept, ending)), kept, ending)

    @app.delete("/v1/briefs/{brief}", summary="Delete a brief with all its versions", tags=[TAG], responses=NOT_FOUND)
    def delete(brief: Annotated[str, brief_id], request: Request) -> dict[str, int]:
        return {"versions": store_of(services.assistant, owner_of(request, services)).delete(brief)}


def file_of(services: Services, kept: KeptBrief, ending: str, *, override: bool = False) -> bytes:
    """A kept brief in a format. Raises InputError where its audit blocks it, NotFoundError for another format."""
    options = ExportOptions(override=override)
    return export_brief(kept.brief, kept.template, services.assistant.library, _format(ending), options).content


def attached(content: bytes, kept: KeptBrief, ending: str) -> "Response":
    """A file to be saved, under a plain name."""
    from fastapi.responses import Response

    headers = {"Content-Disposition": f'attachment; filename="brief-{kept.id}-v{kept.version}.{ending}"'}
    return Response(content, media_type=MEDIA[_format(ending)], headers=headers)


def references_of(services: Services, kept: KeptBrief, ending: str) -> "Response":
    """The works that a brief cites, as a file."""
    from fastapi.responses import Response

    if ending not in REFERENCE_MEDIA:
        raise NotFoundError(f"References come as {', '.join(REFERENCE_MEDIA)}.")
    text = export_references(kept.brief, services.assistant.library, f".{ending}")
    headers = {"Content-Disposition": f'attachment; filename="references-{kept.id}.{ending}"'}
    return Response(text.encode(), media_type=REFERENCE_MEDIA[ending], headers=headers)


def _format(ending: str) -> Format:
    for form in FORMATS:
        if form == ending:
            return form
    raise NotFoundError(f"A brief comes as {', '.join(FORMATS)}.")


def _template(name: str) -> Template:
    if name not in template_names():
        raise InputError(f"There is no template '{name[:40]}'. The templates are {', '.join(template_names())}.")
    return packaged_template(name)


def _listed(kept: KeptBrief, standing: Standing) -> ListedBrief:
    approved = kept.brief.approved
    return ListedBrief(
        id=kept.id,
        version=kept.version,
        title=kept.brief.title,
        template=kept.template.id,
        changed_at=kept.created_at,
        stale=standing.stale,
        audit_failures=len(standing.audit.failures),
        approved_by=approved.by if approved else None,
    )
