"""Requests to erase what identifies somebody who left."""
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name=op.f("fk_erasure_request_person_id_person")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"],
                                name=op.f("fk_erasure_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"],
                                name=op.f("fk_erasure_request_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")))
    op.create_index(op.f("ix_erasure_request_person_id"), "erasure_request", ["person_id"])


def downgrade():
    """Go down again."""
    op.drop_table("erasure_request")
