"""What is being reckoned beforehand is told from what is there; groups are counted from an index."""
import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

PEOPLE = ["group_id", "person_id"]


def upgrade():
    """Go up: what was reckoned before is reckoned anew."""
    op.add_column("reckoned", sa.Column("ready", sa.Boolean(), nullable=False,
                                        server_default=sa.false()))
    op.create_index("ix_membership_group", "membership", [
        *PEOPLE, "valid_from", "valid_to", "recorded_at", "superseded_at"])
    op.drop_index("ix_membership_group_person", table_name="membership")


def downgrade():
    """Go down again."""
    op.create_index("ix_membership_group_person", "membership", PEOPLE)
    op.drop_index("ix_membership_group", table_name="membership")
    op.execute("DELETE FROM reckoned_figure")
    op.execute("DELETE FROM reckoned")
    op.drop_column("reckoned", "ready")
