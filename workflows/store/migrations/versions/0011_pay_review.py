"""Results of pay progression by doctor and year."""

import sqlalchemy as sa
from alembic import op

revision = "0011_pay_review"
down_revision = "0010_extra_pa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pay_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("threshold", sa.String(), server_default="", nullable=False),
        sa.Column("threshold_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("source IN ('decided', 'recorded', 'disputed')", name=op.f("ck_pay_review_source")),
        sa.CheckConstraint("threshold IN ('', 'released', 'deferred')", name=op.f("ck_pay_review_threshold")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_pay_review_case_id_case")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_pay_review_decided_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pay_review_person_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_pay_review_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_review")),
    )
    with op.batch_alter_table("pay_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_review_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_pay_review_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_review_trust_id"), ["trust_id"], unique=False)


def downgrade() -> None:
    op.drop_table("pay_review")
