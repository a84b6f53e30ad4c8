"""Rich Text Format. Owns: its groups, control words and characters. Does not own: what they print (see `rtf_paper`).

Pictures, headers, footers, comments and hidden text are left out; the list text that writers put into the file is kept as its
numbers.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Document
from ingest.extract.cleaning import clean
from ingest.extract.rtf_paper import Paper

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([\r\n]+)|([^\\{}\r\n]+)")
_LEFT_OUT = frozenset({
    "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent", "atnref",
    "background", "bkmkend", "bkmkstart", "colortbl", "comment", "datafield", "datastore", "do", "docvar", "factoidname",
    "falt", "fchars", "ffdeftext", "ffname", "filetbl", "fldinst", "fontemb", "footer", "footerf", "footerl", "footerr",
    "ftncn", "ftnsep", "ftnsepc", "generator", "header", "headerf", "headerl", "headerr", "info", "keycode", "keywords",
    "latentstyles", "lchars", "levelnumbers", "leveltext", "listlevel", "listname", "listoverridetable", "listpicture",
    "listtable", "mmathPr", "nonesttables", "nonshppict", "objdata", "object", "pgptbl", "pict", "pn", "pnseclvl", "pntxta",
    "pntxtb", "private", "revtbl", "rsidtbl", "stylesheet", "tc", "template", "themedata", "colorschememapping", "userprops",
    "wgrffmtfilter", "xe", "xmlnstbl",
})  # fmt: skip
_TARGETS = {"fonttbl": "fonts", "footnote": "note", "listtext": "list", "pntext": "list", "shptxt": "body"}
_KEPT_STARRED = frozenset({"shpinst", "shp", *_TARGETS})
_MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "-", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
DEEPEST = 500
MOST_TOKENS = 20_000_000


@dataclass(frozen=True)
class _State:
    """What a group sets and its end undoes: where text goes, the font, how many characters stand for one written as a number."""

    target: str = "body"
    font: int | None = None
    skip: int = 1
    hidden: bool = False


def extract(data: bytes) -> Document:
    """An RTF file as blocks. Raises FileRefusedError where no text is found."""
    reader = _Reader(data)
    reader.read()
    blocks = reader.paper.blocks
    if not blocks:
        raise FileRefusedError("No text was found in it. Open it in its own program and save it as .docx.")
    facts = {name: clean("".join(pieces)) for name, pieces in reader.paper.facts.items()}
    author, title = facts.get("author", ""), facts.get("title") or next((b.text for b in blocks if b.kind == "heading"), None)
    year = re.search(r"(?:19|20)\d\d", facts.get("year", ""))
    return Document("rtf", blocks, title, [author] if " " in author else [], year=int(year.group()) if year else None)


class _Reader:
    """One file's tokens, in order."""

    def __init__(self, data: bytes) -> None:
        self.paper = Paper()
        self._data = data
        self._at = 0
        self._state = _State()
        self._stack: list[_State] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._starred = False
        self._skipping = 0
        self._ended = False

    def read(self) -> None:
        for _ in range(MOST_TOKENS):
            match = _TOKEN.match(self._data, self._at)
            if match is None or self._ended:
                break
            self._at = match.end()
            self._take(*match.groups())
        self._flush()
        self.paper.end_paragraph()
        self.paper.end_table()

    def _take(self, word: Any, number: Any, code: Any, sign: Any, brace: Any, gap: Any, plain: Any) -> None:
        if gap is not None:
            return
        if code is not None:
            self._code(int(code, 16))
            return
        self._flush()
        if brace is not None:
            self._brace(opens=brace == b"{")
        elif word is not None:
            self._word(word.decode("ascii"), int(number) if number else None)
        elif sign is not None:
            self._starred = sign == b"*"
            self._put(_SIGNS.get(sign, ""))
        else:
            text = plain.decode(self._encoding(), "replace")
            self._put(text[self._skipping :])
            self._skipping = max(0, self._skipping - len(text))

    def _code(self, byte: int) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._bytes.append(byte)

    def _brace(self, *, opens: bool) -> None:
        self._skipping, self._starred = 0, False
        if opens:
            if len(self._stack) < DEEPEST:
                self._stack.append(self._state)
            return
        if self._state.target == "note" and (not self._stack or self._stack[-1].target != "note"):
            self.paper.end_note()
        self._state = self._stack.pop() if self._stack else self._state
        self._ended = not self._stack

    def _word(self, name: str, value: int | None) -> None:
        starred, self._starred = self._starred, False
        if name == "bin" and value:
            self._at += max(0, value)
        elif name == "u" and value is not None:
            self._put(self._character(value % 0x10000))
            self._skipping = self._state.skip
        else:
            self._skipping = 0
            if not self._state.hidden:
                self.paper.control(name, value, self._state.target)
            self._set_encoding(name, value)
            self._set_state(name, value, starred=starred)

    def _character(self, code: int) -> str:
        """A character by its number; of two halves the first makes the character and the second nothing."""
        if not 0xD800 <= code < 0xE000:
            return chr(code)
        follows = re.match(rb"(?:\s|\\'..|\?)*\\u(-?\d{1,6})", self._data[self._at : self._at + 40])
        low = int(follows.group(1)) % 0x10000 if follows else 0
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)) if code < 0xDC00 <= low < 0xE000 else ""

    def _set_encoding(self, name: str, value: int | None) -> None:
        if name == "ansicpg" and value:
            self._default = _known(f"cp{value}")
        elif name in _MACHINES:
            self._default = _MACHINES[name]
        elif name == "fcharset" and self._state.target == "fonts" and self._state.font is not None:
            self._fonts[self._state.font] = _known(_CHARSETS.get(value or 0, self._default))

    def _set_state(self, name: str, value: int | None, *, starred: bool) -> None:
        state = self._state
        if name == "f":
            self._state = replace(state, font=value)
        elif name == "uc":
            self._state = replace(state, skip=min(max(0, value or 0), 8))
        elif name in {"v", "deleted", "plain"}:
            self._state = replace(state, hidden=name != "plain" and value != 0)
        elif name in {"title", "author"} and state.target == "nowhere":
            self._state = replace(state, target=name)
        elif name == "yr" and value and state.target == "nowhere":
            self.paper.facts.setdefault("year", []).append(f"{value} ")
        elif name in _TARGETS and (state.target != "nowhere" or name == "shptxt"):
            self._state = replace(state, target=_TARGETS[name])
        elif name in _LEFT_OUT or (starred and name not in _KEPT_STARRED):
            self._state = replace(state, target="nowhere")

    def _encoding(self) -> str:
        font = self._state.font
        return self._fonts.get(font, self._default) if font is not None else self._default

    def _flush(self) -> None:
        data, self._bytes = bytes(self._bytes), bytearray()
        self._put(data.decode(self._encoding(), "replace") if data else "")

    def _put(self, text: str) -> None:
        if not self._state.hidden:
            self.paper.put(text, self._state.target)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
