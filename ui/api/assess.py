"""The instruments under /v1/assess. Owns: their routes. Does not own: the instruments, or the pages for people (`assess_pages.py`)."""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

from typing import TYPE_CHECKING, Annotated, Any

from assistant.instruments.assessment import Assessment
from assistant.instruments.litmus import LitmusAnswers
from assistant.instruments.maturity import MaturityAnswers
from assistant.instruments.maturity_evidence import Proposal
from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.review import FrameworkReview
from assistant.instruments.situation.finder import CaseFinding
from assistant.instruments.situation.learning import LearningOffer
from assistant.instruments.situation.situation import Situation
from assistant.instruments.situation.toolkit import Toolkit
from assistant.library.works import LOCAL_OWNER, Work, WorkKind, WorkStore
from ui.assess_output import save
from ui.assessing import (
    run_cases,
    run_evidence,
    run_litmus,
    run_maturity,
    run_network,
    run_outcomes,
    run_review,
    run_tools,
    run_washing,
)
from ui.serving import Services
from ui.spaces import space_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

Responses = dict[int | str, dict[str, Any]]
TAG: Any = "assess"
NOBODY = ""  # owns nothing: nothing is stored under it, since the guard gives whoever keeps something a space
NOT_FOUND: Responses = {404: {"description": "There is nothing of that name that is yours."}}
WORK_PATTERN = "^[0-9a-f]{16,32}$"
CALLERS_QUOTES = "The quotes of your own documents are as the caller gave them. They were not compared with the documents."


def add_assess(app: "FastAPI", services: Services) -> None:
    """Add every route of the instruments."""
    _answered(app, services)
    _read(app, services)
    _situations(app, services)
    _works(app, services)


def owner_of(request: "Request", services: Services) -> str:
    """Whose results a request may see: the person at this computer, or on a shared server the browser's own space."""
    if not services.shared:
        return LOCAL_OWNER
    return space_of(request.cookies) or NOBODY


def _answered(app: "FastAPI", services: Services) -> None:
    from fastapi import Request, Response

    keep, work_id = _keeping()

    @app.post("/v1/assess/litmus", summary="Is a mission the right approach?", tags=[TAG])
    async def litmus(
        answers: LitmusAnswers,
        request: Request,
        response: Response,
        keep: Annotated[bool, keep] = False,  # noqa: FBT002 - a query parameter has a name
        work: Annotated[str | None, work_id] = None,
    ) -> Assessment:
        found = await services.gate.run(lambda: run_litmus(services.assistant, answers))
        return _kept(found, services, request, response, keep=keep, work=work)

    @app.post("/v1/assess/maturity", summary="How mature is a mission?", tags=[TAG])
    async def maturity(
        answers: MaturityAnswers,
        request: Request,
        response: Response,
        keep: Annotated[bool, keep] = False,  # noqa: FBT002 - a query parameter has a name
        work: Annotated[str | None, work_id] = None,
    ) -> Assessment:
        found = await services.gate.run(lambda: run_maturity(services.assistant, answers))
        if any(mark.quotes for mark in found.marks):
            found = found.model_copy(update={"notes": [*found.notes, CALLERS_QUOTES]})
        return _kept(found, services, request, response, keep=keep, work=work)

    @app.post("/v1/assess/outcomes", summary="Check an outcomes framework", tags=[TAG])
    async def outcomes(
        framework: Framework,
        request: Request,
        response: Response,
        keep: Annotated[bool, keep] = False,  # noqa: FBT002 - a query parameter has a name
        work: Annotated[str | None, work_id] = None,
    ) -> Assessment:
        found = await services.gate.run(lambda: run_outcomes(services.assistant, framework))
        return _kept(found, services, request, response, keep=keep, work=work)

    @app.post("/v1/assess/outcomes/review", summary="An outcomes framework with its findings in full", tags=[TAG])
    async def review(framework: Framework) -> FrameworkReview:
        return await services.gate.run(lambda: run_review(services.assistant, framework))


