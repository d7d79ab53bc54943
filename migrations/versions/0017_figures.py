"""What the answers say about each version of a question, kept for the list of the bank."""
import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table(
        "version_figures",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Double(), nullable=True),
        sa.Column("error", sa.Double(), nullable=True),
        sa.Column("discrimination", sa.Double(), nullable=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reckoned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"],
                                name=op.f("fk_version_figures_version_id_question_version")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_figures")))


def downgrade():
    """Go down again."""
    op.drop_table("version_figures")
