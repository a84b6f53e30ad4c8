"""Which addresses may be asked. Owns: what a web address must look like, and that its machine stands on the public internet.

Does not own: the request. A name is resolved once, every address it has is judged, and the connection goes to one that was
judged, so that a name cannot lead elsewhere the second time.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from assistant.errors import FetchError

PORTS = {"http": 80, "https": 443}
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in its last 32 bits


@dataclass(frozen=True)
class Place:
    """A web address that may be asked, with the machine it leads to. `target`: path and query."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    ip: str

    @property
    def site(self) -> str:
        """Scheme, host and port: what robots rules and the pace hold for."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def locate_address(url: str, *, allow_loopback: bool = False) -> Place:
    """Judge and resolve a web address. Raises FetchError for one that must not, or cannot, be asked."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise FetchError(f"'{url[:200]}' is not a web address. Correct it in the catalogue.") from None
    if parts.scheme not in PORTS or not host:
        raise FetchError(f"'{url[:200]}' is not a web address (http or https). Correct it in the catalogue.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("The address holds a user name or password and is not followed. Save the file yourself and ingest it.")
    if not url.isascii() or any(c.isspace() or ord(c) < 33 for c in url):
        raise FetchError("The address holds characters that an address must encode. Correct it in the catalogue.")
    port = port or PORTS[parts.scheme]
    if port not in PORTS.values() and not allow_loopback:
        raise FetchError(
            f"The address asks for port {port}; only the web's own ports are used. Save the file yourself and ingest it."
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(url, parts.scheme, host, port, target, _public_ip(host, port, allow_loopback=allow_loopback))


def _public_ip(host: str, port: int, *, allow_loopback: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise FetchError(f"The name {host[:200]} leads to no machine. Check the address and the network.") from None
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses or not all(is_public(each) or (allow_loopback and _is_loopback(each)) for each in addresses):
        raise FetchError(f"{host[:200]} leads to a private machine, not to the public internet, and is not asked.")
    return addresses[0]


def is_public(written: str) -> bool:
    """Whether an IP address is one of the public internet, also when it is wrapped in an IPv6 form."""
    address = _unwrapped(ip_address(written))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _is_loopback(written: str) -> bool:
    return _unwrapped(ip_address(written)).is_loopback


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address
