"""Briefs as plain pages. Owns: the routes of the form, of a brief under way, of a kept brief, its changes and its files.

Does not own: HTML (`ui/render_brief*.py`), changes (`ui/brief_changes.py`), or the API (`briefs.py`).
"""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from assistant.briefs.store import BriefStore, KeptBrief
from ui.api.assess import WORK_PATTERN, owner_of
from ui.api.assess_result import read_fields
from ui.api.briefs import attached, file_of, references_of
from ui.brief_changes import change_brief
from ui.brief_fields import one_field, request_from, template_from
from ui.brief_jobs import Jobs
from ui.briefing import make_brief, standing_of, store_of
from ui.markup import el
from ui.render_brief import brief_page, building_page, kept_list, with_brief_style
from ui.render_brief_form import brief_form
from ui.render_pages import page
from ui.serving import Services
from ui.spaces import space_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request


def add_brief_pages(app: "FastAPI", services: Services) -> None:
    """Add every page of briefs."""
    jobs = Jobs(services.gate)
    _new(app, services, jobs)
    _kept(app, services)
    _files(app, services)


def store_for(request: "Request", services: Services) -> BriefStore:
    """The briefs of whoever asks."""
    return store_of(services.assistant, owner_of(request, services))


def _new(app: "FastAPI", services: Services, jobs: Jobs) -> None:
    from fastapi import Path, Request
    from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

    job_id = Path(pattern=WORK_PATTERN)

    @app.get("/briefs", include_in_schema=False)
    async def briefs(request: Request) -> HTMLResponse:
        def look() -> list[tuple[KeptBrief, bool]]:
            kept = store_for(request, services).newest()
            return [(each, standing_of(each.brief, services.assistant.library).stale) for each in kept]

        body = [el("h1", "Your briefs"), kept_list(await asyncio.to_thread(look)), el("h2", "A new brief"), brief_form()]
        return HTMLResponse(with_brief_style(page("Your briefs", *body)))

    @app.post("/briefs", include_in_schema=False)
    async def write(request: Request) -> Response:
        fields = await read_fields(request)
        asked, template = request_from(fields), template_from(fields)
        store, space = store_for(request, services), space_of(request.cookies)

        def work(say: Callable[[str], None]) -> str:
            brief = make_brief(services.assistant, asked, template, say, space=space)
            return store.save(brief, template).id

        job = jobs.start(store.owner, work)
        return RedirectResponse(f"/briefs/building/{job.id}", status_code=303)

    @app.get("/briefs/building/{job}.json", include_in_schema=False)
    async def how_far(job: Annotated[str, job_id], request: Request) -> JSONResponse:
        found = jobs.find(job, owner_of(request, services))
        return JSONResponse({"says": found.says, "brief_id": found.brief_id, "problem": found.problem})

    @app.get("/briefs/building/{job}", include_in_schema=False)
    async def building(job: Annotated[str, job_id], request: Request) -> Response:
        found = jobs.find(job, owner_of(request, services))
        if found.brief_id:
            return RedirectResponse(f"/briefs/{found.brief_id}", status_code=303)
        return HTMLResponse(building_page(job, f"Not written. {found.problem}" if found.problem else found.says))


def _kept(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Request
    from fastapi.responses import HTMLResponse, RedirectResponse, Response

    brief_id = Path(pattern=WORK_PATTERN)

    @app.get("/briefs/{brief}", include_in_schema=False)
    async def one(brief: Annotated[str, brief_id], request: Request, said: str = "") -> HTMLResponse:
        def look() -> str:
            kept = store_for(request, services).read(brief)
            return brief_page(kept, standing_of(kept.brief, services.assistant.library), said=said[:300])

        return HTMLResponse(await asyncio.to_thread(look))

    @app.post("/briefs/{brief}/change", include_in_schema=False)
    async def change(brief: Annotated[str, brief_id], request: Request) -> Response:
        fields = await read_fields(request)
        store, space = store_for(request, services), space_of(request.cookies)
        said = await services.gate.run(lambda: change_brief(services.assistant, store, brief, fields, space=space))
        if said is None:
            return RedirectResponse("/briefs", status_code=303)
        place = one_field(fields, "section") or one_field(fields, "statement").rpartition("-")[0]
        anchor = f"#s-{quote(place, safe='')}" if place else ""
        return RedirectResponse(f"/briefs/{brief}?said={quote(said)}{anchor}", status_code=303)


def _files(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Query, Request
    from fastapi.responses import Response

    brief_id = Path(pattern=WORK_PATTERN)

    @app.get("/briefs/{brief}/file.{ending}", include_in_schema=False)
    async def file(
        brief: Annotated[str, brief_id],
        ending: str,
        request: Request,
        override: Annotated[str, Query(max_length=3)] = "",
    ) -> Response:
        kept = store_for(request, services).read(brief)
        work = await services.gate.run(lambda: file_of(services, kept, ending, override=override == "yes"))
        return attached(work, kept, ending)

    @app.get("/briefs/{brief}/references.{ending}", include_in_schema=False)
    async def references(brief: Annotated[str, brief_id], ending: str, request: Request) -> Response:
        kept = store_for(request, services).read(brief)
        return await services.gate.run(lambda: references_of(services, kept, ending))
