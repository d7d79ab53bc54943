"""The history of marks, what was decided about keys after a test, marks by hand, and surveys."""
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = '0014'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    """Go up; a mark of before gets the event that gave it."""
    op.create_table(
        "mending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version_ids", sa.JSON(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_mending_by_id_person")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"],
                                name=op.f("fk_mending_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mending")))
    op.create_index(op.f("ix_mending_question_id"), "mending", ["question_id"])
    op.create_table(
        "grade_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("old", sa.Numeric(5, 2), nullable=False),
        sa.Column("new", sa.Numeric(5, 2), nullable=False),
        sa.Column("old_passed", sa.Boolean(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("mending_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_grade_event_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_grade_event_by_id_person")),
        sa.ForeignKeyConstraint(["mending_id"], ["mending.id"],
                                name=op.f("fk_grade_event_mending_id_mending")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_event")))
    op.create_index(op.f("ix_grade_event_attempt_id"), "grade_event", ["attempt_id"])
    op.create_index(op.f("ix_grade_event_mending_id"), "grade_event", ["mending_id"])
    op.execute("INSERT INTO grade_event (attempt_id, rule, why, old, new, passed, at, by_id) "
               "SELECT id, 'handed_in', '', 0, score, passed, submitted_at, "
               "CASE WHEN state = 'timed_out' THEN NULL ELSE person_id END "
               "FROM attempt WHERE score IS NOT NULL ORDER BY id")
    op.create_table(
        "hand_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_hand_mark_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hand_mark_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_mark")),
        sa.UniqueConstraint("attempt_id", "slot", "by_id",
                            name=op.f("uq_hand_mark_attempt_id_slot_by_id")))
    create_surveys()


def create_surveys():
    """Surveys, and apart from each other who answered and what was answered."""
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["activity.id"], name=op.f("fk_survey_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")))
    op.create_table(
        "class_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_class_survey_by_id_person")),
        sa.ForeignKeyConstraint(["class_id"], ["course_class.id"],
                                name=op.f("fk_class_survey_class_id_course_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_survey")),
        sa.UniqueConstraint("class_id", name=op.f("uq_class_survey_class_id")))
    op.create_table(
        "survey_taken",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name=op.f("fk_survey_taken_person_id_person")),
        sa.PrimaryKeyConstraint("about", "person_id", name=op.f("pk_survey_taken")))
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False)
    op.create_index(op.f("ix_survey_answer_about"), "survey_answer", ["about"])


def downgrade():
    """Go down again: marks stay, how they came to be is lost, and so are surveys."""
    for table in ("survey_answer", "survey_taken", "class_survey", "survey"):
        op.drop_table(table)
    op.drop_table("hand_mark")
    op.drop_table("grade_event")
    op.drop_table("mending")
