"""`adviser serve`. Owns: address and key, starting the server, printing where it is. Does not own: what it serves."""

from __future__ import annotations

import argparse
import ipaddress
import socket
import sys
from typing import TYPE_CHECKING

from assistant.errors import SettingError
from assistant.process import starting
from assistant.settings import Settings

if TYPE_CHECKING:
    from ui.api.guard import Guard

SHORTEST_KEY = 16
BACKLOG = 256


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped. 0 when stopped by the person who started it."""
    key = checked_key(settings.serve_key.get_secret_value())
    if key is None and not is_loopback(arguments.host):
        raise SettingError(
            f"--host {arguments.host} would open the library to other machines. Set ADVISER_SERVE_KEY to a key of {SHORTEST_KEY} "
            "characters or more, or leave --host out."
        )
    listener = _listen(arguments.host, arguments.port)
    _serve(settings, key=key, listener=listener)
    return 0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def checked_key(key: str) -> str | None:
    """The key of a shared server; None where none is set. Raises SettingError for one that is too short to be one."""
    if key and len(key) < SHORTEST_KEY:
        raise SettingError(
            f"ADVISER_SERVE_KEY is shorter than {SHORTEST_KEY} characters. Set a longer one: it is all that keeps strangers out."
        )
    return key or None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"The address {host}:{port} cannot be used ({error.strerror or error}). Give another with --host or --port."
        ) from None
    listener.listen(BACKLOG)
    return listener


def _serve(settings: Settings, *, key: str | None, listener: socket.socket) -> None:
    import asyncio

    asyncio.run(_run_server(settings, key=key, listener=listener))


def _built(settings: Settings, *, key: str | None) -> Guard:
    """The whole server over the opened library."""
    from concurrent.futures import ThreadPoolExecutor

    from assistant.assistant import open_assistant
    from ui.api.app import build_app
    from ui.serving import open_services
    from ui.web.app import mount
    from ui.web.loading import load

    with ThreadPoolExecutor(1) as ahead:  # the chat's library takes a second or two to load: meanwhile the library opens
        loading = ahead.submit(load)
        # One thread a question: many are answered side by side, and threads of one embedding would only wait for each other.
        assistant = open_assistant(settings.model_copy(update={"threads": settings.threads or 1}))
        assistant.embedder.open()
        loading.result()
    return build_app(open_services(assistant, shared=key is not None), key=key, mount=mount)


async def _run_server(settings: Settings, *, key: str | None, listener: socket.socket) -> None:
    import asyncio

    with starting():
        import uvicorn

        app = _built(settings, key=key)  # within the loop, or the page would make some of its own
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        limit_concurrency=500,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        _say_ready(listener, shared=key is not None)
    await serving


def _say_ready(listener: socket.socket, *, shared: bool) -> None:
    host, port = listener.getsockname()[:2]
    print(f"Mission adviser is ready at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl and C stops it).", flush=True)
    if shared:
        print("It is shared: everyone who opens it is asked for the key.", file=sys.stderr, flush=True)
