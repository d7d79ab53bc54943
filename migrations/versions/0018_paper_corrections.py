"""Results entered from printed papers can be withdrawn and corrected; each keeps its reason."""
import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up."""
    with op.batch_alter_table("paper_mark") as table:
        table.add_column(sa.Column("handed_in_at", MOMENT, nullable=True))
        table.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("withdrawn_at", MOMENT, nullable=True))
        table.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        table.drop_constraint("uq_paper_mark_set_id_person_id", type_="unique")
        table.create_foreign_key("fk_paper_mark_withdrawn_by_id_person", "person",
                                 ["withdrawn_by_id"], ["id"])
        table.create_foreign_key("fk_paper_mark_corrects_id_paper_mark", "paper_mark",
                                 ["corrects_id"], ["id"])
    op.execute("UPDATE paper_mark SET handed_in_at = recorded_at")
    with op.batch_alter_table("paper_mark") as table:
        table.alter_column("handed_in_at", existing_type=MOMENT, nullable=False)
    op.create_index("ix_paper_mark_standing", "paper_mark", ["set_id", "person_id"], unique=True,
                    sqlite_where=sa.text("withdrawn_at IS NULL"),
                    postgresql_where=sa.text("withdrawn_at IS NULL"))


def downgrade():
    """Go down again: what was withdrawn is forgotten, for the table holds one result a person."""
    op.drop_index("ix_paper_mark_standing", "paper_mark")
    op.execute("DELETE FROM paper_mark WHERE withdrawn_at IS NOT NULL")
    with op.batch_alter_table("paper_mark") as table:
        table.drop_constraint("fk_paper_mark_corrects_id_paper_mark", type_="foreignkey")
        table.drop_constraint("fk_paper_mark_withdrawn_by_id_person", type_="foreignkey")
        for name in ("corrects_id", "withdrawn_by_id", "withdrawn_at", "reason", "handed_in_at"):
            table.drop_column(name)
        table.create_unique_constraint("uq_paper_mark_set_id_person_id", ["set_id", "person_id"])
