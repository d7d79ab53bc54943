"""Figures are reckoned beforehand; facts are found by when they were recorded or corrected."""
import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

FACTS = ("posting", "membership", "completion", "exemption")
PARTS = ("exempt", "met", "overdue", "within_time")
CORRECTED = sa.text("superseded_at IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up."""
    op.create_table(
        "reckoned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("known", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reckoned"))
    op.create_index("ix_reckoned_on", "reckoned", ["on"])
    op.create_table(
        "reckoned_figure",
        *(sa.Column(f"{table}_id", sa.Integer(), nullable=False)
          for table in ("reckoned", "unit", "goal")),
        *(sa.Column(part, sa.Integer(), nullable=False) for part in PARTS),
        *(sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"],
                                  name=f"fk_reckoned_figure_{table}_id_{table}")
          for table in ("reckoned", "unit", "goal")),
        sa.PrimaryKeyConstraint("reckoned_id", "unit_id", "goal_id", name="pk_reckoned_figure"))
    for table in FACTS:
        op.create_index(f"ix_{table}_recorded_at", table, ["recorded_at"])
        op.create_index(f"ix_{table}_superseded_at", table, ["superseded_at"],
                        sqlite_where=CORRECTED, postgresql_where=CORRECTED)


def downgrade():
    """Go down again: the figures are reckoned from the facts each time."""
    for table in FACTS:
        op.drop_index(f"ix_{table}_superseded_at", table_name=table)
        op.drop_index(f"ix_{table}_recorded_at", table_name=table)
    op.drop_table("reckoned_figure")
    op.drop_table("reckoned")
