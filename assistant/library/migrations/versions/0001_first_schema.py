"""First schema: sources, passages, vectors, receipts, meta.

Revision: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("meta", sa.Column("key", sa.String(64), primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "sources",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(160), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("path", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("noun", sa.JSON, nullable=False),
        sa.Column("added_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_sources_id", "sources", ["id"])
    op.create_index("ix_sources_state", "sources", ["state"])
    ready = sa.text("state = 'ready'")
    op.create_index("one_ready_version", "sources", ["id"], unique=True, sqlite_where=ready, postgresql_where=ready)
    op.create_table(
        "passages",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("source_key", sa.String(64), sa.ForeignKey("sources.key", ondelete="CASCADE"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("vector_key", sa.String(64), nullable=False),
        sa.Column("noun", sa.JSON, nullable=False),
    )
    op.create_index("ix_passages_source_key", "passages", ["source_key"])
    op.create_index("ix_passages_vector_key", "passages", ["vector_key"])
    op.create_table(
        "vectors", sa.Column("key", sa.String(64), primary_key=True), sa.Column("vector", sa.LargeBinary, nullable=False)
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("total_ms", sa.Float, nullable=False),
        sa.Column("noun", sa.JSON, nullable=False),
    )
    op.create_index("ix_receipts_created_at", "receipts", ["created_at"])


def downgrade() -> None:
    for table in ("receipts", "vectors", "passages", "sources", "meta"):
        op.drop_table(table)
