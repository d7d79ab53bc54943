"""An attempt says when the words and files in its answers went because their time was over."""
import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: of none they went so far."""
    op.add_column("attempt", sa.Column("words_gone_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    """Go down again: what is gone stays gone."""
    with op.batch_alter_table("attempt") as attempt:
        attempt.drop_column("words_gone_at")
