"""What stands before the name of somebody who teaches."""
import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: nobody has a title so far."""
    op.create_table(
        "lecturer",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name=op.f("fk_lecturer_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_lecturer")))


def downgrade():
    """Go down again: the titles are lost."""
    op.drop_table("lecturer")
