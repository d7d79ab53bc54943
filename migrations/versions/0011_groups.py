"""Rules by which people belong to groups, and the yearly confirmation of who belongs."""
import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up."""
    op.create_table(
        "group_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("titles", sa.String(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["target_group.id"],
                                name=op.f("fk_group_rule_group_id_target_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_rule")))
    op.create_index(op.f("ix_group_rule_group_id"), "group_rule", ["group_id"])
    op.create_table(
        "confirmation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"],
                                name=op.f("fk_confirmation_round_opened_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_round")),
        sa.UniqueConstraint("year", name=op.f("uq_confirmation_round_year")))
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["confirmation_round.id"],
                                name=op.f("fk_confirmation_round_id_confirmation_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"],
                                name=op.f("fk_confirmation_unit_id_unit")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_confirmation_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")))
    op.create_index(op.f("ix_confirmation_round_id"), "confirmation", ["round_id"])
    op.create_index(op.f("ix_confirmation_unit_id"), "confirmation", ["unit_id"])


def downgrade():
    """Go down."""
    op.drop_table("confirmation")
    op.drop_table("confirmation_round")
    op.drop_table("group_rule")
