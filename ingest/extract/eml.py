"""E-mail (.eml, and web pages saved as .mhtml): the only door to the email package. Owns: headers as facts, the body as blocks.

Does not own: attachments, which are named in a warning, or Outlook's .msg.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.markup import markup_blocks, parse_html
from ingest.extract.plain import text_blocks

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def extract(data: bytes) -> Document:
    """A message: its headers as one row, its text, quoted text as quotations. Raises FileRefusedError where it has no body."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    facts = {name: _header(message, name) for name in _SHOWN}
    body, markup = _body(message)
    blocks = markup_blocks(parse_html(body)) if markup else _quoting(body)
    if not blocks:
        raise FileRefusedError("The message has no text. If its content is attached, save the attachment and ingest that.")
    heads = "; ".join(f"{name}: {value}" for name, value in facts.items() if value)
    year = re.search(r"\b(?:19|20)\d\d\b", facts["Date"])
    senders = [name or address for name, address in getaddresses([facts["From"]]) if name or address]
    return Document(
        format="eml",
        blocks=[*([Block(f"{heads}.", "table_row")] if heads else []), *blocks],
        title=facts["Subject"] or None,
        authors=senders,
        year=int(year.group()) if year else None,
        warnings=_attachments(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean(str(message.get(name, "")))
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
    ):  # the standard library's parser raises these on broken headers
        raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return clean(raw)


def _body(message: EmailMessage) -> tuple[str, bool]:
    """The text of the message and whether it is HTML: the plain part where there is one."""
    plain, html = "", ""
    for part in message.walk():
        if part.is_multipart() or part.get_filename() or part.get_content_maintype() != "text":
            continue
        if part.get_content_subtype() == "html":
            html = html or _text(part)
        elif not plain.strip():
            plain = _text(part)
    letters = len(re.findall(r"\w", plain))
    return (plain, False) if letters > 1 and (letters > 40 or not html) else (html, True) if html else (plain, False)


def _text(part: EmailMessage | object) -> str:
    assert isinstance(part, EmailMessage)
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decode(data, declared=part.get_content_charset())[0] if data else ""


def _quoting(text: str) -> list[Block]:
    blocks: list[Block] = []
    for quoted, lines in _runs(text.replace("\r\n", "\n").split("\n")):
        for block in text_blocks("\n".join(lines), headings=False):
            blocks.append(Block(block.text, "quotation") if quoted else block)
    return blocks


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        quoted = line.startswith(">")
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(re.sub(r"^(?:>\s?)+", "", line))
    return runs


def _attachments(message: EmailMessage) -> list[str]:
    names = [clean(str(part.get_filename())) for part in message.walk() if part.get_filename()]
    if not names:
        return []
    shown = ", ".join(names[:5]) + (" and more" if len(names) > 5 else "")
    counted = "1 attachment" if len(names) == 1 else f"{len(names)} attachments"
    return [f"{counted} not read ({shown}); save and ingest {'it' if len(names) == 1 else 'them'}"]
