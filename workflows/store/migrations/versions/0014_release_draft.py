"""Drafts of releases: their files, edits and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0014_release_draft"
down_revision = "0013_leave_taken"
branch_labels = None
depends_on = None

STATUSES = "'open', 'submitted', 'approved', 'published', 'dropped'"
KINDS = "'submitted', 'approved', 'returned', 'withdrawn', 'published'"


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "release_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("base_release_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_release_draft_status")),
        points("release_draft", "trust_id", "trust"),
        points("release_draft", "base_release_id", "release"),
        points("release_draft", "created_by_id", "person"),
        points("release_draft", "release_id", "release"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_draft")),
    )
    op.create_index(op.f("ix_release_draft_trust_id"), "release_draft", ["trust_id"])
    op.create_table(
        "release_draft_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        points("release_draft_file", "draft_id", "release_draft"),
        points("release_draft_file", "changed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_draft_file")),
        sa.UniqueConstraint("draft_id", "path", name=op.f("uq_release_draft_file_draft_id_path")),
    )
    op.create_table(
        "release_draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("turned_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('done', 'undone', 'gone')", name=op.f("ck_release_draft_edit_state")),
        points("release_draft_edit", "draft_id", "release_draft"),
        points("release_draft_edit", "by_id", "person"),
        points("release_draft_edit", "turned_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_draft_edit")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_release_draft_edit_draft_id_number")),
    )
    op.create_table(
        "release_draft_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_release_draft_decision_kind")),
        points("release_draft_decision", "draft_id", "release_draft"),
        points("release_draft_decision", "by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_draft_decision")),
    )
    op.create_index(op.f("ix_release_draft_decision_draft_id"), "release_draft_decision", ["draft_id"])


def downgrade() -> None:
    op.drop_table("release_draft_decision")
    op.drop_table("release_draft_edit")
    op.drop_table("release_draft_file")
    op.drop_table("release_draft")
