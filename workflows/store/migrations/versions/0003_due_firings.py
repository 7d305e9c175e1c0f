"""What is due is read in order, first due first, without sorting all that is due at the same instant."""

from alembic import op

revision = "0003_due_firings"
down_revision = "0002_first_day"
branch_labels = None
depends_on = None

TABLES = ("firing", "message")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_status_at_id"), ["status", "at", "id"], unique=False)
            batch_op.drop_index(batch_op.f(f"ix_{table}_status_at"))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_status_at"), ["status", "at"], unique=False)
            batch_op.drop_index(batch_op.f(f"ix_{table}_status_at_id"))
