"""An act that a fault of the system stopped is tried again by itself."""
import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: whatever could not be done so far was refused, and waits for an officer."""
    op.add_column("reorganisation", sa.Column("tries_again", sa.Boolean(), nullable=False,
                                              server_default=sa.false()))


def downgrade():
    """Go down again."""
    op.drop_column("reorganisation", "tries_again")
