"""What a page of ours may load. Owns: the content security policies, the other security headers, which of Gradio's routes are
closed.

Does not own: applying them (see `guard.py`). Nothing from another site is ever allowed.
"""

from __future__ import annotations

import base64
import hashlib
import re

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
# Gradio's own ways in that this product does not use: uploads (ours is /v1/sources), files, proxying, its API pages.
CLOSED = ("/gradio_api/", "/monitoring", "/docs", "/redoc", "/openapi.json", "/token", "/logout")
OPEN = (
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/startup-events",
    "/gradio_api/run/",
    "/gradio_api/info",
    "/gradio_api/app_id",
)
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S | re.I)
_SOCIAL = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*?/?>", re.S | re.I)


def plain_policy() -> str:
    """For plain pages and everything else: our own style, script and images; nothing inline."""
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def chat_policy(page: str) -> str:
    """For the chat: its own files, and just those inline scripts that the page was served with. Gradio needs inline style; no
    eval."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; "
        "object-src 'none'; frame-ancestors 'none'"
    )


def clean_chat_page(page: str) -> str:
    """Gradio's page without its cards for social media, which name other sites; in UK English."""
    return _SOCIAL.sub("", page).replace('lang="en"', 'lang="en-GB"', 1)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.replace("\r\n", "\n").encode("utf-8")).digest()).decode()