def _keeping() -> tuple[Any, Any]:
    """The two query parameters of every instrument whose result can be kept."""
    from fastapi import Query

    return (
        Query(description="Keep the result; its address is then in the Location header."),
        Query(pattern=WORK_PATTERN, description="With keep: as the next version of this kept result."),
    )


def _kept(
    found: Assessment, services: Services, request: "Request", response: "Response", *, keep: bool, work: str | None
) -> Assessment:
    """The result, kept first where that was asked for."""
    if keep:
        store = WorkStore(services.assistant.library.engine)
        kept_as = save(found, store, owner=owner_of(request, services), work_id=work)
        response.headers["Location"] = f"/v1/assess/works/{kept_as}"
    return found


def _read(app: "FastAPI", services: Services) -> None:
    from fastapi import File, Query, Request, Response, UploadFile

    from ui.own_documents import read_sent_document

    keep, work_id = _keeping()
    document = File(description="The strategy. It is read for this result and not kept.")
    seen_from = Query(ge=1990, le=2100, description="The year that its dates are seen from; this year when left out.")

    @app.post("/v1/assess/washing", summary="Is a strategy a mission, or only words?", tags=[TAG])
    async def washing(
        file: Annotated[UploadFile, document],
        request: Request,
        response: Response,
        year: Annotated[int | None, seen_from] = None,
        keep: Annotated[bool, keep] = False,  # noqa: FBT002 - a query parameter has a name
        work: Annotated[str | None, work_id] = None,
    ) -> Assessment:
        def check() -> Assessment:
            own = read_sent_document(file.filename or "document", file.file, services.settings)
            return run_washing(services.assistant, own, year=year)

        return _kept(await services.gate.run(check), services, request, response, keep=keep, work=work)

    @app.post("/v1/assess/maturity/evidence", summary="Sentences of a document to look at for each dimension", tags=[TAG])
    async def evidence(file: Annotated[UploadFile, document]) -> list[Proposal]:
        def find() -> list[Proposal]:
            own = read_sent_document(file.filename or "document", file.file, services.settings)
            return run_evidence(services.assistant, own)

        return await services.gate.run(find)


def _situations(app: "FastAPI", services: Services) -> None:
    @app.post("/v1/assess/cases", summary="Similar and dissimilar cases, with transfer warnings", tags=[TAG])
    async def cases(situation: Situation) -> CaseFinding:
        return await services.gate.run(lambda: run_cases(services.assistant, situation))

    @app.post("/v1/assess/tools", summary="Which tools fit a situation", tags=[TAG])
    async def tools(situation: Situation) -> Toolkit:
        return await services.gate.run(lambda: run_tools(services.assistant, situation))

    @app.post("/v1/assess/network", summary="Who to learn from, with a discussion guide", tags=[TAG])
    async def network(situation: Situation) -> LearningOffer:
        return await services.gate.run(lambda: run_network(services.assistant, situation))


def _works(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Query, Request

    store = WorkStore(services.assistant.library.engine)
    work_id = Path(pattern=WORK_PATTERN, examples=["15fb80a836eaa8bc"])

    @app.get("/v1/assess/works", summary="What you have kept, last changed first", tags=[TAG])
    def works(request: Request, kind: Annotated[WorkKind | None, Query()] = None) -> list[Work]:
        return [work for work in store.newest(owner=owner_of(request, services), kind=kind) if work.kind != "brief"]

    @app.get("/v1/assess/works/{work}", summary="A kept result", tags=[TAG], responses=NOT_FOUND)
    def one(work: Annotated[str, work_id], request: Request, version: Annotated[int | None, Query(ge=1)] = None) -> Work:
        return store.read(work, owner=owner_of(request, services), version=version)

    @app.get("/v1/assess/works/{work}/versions", summary="All versions of a kept result, oldest first", tags=[TAG])
    def versions(work: Annotated[str, work_id], request: Request) -> list[Work]:
        return store.versions(work, owner=owner_of(request, services))

    @app.delete("/v1/assess/works/{work}", summary="Delete a kept result, all its versions", tags=[TAG], responses=NOT_FOUND)
    def delete(work: Annotated[str, work_id], request: Request) -> dict[str, int]:
        return {"deleted": store.delete(work, owner=owner_of(request, services))}
