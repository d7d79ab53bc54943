"""A certificate whose ground was overturned is under review, until an officer decides."""
import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: none was under review so far."""
    with op.batch_alter_table("certificate") as certificate:
        certificate.add_column(sa.Column("review_since", sa.Date(), nullable=True))
        certificate.add_column(sa.Column("review_reason", sa.String(), nullable=True))
        certificate.add_column(sa.Column("upheld_on", sa.Date(), nullable=True))
        certificate.add_column(sa.Column("upheld_reason", sa.String(), nullable=True))
    op.execute("UPDATE certificate SET review_reason = '', upheld_reason = ''")
    with op.batch_alter_table("certificate") as certificate:
        certificate.alter_column("review_reason", existing_type=sa.String(), nullable=False)
        certificate.alter_column("upheld_reason", existing_type=sa.String(), nullable=False)


def downgrade():
    """Go down again: what is under review was revoked at once."""
    op.execute("UPDATE certificate SET revoked_on = review_since, revoked_reason = review_reason "
               "WHERE review_since IS NOT NULL AND upheld_on IS NULL AND revoked_on IS NULL")
    with op.batch_alter_table("certificate") as certificate:
        for name in ("review_since", "review_reason", "upheld_on", "upheld_reason"):
            certificate.drop_column(name)
