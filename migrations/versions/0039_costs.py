"""What classes cost, planned and spent."""
import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: nothing was entered so far."""
    op.create_table(
        "class_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("actual", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["course_class.id"],
                                name=op.f("fk_class_cost_class_id_course_class")),
        sa.ForeignKeyConstraint(["payer_id"], ["unit.id"],
                                name=op.f("fk_class_cost_payer_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_cost")),
        sa.UniqueConstraint("class_id", "heading", "source", "payer_id",
                            name=op.f("uq_class_cost_class_id_heading_source_payer_id")))
    op.create_index(op.f("ix_class_cost_class_id"), "class_cost", ["class_id"])


def downgrade():
    """Go down again: what was entered is lost."""
    op.drop_table("class_cost")
