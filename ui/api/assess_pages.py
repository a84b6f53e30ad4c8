"""The instruments as plain pages. Owns: their forms' routes, kept results, exports. Does not own: forms and results as HTML.

A form's result is a page. Where `static/assess.js` sent the form, it says so in a header, takes the page's main part and shows it
below the form.
"""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

from typing import TYPE_CHECKING, Annotated, Any

from assistant.errors import InputError
from assistant.instruments.assessment import Assessment
from assistant.instruments.litmus import litmus_test
from assistant.instruments.maturity import MaturityAnswers, maturity_spec
from assistant.instruments.washing.spec import washing_spec
from assistant.library.works import Work, WorkStore
from ui.api.assess import WORK_PATTERN, owner_of
from ui.api.assess_reports import add_assess_reports
from ui.api.assess_result import form_page, headed, read_fields, shown
from ui.assess_document import AssessDocument, assessment_document
from ui.assess_fields import Fields, litmus_answers, maturity_answers, one
from ui.assess_output import MEDIA_TYPES, content_of, drift_of_work
from ui.assess_questions import maturity_questions
from ui.assessing import (
    run_evidence,
    run_litmus,
    run_maturity,
    run_washing,
)
from ui.block_files import FORMATS, report_bytes
from ui.instrument_forms import (
    ABOUT,
    litmus_form,
    maturity_form,
    washing_form,
)
from ui.markup import Markup, el, join
from ui.own_documents import read_sent_document
from ui.render_assess import assess_page, assessment_page
from ui.render_assess_forms import answers_form, kept_actions, kept_html
from ui.render_blocks import blocks_section
from ui.sealed import Seal
from ui.serving import Services
from ui.situation_kept import report_of

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_assess_pages(app: "FastAPI", services: Services) -> None:
    """Add every page of the instruments."""
    seal = Seal()
    _litmus(app, services)
    _maturity(app, services, seal)
    _washing(app, services)
    add_assess_reports(app, services)
    _kept(app, services)


def _litmus(app: "FastAPI", services: Services) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    @app.get("/assess/litmus", include_in_schema=False)
    def ask_litmus(work: str = "") -> HTMLResponse:
        return form_page(litmus_test().spec.title, litmus_form(work))

    @app.post("/assess/litmus", include_in_schema=False)
    async def litmus(request: Request) -> HTMLResponse:
        fields = await read_fields(request)
        answers = litmus_answers(fields, [question.id for question in litmus_test().spec.questions])
        found = await services.gate.run(lambda: run_litmus(services.assistant, answers))
        return shown(found, fields, request, services)


def _maturity(app: "FastAPI", services: Services, seal: Seal) -> None:
    from fastapi import File, Request, UploadFile
    from fastapi.responses import HTMLResponse

    dimensions = [dimension.id for dimension in maturity_spec().dimensions]
    store = WorkStore(services.assistant.library.engine)

    @app.get("/assess/maturity", include_in_schema=False)
    def ask_maturity(work: str = "") -> HTMLResponse:
        return form_page(maturity_spec().title, maturity_form(work))

    @app.post("/assess/maturity", include_in_schema=False)
    async def maturity(request: Request) -> HTMLResponse:
        fields = await read_fields(request)
        before = _others(store, fields, owner=owner_of(request, services))
        answers = maturity_answers(fields, dimensions, opened=seal.opened, before=before)
        found = await services.gate.run(lambda: run_maturity(services.assistant, answers))
        return shown(found, fields, request, services)

    @app.post("/assess/maturity/evidence", include_in_schema=False)
    async def evidence(request: Request, file: Annotated[UploadFile, File()]) -> HTMLResponse:
        def work() -> Markup:
            own = read_sent_document(file.filename or "document", file.file, services.settings)
            proposals = run_evidence(services.assistant, own)
            return answers_form(
                "maturity", maturity_questions(proposals), about=ABOUT["maturity"], seal=seal.closed, found_in=own.file
            )

        body = await services.gate.run(work)
        return HTMLResponse(assess_page(maturity_spec().title, headed(maturity_spec().title, body, request)))


