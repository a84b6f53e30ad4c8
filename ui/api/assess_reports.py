"""The instruments that give reports in blocks, as plain pages: outcomes framework, cases, tools, networks. Owns: their routes.

Does not own: the reports, or their layout.
"""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.instruments.outcomes.reading import parse_framework
from assistant.instruments.outcomes.rules import outcomes_spec
from assistant.instruments.situation.situation import Situation
from assistant.library.works import WorkStore
from ui.api.assess import owner_of
from ui.api.assess_result import form_page, kept_words, read_fields, top_level
from ui.assess_fields import one, situation
from ui.assess_output import save
from ui.assessing import run_cases, run_network, run_outcomes, run_review, run_tools
from ui.export_framework_docx import framework_docx
from ui.export_framework_json import framework_json
from ui.export_framework_xlsx import framework_xlsx
from ui.framework_report import Block, report_blocks
from ui.instrument_forms import FORMS, SITUATION_FIELDS, outcomes_form, situation_form
from ui.render_assess import assess_page
from ui.render_blocks import blocks_section
from ui.serving import Services
from ui.situation_kept import Finding, keep_finding
from ui.situation_report import cases_report, network_report, tools_report

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_assess_reports(app: "FastAPI", services: Services) -> None:
    """Add their pages."""
    _outcomes(app, services)
    _situations(app, services)


def _outcomes(app: "FastAPI", services: Services) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse, Response

    makers = {"docx": framework_docx, "xlsx": framework_xlsx, "json": framework_json}

    @app.get("/assess/outcomes", include_in_schema=False)
    def ask_outcomes() -> HTMLResponse:
        return form_page(outcomes_spec().title, outcomes_form())

    @app.post("/assess/outcomes", include_in_schema=False)
    async def outcomes(request: Request) -> Response:
        fields = await read_fields(request)
        framework = parse_framework(one(fields, "framework"))
        review = await services.gate.run(lambda: run_review(services.assistant, framework))
        if (ending := one(fields, "as")) in makers:
            headers = {"Content-Disposition": f'attachment; filename="framework.{ending}"'}
            return Response(makers[ending](review), media_type="application/octet-stream", headers=headers)
        work = None
        if one(fields, "keep") == "yes":
            found = await services.gate.run(lambda: run_outcomes(services.assistant, framework))
            work = save(found, WorkStore(services.assistant.library.engine), owner=owner_of(request, services))
        actions = kept_words(work, "outcomes") if work else None
        body = blocks_section(report_blocks(review), top=top_level(request), actions=actions, framework=framework)
        return HTMLResponse(assess_page(framework.title, body))


def _situations(app: "FastAPI", services: Services) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    assistant = services.assistant

    def add(name: str, find: Callable[[Assistant, Situation], Finding], report: Callable[[Any], list[Block]]) -> None:
        title = next(each.title for each in FORMS if each.name == name)

        @app.get(f"/assess/{name}", include_in_schema=False)
        def ask() -> HTMLResponse:
            return form_page(title, situation_form(name, SITUATION_FIELDS[name]))

        @app.post(f"/assess/{name}", include_in_schema=False)
        async def look(request: Request) -> HTMLResponse:
            fields = await read_fields(request)
            given = situation(fields, SITUATION_FIELDS[name])
            started = time.perf_counter()
            found = await services.gate.run(lambda: find(assistant, given))
            keep = one(fields, "keep") == "yes"
            work = keep_finding(name, found, assistant, owner=owner_of(request, services), started=started) if keep else None
            actions = kept_words(work, name) if work else None
            return HTMLResponse(assess_page(title, blocks_section(report(found), top=top_level(request), actions=actions)))

    add("cases", run_cases, cases_report)
    add("tools", run_tools, tools_report)
    add("network", run_network, network_report)
