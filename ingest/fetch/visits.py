"""Visiting sites politely. Owns: robots rules before every page, the pace at each site, following redirects one by one.

Does not own: a single request (`web.py`) or judging an address (`addresses.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urldefrag, urljoin

from assistant.errors import FetchError
from ingest.fetch.addresses import Place, locate_address
from ingest.fetch.robots import ALL_FORBIDDEN, NOTHING_FORBIDDEN, Robots, read_robots
from ingest.fetch.web import Limits, Reply, request

MOVED = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 500_000  # RFC 9309 asks for at least 500 kibibytes to be read


class Visits:
    """Visits of one run: a site's rules are read once, and its requests are spaced. Not for several threads."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._robots: dict[str, Robots] = {}
        self._next: dict[str, float] = {}

    def get(self, url: str, *, conditions: Callable[[str], Mapping[str, str]] = lambda _: {}) -> Reply:
        """The page that an address leads to, redirects followed; `conditions`: headers for the address that is asked.

        Raises FetchError: forbidden by the site's rules, a redirect too many or to where none may go, or the request failed.
        """
        asked = urldefrag(url).url
        for _ in range(self.limits.redirects + 1):
            place = self._located(asked)
            rules = self._rules(place)
            if not rules.allows(place.target):
                raise FetchError(
                    f"{place.host} asks programs not to read this page (robots.txt). Save it yourself and ingest it."
                )
            reply = self._ask(place, self.limits, conditions(asked), delay=rules.delay)
            if reply.status not in MOVED:
                return reply
            asked = next_address(reply)
        raise FetchError(f"It was redirected more than {self.limits.redirects} times. Check the address.")

    def _located(self, url: str) -> Place:
        return locate_address(url, allow_loopback=self.limits.allow_loopback)

    def _rules(self, place: Place) -> Robots:
        if place.site not in self._robots:
            self._robots[place.site] = self._read_rules(f"{place.site}/robots.txt")
        return self._robots[place.site]

    def _read_rules(self, url: str) -> Robots:
        """A site's rules: none where it has no such file, everything forbidden where it cannot say (RFC 9309, 2.3.1)."""
        limits = replace(self.limits, bytes=_ROBOTS_BYTES)
        for _ in range(self.limits.redirects + 1):
            reply = self._ask(self._located(url), limits, {}, delay=0.0)
            if reply.status not in MOVED:
                break
            url = next_address(reply)
        if 200 <= reply.status < 300:
            return read_robots(reply.body.decode("utf-8", "replace"))
        return ALL_FORBIDDEN if reply.status >= 500 or reply.status == 429 else NOTHING_FORBIDDEN

    def _ask(self, place: Place, limits: Limits, headers: Mapping[str, str], *, delay: float) -> Reply:
        wait = self._next.get(place.site, 0.0) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            return request(place, limits, headers)
        finally:
            self._next[place.site] = time.monotonic() + max(limits.pace, delay)


def next_address(reply: Reply) -> str:
    """Where a redirect leads. Raises FetchError: nowhere, or from a secure address to one that is not."""
    target = reply.headers.get("location", "").strip()
    if not target:
        raise FetchError(f"{reply.place.host} redirects to nowhere. Check the address.")
    try:
        url = urldefrag(urljoin(reply.place.url, target)).url
    except ValueError:
        raise FetchError(f"{reply.place.host} redirects to what is no address. Check the address.") from None
    if reply.place.scheme == "https" and not url.lower().startswith("https:"):
        raise FetchError(
            f"{reply.place.host} redirects from a secure address to one that is not. Save the file yourself and ingest it."
        )
    return url
