"""The register from which the third member of an appeal panel comes."""

import sqlalchemy as sa
from alembic import op

revision = "0005_panel_register"
down_revision = "0004_agreed_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("specialties", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_off_on", sa.Date(), nullable=True),
        sa.Column("taken_off_because", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_panel_member_added_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_panel_member_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_member_trust_id"), ["trust_id"], unique=False)
        batch_op.create_index(
            "uq_panel_member_person_id_on_it",
            ["person_id"],
            unique=True,
            postgresql_where=sa.text("taken_off_on IS NULL"),
            sqlite_where=sa.text("taken_off_on IS NULL"),
        )

    op.create_table(
        "panel_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_panel_review_by_id_person")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_panel_review_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_review")),
    )
    with op.batch_alter_table("panel_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_review_trust_id"), ["trust_id"], unique=False)

    op.create_table(
        "panel_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_panel_absence_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_absence")),
    )
    with op.batch_alter_table("panel_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_absence_member_id"), ["member_id"], unique=False)

    op.create_table(
        "panel_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_panel_approval_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_approval")),
        sa.UniqueConstraint("member_id", "body", name=op.f("uq_panel_approval_member_id_body")),
    )
    op.create_table(
        "panel_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("care_group_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["care_group_id"], ["care_group.id"], name=op.f("fk_panel_conflict_care_group_id_care_group")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_panel_conflict_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_conflict")),
    )
    with op.batch_alter_table("panel_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_conflict_member_id"), ["member_id"], unique=False)

    op.create_table(
        "panel_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('proposed', 'sat', 'objected', 'stood_down')", name=op.f("ck_panel_allocation_status")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_panel_allocation_case_id_case")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_member.id"], name=op.f("fk_panel_allocation_member_id_panel_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_allocation")),
        sa.UniqueConstraint("member_id", "case_id", name=op.f("uq_panel_allocation_member_id_case_id")),
    )
    with op.batch_alter_table("panel_allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_allocation_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("panel_allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_allocation_case_id"))

    op.drop_table("panel_allocation")
    with op.batch_alter_table("panel_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_conflict_member_id"))

    op.drop_table("panel_conflict")
    op.drop_table("panel_approval")
    with op.batch_alter_table("panel_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_absence_member_id"))

    op.drop_table("panel_absence")
    with op.batch_alter_table("panel_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_review_trust_id"))

    op.drop_table("panel_review")
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_panel_member_person_id_on_it",
            postgresql_where=sa.text("taken_off_on IS NULL"),
            sqlite_where=sa.text("taken_off_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_panel_member_trust_id"))
        batch_op.drop_index(batch_op.f("ix_panel_member_person_id"))

    op.drop_table("panel_member")
