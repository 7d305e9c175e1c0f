"""A trust knows how many acts it has, so that a cut end is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006_act_count"
down_revision = "0005_panel_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The release before writes acts without counting them: the next one that is counted makes up for it.
    op.add_column("trust", sa.Column("act_count", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE trust SET act_count = (SELECT count(*) FROM act WHERE act.trust_id = trust.id)")


def downgrade() -> None:
    with op.batch_alter_table("trust", schema=None) as batch_op:
        batch_op.drop_column("act_count")
