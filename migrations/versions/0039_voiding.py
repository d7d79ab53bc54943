"""An attempt that was voided may use up none of those that are allowed."""
import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: none was voided so far."""
    op.add_column("attempt", sa.Column("free", sa.Boolean(), nullable=False,
                                       server_default=sa.false()))


def downgrade():
    """Go down again: a voided attempt counts nowhere, as one withdrawn, for good."""
    op.execute("UPDATE attempt SET state = 'withdrawn' WHERE state = 'voided'")
    op.drop_column("attempt", "free")
