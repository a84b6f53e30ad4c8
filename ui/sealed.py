"""Values that go through a browser and must come back as they were. Owns: sealing and opening them with a key of this process.

Does not own: what they are. After the server starts anew, older seals do not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from assistant.errors import InputError
from assistant.instruments.assessment import OwnQuote


@dataclass(frozen=True)
class Seal:
    """Seals quotes of a document that the server does not keep, so that no form can bring back other words than it was given."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def closed(self, quote: OwnQuote) -> str:
        """The quote as text for a form."""
        body = base64.urlsafe_b64encode(quote.model_dump_json().encode()).decode()
        return f"{body}.{self._mark(body)}"

    def opened(self, sealed: str) -> OwnQuote:
        """The quote again. Raises InputError for anything that was not sealed here."""
        body, _, mark = sealed.rpartition(".")
        if not body or not hmac.compare_digest(mark.encode(), self._mark(body).encode()):
            raise InputError("A quote on this page is older than the server. Send your document again and choose anew.")
        return OwnQuote.model_validate_json(base64.urlsafe_b64decode(body.encode()))

    def _mark(self, body: str) -> str:
        return hmac.new(self.key, body.encode(), hashlib.sha256).hexdigest()
