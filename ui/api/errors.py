"""Errors over HTTP. Owns: which code each has, and how it is said to a browser and to a program. Does not own: raising any."""

# No `from __future__ import annotations` in this package's route modules: FastAPI reads the annotations of functions made
# inside functions.

import json
from typing import TYPE_CHECKING

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
from ui.gate import RETRY_SECONDS, BusyError

if TYPE_CHECKING:
    from fastapi import FastAPI

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


def error_code(error: Exception) -> int:
    """The HTTP code of an error; 500 for what nobody foresaw."""
    return next((code for kind, code in CODES if isinstance(error, kind)), 500)


def error_words(error: Exception) -> str:
    """An error in one line, with what to do; what nobody foresaw tells no more than that."""
    return " ".join(str(error).split()) if isinstance(error, AdviserError) else INTERNAL


def error_body(error: Exception) -> dict[str, object]:
    """An error as the API says it."""
    return {"error": {"code": error_code(error), "message": error_words(error)}}


def add_errors(app: "FastAPI") -> None:
    """Have every error of ours become its code and its line."""
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
