"""What a person makes with the adviser and keeps: assessments, outcome frameworks, briefs. One row a version.

Revision: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("noun", sa.JSON, nullable=False),
    )
    op.create_index("ix_works_owner", "works", ["owner", "kind", "created_at"])


def downgrade() -> None:
    op.drop_table("works")
