"""Lists say what they hold: people, or what happened to them."""
import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    with op.batch_alter_table("import") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="people"))


def downgrade():
    """Go down again."""
    with op.batch_alter_table("import") as table:
        table.drop_column("kind")
