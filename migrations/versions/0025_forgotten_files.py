"""Files of which the bytes were taken away say so: their size is 0."""
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: what was taken away so far bears a name without an ending, and no other file does."""
    op.execute("UPDATE stored_file SET size = 0 WHERE name NOT LIKE '%.%'")


def downgrade():
    """Go down again; how large they were is not known any more."""