def _washing(app: "FastAPI", services: Services) -> None:
    from fastapi import File, Request, UploadFile
    from fastapi.responses import HTMLResponse

    @app.get("/assess/washing", include_in_schema=False)
    def ask_washing() -> HTMLResponse:
        return form_page(washing_spec().title, washing_form())

    @app.post("/assess/washing", include_in_schema=False)
    async def washing(request: Request, file: Annotated[UploadFile, File()]) -> HTMLResponse:
        def work() -> Assessment:
            own = read_sent_document(file.filename or "document", file.file, services.settings)
            return run_washing(services.assistant, own)

        found = await services.gate.run(work)
        return shown(found, await read_fields(request), request, services)


def _others(store: WorkStore, fields: Fields, *, owner: str) -> list[dict[str, Any]]:
    """With 'add my answers': the people who answered in the newest version of the kept result."""
    if one(fields, "join") != "yes" or not one(fields, "work"):
        return []
    work = store.read(one(fields, "work"), owner=owner, kind="maturity")
    answers = MaturityAnswers.model_validate(work.content["answers"])
    return [respondent.model_dump(mode="json") for respondent in answers.respondents]


def _kept(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Request
    from fastapi.responses import HTMLResponse, RedirectResponse, Response

    store = WorkStore(services.assistant.library.engine)
    work_id = Path(pattern=WORK_PATTERN)

    def kept(work: str, request: Request) -> Work:
        return store.read(work, owner=owner_of(request, services))

    @app.get("/assess/works", include_in_schema=False)
    def works(request: Request) -> HTMLResponse:
        own = [work for work in store.newest(owner=owner_of(request, services)) if work.kind != "brief"]
        listed = kept_html([(work.id, work.created_at[:10], work.kind, work.title) for work in own])
        return HTMLResponse(assess_page("What you have kept", join([el("h1", "What you have kept"), listed])))

    def add_download(ending: str, media_type: str) -> None:
        @app.get(f"/assess/works/{{work}}{ending}", include_in_schema=False)
        def download(work: Annotated[str, work_id], request: Request) -> Response:
            content = _content(kept(work, request), store, ending)
            return Response(content, media_type=media_type, headers=_attached(work, ending))

    for ending, media_type in MEDIA_TYPES.items():
        add_download(ending, media_type)

    @app.get("/assess/works/{work}", include_in_schema=False)
    def one_work(work: Annotated[str, work_id], request: Request) -> HTMLResponse:
        return HTMLResponse(_page(kept(work, request), store))

    @app.post("/assess/works/{work}/delete", include_in_schema=False)
    def delete(work: Annotated[str, work_id], request: Request) -> Response:
        store.delete(work, owner=owner_of(request, services))
        return RedirectResponse("/assess/works", status_code=303)


def _document(work: Work, store: WorkStore) -> AssessDocument:
    if "marks" not in work.content:
        raise InputError("This result has no page here. Look at it where it was made.")
    drift = drift_of_work(store, work.id, owner=work.owner)
    return assessment_document(Assessment.model_validate(work.content), drift=drift)


def _content(work: Work, store: WorkStore, ending: str) -> bytes:
    """A kept result in the format of an ending."""
    if "finding" in work.content:
        if ending not in FORMATS:
            raise InputError(f"This result can be had as {', '.join(FORMATS)}. Choose one of these.")
        return report_bytes(report_of(work), ending)
    return content_of(_document(work, store), ending, date=work.created_at[:10])


def _page(work: Work, store: WorkStore) -> str:
    """A kept result's own page."""
    actions = kept_actions(work.id, work.kind)
    if "finding" in work.content:
        return assess_page(work.title, blocks_section(report_of(work), top=1, actions=actions))
    return assessment_page(_document(work, store), key=work.id, actions=actions)


def _attached(work: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="assessment-{work}{ending}"'}
