"""Agreements on extra programmed activities, what was worked of them, and forecasts."""

import sqlalchemy as sa
from alembic import op

revision = "0010_extra_pa"
down_revision = "0009_board"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extra_pa_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("pas", sa.Numeric(precision=7, scale=3), nullable=False),
        sa.Column("post_pas", sa.Numeric(precision=5, scale=3), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('waiting_lists', 'cover', 'vacancies')", name=op.f("ck_extra_pa_need_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_extra_pa_need_by_id_person")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_extra_pa_need_team_id_team")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_extra_pa_need_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_pa_need")),
    )
    with op.batch_alter_table("extra_pa_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_pa_need_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extra_pa_need_team_id_year"), ["team_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_extra_pa_need_trust_id"), ["trust_id"], unique=False)

    op.create_table(
        "extra_pa",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("pas", sa.Numeric(precision=7, scale=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("next_pas", sa.Numeric(precision=7, scale=3), nullable=True),
        sa.Column("next_from", sa.Date(), nullable=True),
        sa.CheckConstraint("basis IN ('regular', 'yearly')", name=op.f("ck_extra_pa_basis")),
        sa.CheckConstraint("kind IN ('extra', 'additional')", name=op.f("ck_extra_pa_kind")),
        sa.CheckConstraint(
            "status IN ('offered', 'agreed', 'ended', 'declined', 'lapsed')", name=op.f("ck_extra_pa_status")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_extra_pa_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_extra_pa_person_id_person")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_extra_pa_team_id_team")),
        sa.ForeignKeyConstraint(["trust_id"], ["trust.id"], name=op.f("fk_extra_pa_trust_id_trust")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_pa")),
        sa.UniqueConstraint("case_id", name=op.f("uq_extra_pa_case_id")),
        sa.UniqueConstraint("trust_id", "number", name=op.f("uq_extra_pa_trust_id_number")),
    )
    with op.batch_alter_table("extra_pa", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_pa_person_id_status"), ["person_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_extra_pa_team_id"), ["team_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_extra_pa_trust_id_status_ends_on"), ["trust_id", "status", "ends_on"], unique=False
        )

    op.create_table(
        "extra_pa_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extra_pa_id", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("pas", sa.Numeric(precision=7, scale=3), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_extra_pa_use_by_id_person")),
        sa.ForeignKeyConstraint(["extra_pa_id"], ["extra_pa.id"], name=op.f("fk_extra_pa_use_extra_pa_id_extra_pa")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_pa_use")),
    )
    with op.batch_alter_table("extra_pa_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_pa_use_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extra_pa_use_extra_pa_id"), ["extra_pa_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("extra_pa_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_pa_use_extra_pa_id"))
        batch_op.drop_index(batch_op.f("ix_extra_pa_use_by_id"))

    op.drop_table("extra_pa_use")
    with op.batch_alter_table("extra_pa", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_pa_trust_id_status_ends_on"))
        batch_op.drop_index(batch_op.f("ix_extra_pa_team_id"))
        batch_op.drop_index(batch_op.f("ix_extra_pa_person_id_status"))

    op.drop_table("extra_pa")
    with op.batch_alter_table("extra_pa_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_pa_need_trust_id"))
        batch_op.drop_index(batch_op.f("ix_extra_pa_need_team_id_year"))
        batch_op.drop_index(batch_op.f("ix_extra_pa_need_by_id"))

    op.drop_table("extra_pa_need")
