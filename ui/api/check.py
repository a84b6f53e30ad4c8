"""Drafts and pairs held against evidence, under /v1/check, and the page of the same name. Owns: their routes.

Does not own: the check, or its words. A draft that is sent is read and forgotten: it is not kept and does not enter the library.
"""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import io
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from assistant.draft.nouns import DraftReport
from assistant.draft.pair import Pair, PairResult
from assistant.errors import InputError
from assistant.instruments.own_document import OwnDocument
from assistant.retrieval.retrieve import Filters
from ui.checking import FORMATS, MEDIA, check_draft, export, judge_some, read_pasted
from ui.draft_report import report_html
from ui.own_documents import read_sent_document
from ui.render_assess import assess_page
from ui.render_check_form import check_form, headed_report
from ui.serving import Services, safe_file_name
from ui.spaces import space_of

if TYPE_CHECKING:
    from fastapi import FastAPI, UploadFile

Responses = dict[int | str, dict[str, Any]]
BUSY: Responses = {503: {"description": "Too many questions wait; Retry-After says when to come back."}}
TITLE = "Check a draft"
MOST_PAIRS = 200


def add_check(app: "FastAPI", services: Services) -> None:
    """Add every route of the check."""
    _api(app, services)
    _pages(app, services)


def _api(app: "FastAPI", services: Services) -> None:
    from fastapi import Body, File, Request, UploadFile

    @app.post("/v1/check", summary="Hold a draft against the library, sentence by sentence", tags=["check"], responses=BUSY)
    async def check(
        request: Request,
        file: Annotated[UploadFile, File(description="The draft: Word, Markdown or text. It is not kept.")],
    ) -> DraftReport:
        space = space_of(request.cookies)
        return await services.gate.run(lambda: _report(services, _draft(services, file, "")[0], space))

    @app.post("/v1/check/pairs", summary="Hold claims against passages that you send", tags=["check"], responses=BUSY)
    async def pairs(each: Annotated[list[Pair], Body(max_length=MOST_PAIRS)]) -> list[PairResult]:
        return await services.gate.run(lambda: judge_some(each, threads=services.settings.threads or None))


def _pages(app: "FastAPI", services: Services) -> None:
    from fastapi import File, Form, Request, UploadFile
    from fastapi.responses import HTMLResponse, Response

    @app.get("/check", include_in_schema=False)
    def ask() -> HTMLResponse:
        return HTMLResponse(assess_page(TITLE, headed_report(check_form(), TITLE)))

    @app.post("/check", include_in_schema=False)
    async def checked(
        request: Request,
        file: Annotated[UploadFile | None, File()] = None,
        text: Annotated[str, Form(max_length=2_000_000)] = "",
        wanted: Annotated[str, Form(alias="as", max_length=8)] = "",
    ) -> Response:
        space = space_of(request.cookies)

        def work() -> tuple[DraftReport, bytes]:
            draft, original = _draft(services, file, text)
            report = _report(services, draft, space)
            return report, export(report, wanted, original) if wanted in FORMATS else b""

        report, made = await services.gate.run(work)
        if made:
            return Response(made, media_type=MEDIA[wanted], headers=_attached(report.file, wanted))
        return HTMLResponse(assess_page(TITLE, report_html(report, top=1)))


def _report(services: Services, draft: OwnDocument, space: str | None) -> DraftReport:
    return check_draft(services.assistant, draft, filters=Filters(owner=space))


def _draft(services: Services, file: "UploadFile | None", text: str) -> tuple[OwnDocument, bytes | None]:
    """The draft that was sent, and its bytes; the pasted one where no file came."""
    if file is None or not file.filename:
        return read_pasted(text, services.settings), None
    limit = services.settings.file_limit_mb * 1_000_000
    data = file.file.read(limit + 1)
    if not data.strip():
        raise InputError(f"{file.filename[:80]} is empty. Choose another file, or paste your draft.")
    return read_sent_document(file.filename, io.BytesIO(data), services.settings), data


def _attached(name: str, ending: str) -> dict[str, str]:
    """A download's name: the draft's own with "checked" after it."""
    stem = safe_file_name(name).rpartition(".")[0] or "draft"
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{stem} checked.{ending}')}"}
