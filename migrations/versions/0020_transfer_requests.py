"""Moves between units are asked for by one side and decided by the other."""
import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
#: (column, what it refers to, whether it may be empty, whether it is looked up by)
REFERENCES = (
    ("person_id", "person", False, True), ("from_unit_id", "unit", False, True),
    ("unit_id", "unit", False, True), ("asked_of_id", "unit", False, False),
    ("asked_by_id", "person", True, False), ("decided_by_id", "person", True, False),
    ("posting_id", "posting", True, False),
)


def upgrade():
    """Go up."""
    op.create_table(
        "transfer_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=empty) for name, _, empty, _ in REFERENCES),
        *(sa.ForeignKeyConstraint([name], [f"{table}.id"],
                                  name=f"fk_transfer_request_{name}_{table}")
          for name, table, _, _ in REFERENCES),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_request"))
    for name in [*(name for name, _, _, indexed in REFERENCES if indexed), "decided_at"]:
        op.create_index(f"ix_transfer_request_{name}", "transfer_request", [name])


def downgrade():
    """Go down again: what was asked is forgotten; the moves that came of it stay."""
    op.drop_table("transfer_request")
