"""Two records that are one person: the links, what each did, and who was told apart."""
import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("main_id", sa.Integer(), nullable=True))
        person.create_foreign_key(op.f("fk_person_main_id_person"), "person", ["main_id"], ["id"])
    op.create_index(op.f("ix_person_main_id"), "person", ["main_id"])
    op.create_table(
        "person_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("main_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("parted_at", MOMENT, nullable=True),
        sa.Column("parted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["main_id"], ["person.id"], name=op.f("fk_person_link_main_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_person_link_other_id_person")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["person.id"],
                                name=op.f("fk_person_link_linked_by_id_person")),
        sa.ForeignKeyConstraint(["parted_by_id"], ["person.id"],
                                name=op.f("fk_person_link_parted_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")))
    op.create_index(op.f("ix_person_link_main_id"), "person_link", ["main_id"])
    op.create_index(op.f("ix_person_link_other_id"), "person_link", ["other_id"])
    op.create_table(
        "person_link_effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["person_link.id"],
                                name=op.f("fk_person_link_effect_link_id_person_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link_effect")))
    op.create_index(op.f("ix_person_link_effect_link_id"), "person_link_effect", ["link_id"])
    op.create_table(
        "distinct_people",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"],
                                name=op.f("fk_distinct_people_one_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"],
                                name=op.f("fk_distinct_people_other_id_person")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"],
                                name=op.f("fk_distinct_people_said_by_id_person")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_distinct_people")))


def downgrade():
    """Go down."""
    op.drop_table("distinct_people")
    op.drop_table("person_link_effect")
    op.drop_table("person_link")
    op.drop_index(op.f("ix_person_main_id"), "person")
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("fk_person_main_id_person"), type_="foreignkey")
        person.drop_column("main_id")
