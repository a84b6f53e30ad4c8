"""Is the library sound? Owns: what is checked, and mending it. Does not own: the parts that are checked.

The catalogue is the truth. Repair brings the packaged sources up to the installed corpus, embeds anew what another model embedded,
and rebuilds both indexes from the catalogue when they do not agree with it. The user's documents are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from assistant.errors import AdviserError, ChatModelError, IndexDamagedError, ModelFileError
from assistant.index.cross_encoder import CrossEncoder
from assistant.index.embedder import Embedder
from assistant.index.index import Index, IndexReport, forget_indexes
from assistant.library.database import open_database
from assistant.library.fingerprint import require_match, stored_fingerprint
from assistant.library.library import Library
from assistant.library.writer import LibraryWriter
from assistant.llm import try_chat_model
from assistant.settings import Settings
from ingest.corpus_build import bring_up_to_corpus, sign
from ingest.packaged import current_fingerprint
from ingest.publish import ingest_lock
from ingest.reembed import reembed
from ingest.workshop import open_workshop


@dataclass(frozen=True)
class Finding:
    """One thing that was checked."""

    what: str
    well: bool
    says: str


def examine(settings: Settings) -> list[Finding]:
    """Check models, catalogue, fingerprint and both indexes; change nothing."""
    findings = [_model("embedding model", Embedder), _model("cross-encoder", CrossEncoder)]
    library = Library(open_database(settings.home))
    findings.append(_catalogue(library))
    findings.append(_fingerprint(settings, library))
    findings.append(_indexes(settings, library))
    findings.append(_chat_model(settings))
    return findings


def repair(settings: Settings) -> list[Finding]:
    """Mend what can be mended, then check again. Waits for a running ingest."""
    with ingest_lock(settings.home, seconds=settings.lock_seconds):
        engine = open_database(settings.home)
        library, writer = Library(engine), LibraryWriter(engine)
        stored = stored_fingerprint(library.read_meta())
        try:
            Index(library, settings.home).verify()
        except IndexDamagedError:
            forget_indexes(settings.home, writer)
        bring_up_to_corpus(settings)
        workshop = open_workshop(settings)
        # Passages keep their ids when another model embeds them, so only the fingerprint can tell that the index holds the old vectors.
        other_model = stored is None or stored.embedder != workshop.embedder.fingerprint
        if reembed(workshop, settings) or other_model or not workshop.index.verify().clean:
            workshop.index.rebuild(writer)
        sign(settings)
    return examine(settings)


def _chat_model(settings: Settings) -> Finding:
    if not settings.model:
        return Finding(
            "chat model", well=True, says="none is set up; answers are quoted from the library (ADVISER_MODEL sets one up)"
        )
    try:
        return Finding("chat model", well=True, says=try_chat_model(settings))
    except ChatModelError as error:
        return Finding("chat model", well=False, says=f"{error} Until then answers are quoted from the library.")


def _model(what: str, model: type[Embedder] | type[CrossEncoder]) -> Finding:
    try:
        opened = model()
        opened.verify()
    except ModelFileError as error:
        return Finding(what, well=False, says=str(error))
    return Finding(what, well=True, says=opened.fingerprint)


def _catalogue(library: Library) -> Finding:
    with library.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            result = str(connection.execute(text("pragma quick_check")).scalar())
            if result != "ok":
                return Finding(
                    "catalogue",
                    well=False,
                    says=f"the file is damaged ({result}); restore a copy, or move it away and ingest again",
                )
    passages, sources = library.counts()
    return Finding("catalogue", well=True, says=f"{sources:,} sources, {passages:,} passages")


def _fingerprint(settings: Settings, library: Library) -> Finding:
    stored = stored_fingerprint(library.read_meta())
    if stored is None:
        return Finding("fingerprint", well=True, says="the library is not built yet; the first question builds it")
    try:
        require_match(stored, current_fingerprint(settings, library.read_meta()))
    except AdviserError as error:
        return Finding("fingerprint", well=False, says=str(error))
    return Finding("fingerprint", well=True, says="built with this corpus, segmenter and embedding model")


def _indexes(settings: Settings, library: Library) -> Finding:
    try:
        report = Index(library, settings.home).verify()
    except IndexDamagedError as error:
        return Finding("indexes", well=False, says=str(error))
    return Finding("indexes", well=report.clean, says=_said(report))


def _said(report: IndexReport) -> str:
    if report.clean:
        return f"vectors and words hold the {report.passages:,} passages of the catalogue"
    return (
        f"of {report.passages:,} passages, {report.missing_vectors} lack vectors and {report.missing_words} lack words; "
        f"{report.extra_vectors} vectors and {report.extra_words} words are left over. Run `adviser doctor --repair`."
    )
