"""Running cases that are moved to another release; lines of the ledger that keep the rule of an earlier one."""

import sqlalchemy as sa
from alembic import op

revision = "0015_moves"
down_revision = "0014_release_draft"
branch_labels = None
depends_on = None

BATCHES = "'waiting', 'running', 'done', 'stopped', 'undoing', 'undone'"
ITEMS = "'waiting', 'moved', 'refused', 'failed', 'undone'"


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "move_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("to_release_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(f"status IN ({BATCHES})", name=op.f("ck_move_batch_status")),
        points("move_batch", "trust_id", "trust"),
        points("move_batch", "to_release_id", "release"),
        points("move_batch", "by_id", "person"),
        points("move_batch", "undone_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_batch")),
    )
    op.create_index(op.f("ix_move_batch_trust_id"), "move_batch", ["trust_id"])
    op.create_index(op.f("ix_move_batch_status"), "move_batch", ["status"])
    op.create_table(
        "move_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_release_id", sa.Integer(), nullable=True),
        sa.Column("before_state", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"status IN ({ITEMS})", name=op.f("ck_move_item_status")),
        points("move_item", "batch_id", "move_batch"),
        points("move_item", "case_id", "case"),
        points("move_item", "from_release_id", "release"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_item")),
        sa.UniqueConstraint("batch_id", "case_id", name=op.f("uq_move_item_batch_id_case_id")),
    )
    op.create_index(op.f("ix_move_item_batch_id_status_id"), "move_item", ["batch_id", "status", "id"])
    op.create_index(op.f("ix_move_item_case_id"), "move_item", ["case_id"])
    with op.batch_alter_table("deadline") as deadline:
        deadline.add_column(sa.Column("release_id", sa.Integer(), nullable=True))
        deadline.create_foreign_key(op.f("fk_deadline_release_id_release"), "release", ["release_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("deadline") as deadline:
        deadline.drop_constraint(op.f("fk_deadline_release_id_release"), type_="foreignkey")
        deadline.drop_column("release_id")
    op.drop_table("move_item")
    op.drop_table("move_batch")
