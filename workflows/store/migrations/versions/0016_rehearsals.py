"""Rehearsals of drafts, each with a database of its own as bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0016_rehearsals"
down_revision = "0015_moves"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["release_draft.id"], name=op.f("fk_rehearsal_draft_id_release_draft")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_rehearsal_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal")),
    )
    op.create_index(op.f("ix_rehearsal_draft_id"), "rehearsal", ["draft_id"])
    op.create_index(op.f("ix_rehearsal_by_id"), "rehearsal", ["by_id"])
    op.create_table(
        "rehearsal_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rehearsal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("database", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rehearsal_id"], ["rehearsal.id"], name=op.f("fk_rehearsal_state_rehearsal_id_rehearsal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal_state")),
        sa.UniqueConstraint("rehearsal_id", "number", name=op.f("uq_rehearsal_state_rehearsal_id_number")),
    )


def downgrade() -> None:
    op.drop_table("rehearsal_state")
    op.drop_table("rehearsal")
