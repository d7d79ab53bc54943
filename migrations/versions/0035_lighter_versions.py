"""A document and a recording have a lighter version; a recording says its language."""
import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: none has one so far, and recordings are in Vietnamese."""
    for table in ("document", "media"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column("light_id", sa.Integer(), nullable=True))
            changed.create_foreign_key(op.f(f"fk_{table}_light_id_stored_file"), "stored_file",
                                       ["light_id"], ["id"])
    with op.batch_alter_table("media") as media:
        media.add_column(sa.Column("language", sa.String(), nullable=True))
    op.execute("UPDATE media SET language = 'vi'")
    with op.batch_alter_table("media") as media:
        media.alter_column("language", existing_type=sa.String(), nullable=False)


def downgrade():
    """Go down again: the lighter versions are no longer offered."""
    for table in ("document", "media"):
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"fk_{table}_light_id_stored_file"), type_="foreignkey")
            changed.drop_column("light_id")
    with op.batch_alter_table("media") as media:
        media.drop_column("language")
