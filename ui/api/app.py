"""The server as one ASGI app. Owns: putting guard, API, pages and the mounted chat together.

Does not own: any route's work. Imports fastapi inside its functions: nothing heavy is loaded before `adviser serve` asks for it.
"""

# No `from __future__ import annotations` in this package's route modules: FastAPI reads the annotations of functions made
# inside functions.

from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from assistant.receipts import product_version
from ui.api.errors import add_errors
from ui.api.guard import Guard, Rules
from ui.serving import Services

if TYPE_CHECKING:
    from fastapi import FastAPI

DESCRIPTION = (
    "Answers implementation questions on mission-driven government from a curated library. "
    "Every sentence carries its evidence and an honest status; “quoted” and “supported” mean that the source says so, "
    "not that it is true. The command line's `--json` prints the same objects."
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

    from ui.api.assess import add_assess
    from ui.api.assess_pages import add_assess_pages
    from ui.api.brief_pages import add_brief_pages
    from ui.api.briefs import add_briefs
    from ui.api.check import add_check
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
    add_errors(app)
    add_routes(app, services)
    add_assess(app, services)
    add_assess_pages(app, services)
    add_briefs(app, services)
    add_brief_pages(app, services)
    add_check(app, services)
    add_pages(app, services, rules_of(services, key=key))
    return app
