"""An attempt that was voided may use up none of those allowed; a recording has captions."""
import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade():
    """Go up: none was voided so far, and no recording has captions."""
    op.add_column("attempt", sa.Column("free", sa.Boolean(), nullable=False,
                                       server_default=sa.false()))
    op.create_table(
        "caption",
        sa.Column("media_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_caption_media_id_media")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"],
                                name=op.f("fk_caption_file_id_stored_file")),
        sa.PrimaryKeyConstraint("media_id", "language", name=op.f("pk_caption")))
    op.create_index(op.f("ix_caption_file_id"), "caption", ["file_id"])


def downgrade():
    """Go down again: a voided attempt counts nowhere, as one withdrawn, for good, and the
    captions are no longer offered.
    """
    op.drop_table("caption")
    op.execute("UPDATE attempt SET state = 'withdrawn' WHERE state = 'voided'")
    op.drop_column("attempt", "free")
