"""The tables of the catalogue. Owns: their columns. Does not own: how they change (see `migrations/`) or who writes them.

A source has a row per version; `state` says which one answers: `staged` while it is being indexed, `ready` when acknowledged,
`retired` while a newer version takes over or it is being removed. Readers see `ready` only, so one source is all or nothing.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, text

metadata = MetaData()

STAGED, READY, RETIRED = "staged", "ready", "retired"

meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))

sources = Table(
    "sources",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("id", String(160), nullable=False, index=True),
    Column("content_hash", String(64), nullable=False),
    Column("state", String(8), nullable=False, index=True),
    Column("origin", String(16), nullable=False),
    Column("path", Text),
    Column("text", Text, nullable=False),
    Column("noun", JSON, nullable=False),
    Column("added_at", String(32), nullable=False),
)
Index(
    "one_ready_version", sources.c.id, unique=True, sqlite_where=text("state = 'ready'"), postgresql_where=text("state = 'ready'")
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("source_key", String(64), ForeignKey("sources.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector_key", String(64), nullable=False, index=True),
    Column("noun", JSON, nullable=False),
)

vectors = Table("vectors", metadata, Column("key", String(64), primary_key=True), Column("vector", LargeBinary, nullable=False))

receipts = Table(
    "receipts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created_at", String(32), nullable=False, index=True),
    Column("total_ms", Float, nullable=False),
    Column("noun", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("receipt_id", String(32), ForeignKey("receipts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", String(32), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
)

works = Table(
    "works",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("noun", JSON, nullable=False),
)
Index("ix_works_owner", works.c.owner, works.c.kind, works.c.created_at)
