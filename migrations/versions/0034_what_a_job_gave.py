"""A job keeps what it gave, for the page of whoever asked for it."""
import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: no job gave anything so far."""
    op.add_column("job", sa.Column("result", sa.JSON()))


def downgrade():
    """Go down again."""
    op.drop_column("job", "result")
