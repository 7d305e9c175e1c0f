"""How long the steps of a process took is found by the process and the day on which they were done."""

from alembic import op

revision = "0017_process_figures"
down_revision = "0016_rehearsals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_step_trust_id_process_ended_at"), ["trust_id", "process", "ended_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_trust_id_process_ended_at"))
