"""The server as one ASGI app. Owns: putting guard, API, pages and the mounted chat together, and errors as HTTP codes.

Does not own: any route's work. Imports fastapi inside its functions: nothing heavy is loaded before `adviser serve` asks for it.
"""

# No `from __future__ import annotations` in this package's route modules: FastAPI reads the annotations of functions made
# inside functions.

import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from assistant.errors import (
    AdviserError,
    FileRefusedError,
    HomeNotWritableError,
    InputError,
    LibraryBusyError,
    LibraryError,
    NotFoundError,
    QuestionError,
)
from assistant.receipts import product_version
from ui.api.guard import Guard, Rules
from ui.gate import RETRY_SECONDS, BusyError
from ui.serving import Services

if TYPE_CHECKING:
    from fastapi import FastAPI

DESCRIPTION = (
    "Answers implementation questions on mission-driven government from a curated library. "
    "Every sentence carries its evidence and an honest status; “quoted” and “supported” mean that the source says so, "
    "not that it is true. The command line's `--json` prints the same objects."
)
INTERNAL = "Something went wrong inside. Nothing was lost. Run `adviser doctor`."
CODES: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (QuestionError, 422),
    (FileRefusedError, 422),
    (InputError, 422),
    (BusyError, 503),
    (LibraryBusyError, 503),
    (HomeNotWritableError, 507),
    (LibraryError, 503),
    (AdviserError, 500),
)


def build_app(services: Services, *, key: str | None, mount: "Callable[[FastAPI, Services], Any] | None" = None) -> Guard:
    """The whole server. `mount` adds the chat; without it the API and the plain pages stand alone."""
    app = build_api(services, key=key)
    if mount is not None:
        mount(app, services)
    return Guard(app, rules_of(services, key=key))


def rules_of(services: Services, *, key: str | None) -> Rules:
    """How this server is guarded: an upload may hold a few files of the largest size."""
    return Rules(key=key, upload_limit=4 * services.settings.file_limit_mb * 1_000_000)


def build_api(services: Services, *, key: str | None) -> "FastAPI":
    """The API and the plain pages as a FastAPI app, its documentation pages off: they load scripts from elsewhere."""
    from fastapi import FastAPI

    from ui.api.pages import add_pages
    from ui.api.routes import add_routes

    @asynccontextmanager
    async def lifespan(_: FastAPI):  # type: ignore[no-untyped-def]
        yield
        services.gate.close()

    app = FastAPI(
        title="Mission adviser",
        version=product_version(),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        lifespan=lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    _add_errors(app)
    add_routes(app, services)
    add_pages(app, services, rules_of(services, key=key))
    return app


def error_code(error: Exception) -> int:
    """The HTTP code of an error; 500 for what nobody foresaw."""
    return next((code for kind, code in CODES if isinstance(error, kind)), 500)


def error_words(error: Exception) -> str:
    """An error in one line, with what to do; what nobody foresaw tells no more than that."""
    return " ".join(str(error).split()) if isinstance(error, AdviserError) else INTERNAL


def error_body(error: Exception) -> dict[str, object]:
    """An error as the API says it."""
    return {"error": {"code": error_code(error), "message": error_words(error)}}


def _add_errors(app: "FastAPI") -> None:
    from fastapi import Request
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import HTMLResponse, JSONResponse, Response

    from ui.render_pages import problem_page

    async def refuse(request: Request, error: Exception) -> Response:
        code = error_code(error)
        headers = {"Retry-After": str(RETRY_SECONDS)} if code == 503 else {}
        if not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", ""):
            title = "Not found" if code == 404 else "This did not work"
            return HTMLResponse(problem_page(title, error_words(error)), status_code=code, headers=headers)
        return JSONResponse(error_body(error), status_code=code, headers=headers)

    async def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return JSONResponse({"error": {"code": 422, "message": f"{place or 'The request'}: {first['msg']}."}}, status_code=422)

    app.add_exception_handler(AdviserError, refuse)
    app.add_exception_handler(RequestValidationError, invalid)


def event(name: str, data: object) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
