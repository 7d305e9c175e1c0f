"""On-call rotas, their members, and diaries with their entries."""

import sqlalchemy as sa
from alembic import op

revision = "0012_on_call"
down_revision = "0011_pay_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), server_default="", nullable=False),
        sa.Column("category", sa.String(), server_default="", nullable=False),
        sa.Column("category_reason", sa.String(), server_default="", nullable=False),
        sa.Column("routine_emergencies", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("category IN ('', 'A', 'B')", name=op.f("ck_rota_category")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_rota_added_by_id_person")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_rota_team_id_team")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_rota_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_rota_team_id_name")),
    )
    op.create_index(op.f("ix_rota_trust_id"), "rota", ["trust_id"])
    op.create_table(
        "rota_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rota_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("equal_share", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rota_member_person_id_person")),
        sa.ForeignKeyConstraint(["rota_id"], ["rota.id"], name=op.f("fk_rota_member_rota_id_rota")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_member")),
    )
    op.create_index(op.f("ix_rota_member_person_id"), "rota_member", ["person_id"])
    op.create_index(op.f("ix_rota_member_rota_id"), "rota_member", ["rota_id"])
    op.create_table(
        "rota_diary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rota_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("applies_from", sa.Date(), nullable=True),
        sa.Column("doctors", sa.Integer(), nullable=True),
        sa.Column("predictable_pas", sa.String(), server_default="", nullable=False),
        sa.Column("unpredictable_pas", sa.String(), server_default="", nullable=False),
        sa.Column("working", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_rota_diary_agreed_by_id_person")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_rota_diary_opened_by_id_person")),
        sa.ForeignKeyConstraint(["rota_id"], ["rota.id"], name=op.f("fk_rota_diary_rota_id_rota")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_diary")),
    )
    op.create_index(op.f("ix_rota_diary_rota_id"), "rota_diary", ["rota_id"])
    op.create_table(
        "diary_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diary_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("predictable", sa.Boolean(), nullable=False),
        sa.Column("in_pa", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["diary_id"], ["rota_diary.id"], name=op.f("fk_diary_entry_diary_id_rota_diary")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_diary_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
    )
    op.create_index(op.f("ix_diary_entry_diary_id"), "diary_entry", ["diary_id"])
    op.create_index(op.f("ix_diary_entry_person_id"), "diary_entry", ["person_id"])


def downgrade() -> None:
    for table in ("diary_entry", "rota_diary", "rota_member", "rota"):
        op.drop_table(table)
