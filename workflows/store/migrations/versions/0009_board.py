"""The board of disputes: its index, views of it, and calendars of its dates."""

import sqlalchemy as sa
from alembic import op

revision = "0009_board"
down_revision = "0008_letter"
branch_labels = None
depends_on = None


OPEN_DISPUTE = "process = 'disagreement' AND status = 'open'"


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_open_disputes",
            ["trust_id", "care_group_id", "team_id", "id"],
            unique=False,
            postgresql_where=sa.text(OPEN_DISPUTE),
            sqlite_where=sa.text(OPEN_DISPUTE),
        )

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_saved_view_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_view_person_id_name")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_trust_id"), ["trust_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_calendar_feed_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_feed_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("calendar_feed")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_trust_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_open_disputes",
            postgresql_where=sa.text(OPEN_DISPUTE),
            sqlite_where=sa.text(OPEN_DISPUTE),
        )
