"""Plain pages: an answer to share or print, a source to read, signing in, and the few files they need. Owns: those routes."""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import asyncio
import hmac
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from ui.api.guard import COOKIE, Rules
from ui.evidence import read_turn
from ui.export_markdown import answer_markdown
from ui.render_pages import answer_page, login_page, source_page
from ui.serving import Services, page_picture, remove_document
from ui.spaces import seen_receipt, seen_source, space_of

if TYPE_CHECKING:
    from fastapi import FastAPI

STATIC = {
    "style.css": "text/css",
    "assess.css": "text/css",
    "brief.css": "text/css",
    "web.js": "text/javascript",
    "forms.js": "text/javascript",
    "assess.js": "text/javascript",
    "brief.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
RECEIPT_PATTERN = "^[0-9a-f]{16,32}$"
WRONG_KEY_SECONDS = 1.0


def add_pages(app: "FastAPI", services: Services, rules: Rules) -> None:
    """Add every plain page."""
    _add_static(app)
    _add_reading(app, services)
    if rules.key is not None:
        _add_login(app, rules, rules.key)


def _add_static(app: "FastAPI") -> None:
    from fastapi.responses import Response

    def serve(name: str, kind: str) -> None:
        content = files("ui").joinpath("static", name).read_bytes()

        @app.get(f"/static/{name}", include_in_schema=False)
        def send() -> Response:
            return Response(content, media_type=kind)

    for name, kind in STATIC.items():
        serve(name, kind)


def _add_reading(app: "FastAPI", services: Services) -> None:
    from fastapi import Path, Query, Request
    from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

    assistant = services.assistant
    receipt_id = Path(pattern=RECEIPT_PATTERN)

    @app.get("/answers/{receipt}.md", include_in_schema=False)
    def as_markdown(receipt: Annotated[str, receipt_id], http: Request) -> PlainTextResponse:
        stored = seen_receipt(assistant.receipt(receipt), space_of(http.cookies))
        headers = {"Content-Disposition": f'attachment; filename="answer-{stored.id}.md"'}
        return PlainTextResponse(
            answer_markdown(stored.answer, asked_on=stored.created_at[:10]), media_type="text/markdown", headers=headers
        )

    @app.get("/answers/{receipt}", include_in_schema=False)
    def answer(receipt: Annotated[str, receipt_id], http: Request) -> HTMLResponse:
        stored = seen_receipt(assistant.receipt(receipt), space_of(http.cookies))
        return HTMLResponse(answer_page(read_turn(stored.answer, assistant.library), stored))

    @app.get("/sources/{source_id}", include_in_schema=False)
    def source(source_id: str, http: Request) -> HTMLResponse:
        space = space_of(http.cookies)
        found = seen_source(assistant.library, source_id, space)
        used_by = [] if services.shared else services.log.citing(source_id, space=space)
        removable = found.origin == "user" and (found.owner is not None or not services.shared)
        return HTMLResponse(source_page(found, assistant.library.passages_of(source_id), used_by, removable=removable))

    @app.post("/sources/{source_id}/remove", include_in_schema=False)
    def remove(source_id: str, http: Request) -> Response:
        remove_document(services, source_id, space=space_of(http.cookies))
        return RedirectResponse("/", status_code=303)

    @app.get("/passages/{passage}/page.png", include_in_schema=False)
    def picture(
        passage: Annotated[str, Path(pattern="^[0-9a-f]{24}$")],
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=1)],
        http: Request,
    ) -> Response:
        return Response(page_picture(services, passage, start, end, space=space_of(http.cookies)), media_type="image/png")


def _add_login(app: "FastAPI", rules: Rules, key: str) -> None:
    from fastapi import Form, Request
    from fastapi.responses import HTMLResponse, RedirectResponse, Response

    @app.get("/login", include_in_schema=False)
    def ask_key() -> HTMLResponse:
        return HTMLResponse(login_page(wrong=False))

    @app.post("/login", include_in_schema=False)
    async def take_key(request: Request, given: Annotated[str, Form(alias="key", max_length=400)]) -> Response:
        if not hmac.compare_digest(given.strip().encode(), key.encode()):
            await asyncio.sleep(WRONG_KEY_SECONDS)
            return HTMLResponse(login_page(wrong=True), status_code=401)
        response = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, rules.session(), httponly=True, samesite="lax", secure=secure, max_age=30 * 86_400)
        return response
