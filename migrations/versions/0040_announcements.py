"""What those who run a class told everybody in it."""
import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: nothing was announced so far."""
    op.create_table(
        "class_announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["course_class.id"],
                                name=op.f("fk_class_announcement_class_id_course_class")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_class_announcement_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_announcement")))
    op.create_index(op.f("ix_class_announcement_class_id"), "class_announcement", ["class_id"])


def downgrade():
    """Go down again: the messages about it stay."""
    op.drop_table("class_announcement")
