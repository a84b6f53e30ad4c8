"""The API under /v1. Owns: its routes and their examples. Does not own: the work behind them, or the guard before them."""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import asyncio
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any

from assistant.library.feedback import Feedback, Opinion
from assistant.nouns import Answer, IngestReport, Passage, Receipt, SearchResult, Sentence, Source, SourceKind
from assistant.retrieval.retrieve import Filters
from ui.api.errors import error_body, event
from ui.asking import AskRequest, Step, ask, ask_by_sentence
from ui.filters import SourceFilter, matching
from ui.serving import Services, Upload, remove_document, take_uploads
from ui.spaces import seen, seen_receipt, seen_source, space_of

if TYPE_CHECKING:
    from fastapi import FastAPI

Responses = dict[int | str, dict[str, Any]]
RECEIPT_PATTERN = "^[0-9a-f]{16,32}$"
NOT_FOUND: Responses = {404: {"description": "There is nothing of that name."}}
BUSY: Responses = {503: {"description": "Too many questions wait; Retry-After says when to come back."}}


def add_routes(app: "FastAPI", services: Services) -> None:
    """Add every route of the API."""
    _asking(app, services)
    _reading(app, services)
    _answers(app, services)
    _changing(app, services)


def _asking(app: "FastAPI", services: Services) -> None:
    from fastapi import Request
    from fastapi.responses import StreamingResponse

    @app.get("/healthz", summary="Is the server ready?", tags=["server"])
    def healthz() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/ask", summary="Answer a question", tags=["ask"], responses=BUSY)
    async def ask_whole(request: AskRequest, http: Request) -> Answer:
        return await services.gate.run(lambda: ask(services.assistant, request, space=space_of(http.cookies)))

    @app.post(
        "/v1/ask/stream",
        summary="Answer a question, sentence by checked sentence",
        tags=["ask"],
        responses=BUSY,
        response_class=StreamingResponse,
    )
    async def ask_streamed(request: AskRequest, http: Request) -> StreamingResponse:
        """Server-sent events: `step` {says}, `sentence` (a Sentence) for each one checked, last `answer` (the Answer) or
        `error`."""
        space = space_of(http.cookies)
        told = services.gate.each(lambda: ask_by_sentence(services.assistant, request, space=space))
        first = await anext(told)  # so that a full queue or a bad question is an HTTP code and not an event

        async def events() -> AsyncIterator[str]:
            yield event("step", {"says": first.says if isinstance(first, Step) else ""})
            try:
                async for each in told:
                    name = "sentence" if isinstance(each, Sentence) else "answer" if isinstance(each, Answer) else "step"
                    yield event(name, {"says": each.says} if isinstance(each, Step) else each.model_dump(mode="json"))
            except Exception as error:
                yield event("error", error_body(error)["error"])

        return StreamingResponse(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _reading(app: "FastAPI", services: Services) -> None:
    from fastapi import Query, Request

    library = services.assistant.library

    @app.get("/v1/search", summary="Find passages", tags=["library"], responses=BUSY)
    async def search(
        http: Request,
        q: Annotated[str, Query(min_length=1, max_length=8000, examples=["delivery units"])],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        theme: Annotated[list[str] | None, Query()] = None,
        source: Annotated[list[str] | None, Query()] = None,
    ) -> list[SearchResult]:
        filters = Filters(source_ids=tuple(source or ()), themes=tuple(theme or ()), owner=space_of(http.cookies))
        return await services.gate.run(lambda: services.assistant.search(q, k, filters=filters))

    @app.get("/v1/sources", summary="List sources", tags=["library"])
    def sources(
        http: Request,
        kind: Annotated[list[SourceKind] | None, Query()] = None,
        theme: Annotated[list[str] | None, Query()] = None,
        place: Annotated[str, Query(max_length=100)] = "",
        mine: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter has a name
    ) -> list[Source]:
        wanted = SourceFilter(kinds=kind or [], themes=theme or [], place=place, mine=mine)
        return [public(each) for each in matching(seen(library.sources().values(), space_of(http.cookies)), wanted)]

    @app.get("/v1/sources/{source_id}", summary="One source", tags=["library"], responses=NOT_FOUND)
    def source_of(source_id: str, http: Request) -> Source:
        return public(seen_source(library, source_id, space_of(http.cookies)))

    @app.get("/v1/sources/{source_id}/passages", summary="A source's passages in order", tags=["library"], responses=NOT_FOUND)
    def passages(source_id: str, http: Request) -> list[Passage]:
        return library.passages_of(seen_source(library, source_id, space_of(http.cookies)).id)


def _answers(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Request

    receipt_id = Path(pattern=RECEIPT_PATTERN, examples=["ee7340e51d0ee812"])

    @app.get("/v1/answers/{receipt}", summary="A stored answer", tags=["answers"], responses=NOT_FOUND)
    def answer(receipt: Annotated[str, receipt_id], http: Request) -> Answer:
        return seen_receipt(services.assistant.receipt(receipt), space_of(http.cookies)).answer

    @app.get("/v1/answers/{receipt}/receipt", summary="What produced an answer", tags=["answers"], responses=NOT_FOUND)
    def receipt_of(receipt: Annotated[str, receipt_id], http: Request) -> Receipt:
        return seen_receipt(services.assistant.receipt(receipt), space_of(http.cookies), whole=True)

    @app.post("/v1/feedback", summary="Say whether an answer helped", tags=["feedback"], status_code=201, responses=NOT_FOUND)
    def give_feedback(opinion: Opinion) -> Feedback:
        return services.feedback.add(opinion)

    if not services.shared:

        @app.get("/v1/feedback", summary="All feedback, oldest first", tags=["feedback"])
        def all_feedback() -> list[Feedback]:
            return services.feedback.all()


def _changing(app: "FastAPI", services: Services) -> None:
    from fastapi import File, Request, UploadFile

    @app.post("/v1/sources", summary="Add documents, found by whoever adds them and nobody else", tags=["library"])
    async def add(
        http: Request,
        files: Annotated[list[UploadFile], File(description="The documents; every one gets a line in the report.")],
    ) -> IngestReport:
        uploads = [Upload(name=file.filename or "document", content=file.file) for file in files]
        space = space_of(http.cookies)
        assert space is not None, "the guard gives every request to this route a space"
        report = await asyncio.to_thread(take_uploads, services, uploads, space=space)
        return report.model_copy(
            update={"files": [f.model_copy(update={"path": f.path.replace("\\", "/").rpartition("/")[2]}) for f in report.files]}
        )

    @app.delete("/v1/sources/{source_id}", summary="Remove a document that was added", tags=["library"], responses=NOT_FOUND)
    def remove(source_id: str, http: Request) -> dict[str, list[str]]:
        return {"removed": remove_document(services, source_id, space=space_of(http.cookies))}


def public(source: Source) -> Source:
    """A source without the folder its file lies in: that is nobody's business over HTTP."""
    return source if source.path is None else source.model_copy(update={"path": re.split(r"[\\/]", source.path)[-1]})
