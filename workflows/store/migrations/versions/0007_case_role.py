"""Who holds a role in one case alone: parties, mediator, panel."""

import sqlalchemy as sa
from alembic import op

revision = "0007_case_role"
down_revision = "0006_act_count"
branch_labels = None
depends_on = None

SEATS = "seat IN ('practitioner', 'management', 'mediator', 'chair', 'nominee', 'third')"


def upgrade() -> None:
    op.create_table(
        "case_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(SEATS, name=op.f("ck_case_role_seat")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_role_by_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_role_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_role_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_role")),
    )
    with op.batch_alter_table("case_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_role_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_case_role_case_id_seat_person_id_now",
            ["case_id", "seat", "person_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_case_role_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_role")
