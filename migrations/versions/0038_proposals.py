"""What somebody proposes who may not do it."""
import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up: nothing was proposed so far."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        *(sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(
            f"fk_proposal_{column}_person")) for column in (
                "person_id", "asked_by_id", "decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")))
    op.create_index("ix_proposal_thing", "proposal", ["kind", "thing_id"])
    op.create_index(op.f("ix_proposal_person_id"), "proposal", ["person_id"])
    op.create_index(op.f("ix_proposal_decided_at"), "proposal", ["decided_at"])


def downgrade():
    """Go down again: what waits for an answer is lost."""
    op.drop_table("proposal")
