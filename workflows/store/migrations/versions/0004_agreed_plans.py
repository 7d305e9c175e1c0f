"""A job plan is agreed, and comes into force on its own day."""

import sqlalchemy as sa
from alembic import op

revision = "0004_agreed_plans"
down_revision = "0003_due_firings"
branch_labels = None
depends_on = None

STATUS = "ck_plan_version_status"
WAITING = sa.text("status = 'agreed'")
AS_IT_WAS = (
    # Of what waits, the release before knows nothing: the first to begin is in force at once there, the others never.
    """UPDATE plan_version SET status = 'superseded' WHERE status = 'agreed' AND EXISTS (
        SELECT 1 FROM plan_version AS sooner WHERE sooner.person_id = plan_version.person_id
        AND sooner.status = 'agreed' AND sooner.number < plan_version.number)""",
    """UPDATE plan_version SET status = 'superseded' WHERE status = 'in_force' AND EXISTS (
        SELECT 1 FROM plan_version AS agreed WHERE agreed.person_id = plan_version.person_id
        AND agreed.status = 'agreed')""",
    "UPDATE plan_version SET status = 'in_force' WHERE status = 'agreed'",
)


def upgrade() -> None:
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(STATUS), type_="check")
        batch_op.create_check_constraint(batch_op.f(STATUS), "status IN ('draft', 'agreed', 'in_force', 'superseded')")
        batch_op.create_index(
            "ix_plan_version_effective_from_agreed",
            ["effective_from"],
            unique=False,
            postgresql_where=WAITING,
            sqlite_where=WAITING,
        )


def downgrade() -> None:
    for statement in AS_IT_WAS:
        op.execute(statement)
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_version_effective_from_agreed", postgresql_where=WAITING, sqlite_where=WAITING)
        batch_op.drop_constraint(batch_op.f(STATUS), type_="check")
        batch_op.create_check_constraint(batch_op.f(STATUS), "status IN ('draft', 'in_force', 'superseded')")
