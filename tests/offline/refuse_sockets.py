"""Refuses every network address in this process. Owns: that rule. Sockets within one machine (AF_UNIX) stay allowed.

A test that speaks to a server of its own sets `loopback` while it runs (the fixture of that name does): 127.0.0.1 is open then.
"""

from __future__ import annotations

import sys
from typing import Any

REFUSED = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)
loopback = False
THIS_MACHINE = "127.0.0.1"


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: Python calls it before it opens anything."""
    if event not in REFUSED:
        return
    address = arguments[0] if event.startswith("socket.get") else arguments[-1]
    if loopback and THIS_MACHINE in (address, address[0] if isinstance(address, tuple) else ""):
        return
    if event.startswith("socket.get") or isinstance(address, tuple):
        raise ConnectionRefusedError(f"the tests refuse the network: {event} {address!r}")


sys.addaudithook(refuse)
