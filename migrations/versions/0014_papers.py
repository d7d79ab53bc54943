"""Rules of quizzes, extra time for a person, locked slots, papers for printing and their marks."""
import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0012'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
#: Columns that quizzes get, with what stands in those that are there already.
RULES = (
    ("shuffle_options", sa.Boolean(), "shuffle"), ("sections", sa.JSON(), "'[]'"),
    ("blueprint", sa.JSON(), "'[]'"), ("whole_page", sa.Boolean(), "false"),
    ("forward_only", sa.Boolean(), "false"), ("practice", sa.Boolean(), "false"),
    ("wait_minutes", sa.Integer(), "0"), ("code_secret", sa.String(), "''"),
    ("pretest_of", sa.String(), "''"), ("show_mark", sa.String(), "'at_once'"),
    ("show_right", sa.String(), "'at_once'"), ("show_key", sa.String(), "'at_once'"),
    ("show_explanation", sa.String(), "'at_once'"))
TABLES = (
    ("quiz", RULES), ("quiz_item", (("section", sa.Integer(), "0"),)),
    ("attempt", (("locked", sa.JSON(), "'[]'"),)))


def upgrade():
    """Go up."""
    for table, columns in TABLES:
        with op.batch_alter_table(table) as changed:
            for name, kind, _value in columns:
                changed.add_column(sa.Column(name, kind, nullable=True))
        values = ", ".join(f"{name} = {value}" for name, _kind, value in columns)
        op.execute(f"UPDATE {table} SET {values}")  # noqa: S608 - names and values of this file
        with op.batch_alter_table(table) as changed:
            for name, kind, _value in columns:
                changed.alter_column(name, existing_type=kind, nullable=False)
    with op.batch_alter_table("quiz") as quiz:
        quiz.add_column(sa.Column("opens_at", MOMENT, nullable=True))
        quiz.add_column(sa.Column("closes_at", MOMENT, nullable=True))
    op.create_table(
        "extra_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lineage", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name=op.f("fk_extra_time_person_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_extra_time_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time")))
    op.create_index(op.f("ix_extra_time_person_id"), "extra_time", ["person_id"])
    op.create_index("ix_extra_time_open", "extra_time", ["lineage", "person_id"], unique=True,
                    sqlite_where=sa.text("ended_at IS NULL"),
                    postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "paper_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_paper_set_quiz_id_quiz")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_paper_set_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_set")))
    op.create_index(op.f("ix_paper_set_quiz_id"), "paper_set", ["quiz_id"])
    op.create_table(
        "paper_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Numeric(5, 2), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["paper_set.id"],
                                name=op.f("fk_paper_mark_set_id_paper_set")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name=op.f("fk_paper_mark_person_id_person")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_paper_mark_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_paper_mark_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_mark")),
        sa.UniqueConstraint("set_id", "person_id", name=op.f("uq_paper_mark_set_id_person_id")))
    op.create_index(op.f("ix_paper_mark_person_id"), "paper_mark", ["person_id"])


def downgrade():
    """Go down again."""
    op.drop_table("paper_mark")
    op.drop_table("paper_set")
    op.drop_table("extra_time")
    with op.batch_alter_table("quiz") as quiz:
        quiz.drop_column("opens_at")
        quiz.drop_column("closes_at")
    for table, columns in TABLES:
        with op.batch_alter_table(table) as changed:
            for name, _kind, _value in columns:
                changed.drop_column(name)
