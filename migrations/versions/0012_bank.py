"""Questions with a place in the bank; versions with settings and a last day; sounds."""
import sqlalchemy as sa
from alembic import op

from lms.kernel.text import fold

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
VERSIONS = sa.table("question_version", sa.column("id", sa.Integer),
                    sa.column("stem_vi", sa.String), sa.column("stem_en", sa.String),
                    sa.column("fold", sa.String))
#: The new columns that every row must have, with what the rows of before get.
QUESTION = (("category", sa.String(), ""), ("tags", sa.JSON(), "[]"),
            ("difficulty", sa.Integer(), "2"), ("status", sa.String(), "in_use"),
            ("held_why", sa.String(), ""))
VERSION = (("settings", sa.JSON(), "{}"), ("fold", sa.String(), ""))


def upgrade():
    """Go up: what stands in the bank is in use and of middle difficulty."""
    with op.batch_alter_table("question") as question:
        for name, kind, value in QUESTION:
            question.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        question.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        question.add_column(sa.Column("held_at", MOMENT, nullable=True))
        question.add_column(sa.Column("reviewed_at", MOMENT, nullable=True))
        question.create_foreign_key(op.f("fk_question_author_id_person"), "person",
                                    ["author_id"], ["id"])
        question.create_index(op.f("ix_question_category"), ["category"])
    with op.batch_alter_table("question_version") as version:
        for name, kind, value in VERSION:
            version.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        version.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
    for table, columns in (("question", QUESTION), ("question_version", VERSION)):
        with op.batch_alter_table(table) as changed:
            for name, kind, _value in columns:
                changed.alter_column(name, existing_type=kind, existing_nullable=False,
                                     server_default=None)
    op.create_table(
        "question_sound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"],
                                name=op.f("fk_question_sound_course_id_course")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"],
                                name=op.f("fk_question_sound_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_sound")))
    op.create_index(op.f("ix_question_sound_file_id"), "question_sound", ["file_id"])
    op.create_table(
        "answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_answer_file_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"],
                                name=op.f("fk_answer_file_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_file")))
    op.create_index(op.f("ix_answer_file_attempt_id"), "answer_file", ["attempt_id"])
    fold_what_is_there()


def fold_what_is_there():
    """Give the versions of before their key for finding."""
    connection = op.get_bind()
    for key, *stems in connection.execute(
            sa.select(VERSIONS.c.id, VERSIONS.c.stem_vi, VERSIONS.c.stem_en)).all():
        connection.execute(VERSIONS.update().where(VERSIONS.c.id == key).values(
            fold=fold(" ".join(stems))))


def downgrade():
    """Go down again."""
    op.drop_table("answer_file")
    op.drop_table("question_sound")
    with op.batch_alter_table("question_version") as version:
        for name in ("valid_until", "fold", "settings"):
            version.drop_column(name)
    with op.batch_alter_table("question") as question:
        question.drop_index(op.f("ix_question_category"))
        question.drop_constraint(op.f("fk_question_author_id_person"), type_="foreignkey")
        for name in ("reviewed_at", "held_at", "author_id", "held_why", "status", "difficulty",
                     "tags", "category"):
            question.drop_column(name)
