"""Leave that was taken or is booked."""

import sqlalchemy as sa
from alembic import op

revision = "0013_leave_taken"
down_revision = "0012_on_call"
branch_labels = None
depends_on = None

KINDS = "'annual', 'study', 'research', 'teaching', 'examining', 'conference', 'training'"


def upgrade() -> None:
    op.create_table(
        "leave_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("in_uk", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_leave_taken_kind")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_leave_taken_approved_by_id_person")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_leave_taken_entered_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leave_taken_person_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_leave_taken_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_taken")),
    )
    op.create_index(op.f("ix_leave_taken_person_id"), "leave_taken", ["person_id"])


def downgrade() -> None:
    op.drop_table("leave_taken")
