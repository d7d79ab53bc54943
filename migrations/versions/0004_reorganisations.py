"""Reorganisations and each thing they did."""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table(
        "reorganisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("act_on", sa.Date(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["stored_file.id"],
                                name=op.f("fk_reorganisation_scan_id_stored_file")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_reorganisation_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")))
    op.create_table(
        "reorganisation_effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reorganisation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reorganisation_id"], ["reorganisation.id"],
            name=op.f("fk_reorganisation_effect_reorganisation_id_reorganisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation_effect")))
    op.create_index(op.f("ix_reorganisation_effect_reorganisation_id"), "reorganisation_effect",
                    ["reorganisation_id"])


def downgrade():
    """Go down again."""
    op.drop_table("reorganisation_effect")
    op.drop_table("reorganisation")
