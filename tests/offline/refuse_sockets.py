"""Refuses every network address in this process. Owns: that rule. Sockets between processes of one machine (AF_UNIX) stay allowed."""

from __future__ import annotations

import sys
from typing import Any

REFUSED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"})


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: Python calls it before it opens anything."""
    if event not in REFUSED:
        return
    address = arguments[0] if event.startswith("socket.get") else arguments[-1]
    if event.startswith("socket.get") or isinstance(address, tuple):
        raise ConnectionRefusedError(f"the tests refuse the network: {event} {address!r}")


sys.addaudithook(refuse)
