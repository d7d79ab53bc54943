"""An act of a day to come is kept until then; each says when it was done."""
import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: whatever was entered so far was done at once."""
    for name in ("done_at", "failed_at"):
        op.add_column("reorganisation", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("reorganisation", sa.Column("plan", sa.JSON()))
    op.execute("UPDATE reorganisation SET done_at = made_at")


def downgrade():
    """Go down again: what waits is not known any more, and nothing of it was done."""
    op.execute("DELETE FROM reorganisation WHERE done_at IS NULL")
    for name in ("plan", "failed_at", "done_at"):
        op.drop_column("reorganisation", name)
