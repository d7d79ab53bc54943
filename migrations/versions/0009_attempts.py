"""Answers with their status and their bytes' digest; attempts with a state; interventions."""
import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
EVENTS = sa.table("answer_event", sa.column("id", sa.Integer), sa.column("answer", sa.JSON),
                  sa.column("late", sa.Boolean), sa.column("status", sa.String),
                  sa.column("sha256", sa.String))


def upgrade():
    """Go up."""
    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_intervention_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"],
                                name=op.f("fk_intervention_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")))
    op.create_index(op.f("ix_intervention_attempt_id"), "intervention", ["attempt_id"])
    op.create_table(
        "cut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name=op.f("fk_cut_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut")))
    op.create_index(op.f("ix_cut_attempt_id"), "cut", ["attempt_id"])
    with op.batch_alter_table("attempt") as attempt:
        attempt.add_column(sa.Column("state", sa.String(), nullable=True))
        attempt.add_column(sa.Column("paused_at", MOMENT, nullable=True))
        attempt.add_column(sa.Column("seen_at", MOMENT, nullable=True))
    op.execute("UPDATE attempt SET state = CASE WHEN submitted_at IS NULL THEN 'running' "
               "WHEN submitted_at = deadline THEN 'timed_out' ELSE 'submitted' END")
    with op.batch_alter_table("attempt") as attempt:
        attempt.alter_column("state", existing_type=sa.String(), nullable=False)
    op.create_index("ix_attempt_open", "attempt", ["quiz_id", "person_id"], unique=True,
                    sqlite_where=sa.text("submitted_at IS NULL"),
                    postgresql_where=sa.text("submitted_at IS NULL"))
    with op.batch_alter_table("answer_event") as event:
        event.drop_index("ix_answer_event_attempt")
        event.add_column(sa.Column("base_rev", sa.Integer(), nullable=True))
        event.add_column(sa.Column("age_ms", sa.Integer(), nullable=True))
        event.add_column(sa.Column("sha256", sa.String(), nullable=True))
        event.add_column(sa.Column("status", sa.String(), nullable=True))
        event.add_column(sa.Column("intervention_id", sa.Integer(), nullable=True))
        event.create_foreign_key(op.f("fk_answer_event_intervention_id_intervention"),
                                 "intervention", ["intervention_id"], ["id"])
    judge_what_is_there()
    with op.batch_alter_table("answer_event") as event:
        event.alter_column("sha256", existing_type=sa.String(), nullable=False)
        event.alter_column("status", existing_type=sa.String(), nullable=False)
        event.drop_column("late")


def judge_what_is_there():
    """Give the answers of before their digest, and their status."""
    connection = op.get_bind()
    for key, answer, late in connection.execute(
            sa.select(EVENTS.c.id, EVENTS.c.answer, EVENTS.c.late)).all():
        content = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        connection.execute(EVENTS.update().where(EVENTS.c.id == key).values(
            sha256=sha256(content).hexdigest(), status="late" if late else "accepted"))


def downgrade():
    """Go down again: what came late stays late, what was only kept is late too."""
    with op.batch_alter_table("answer_event") as event:
        event.add_column(sa.Column("late", sa.Boolean(), nullable=True))
    op.execute(EVENTS.update().values(late=EVENTS.c.status != "accepted"))
    with op.batch_alter_table("answer_event") as event:
        event.alter_column("late", existing_type=sa.Boolean(), nullable=False)
        event.drop_constraint(op.f("fk_answer_event_intervention_id_intervention"),
                              type_="foreignkey")
        for name in ("intervention_id", "status", "sha256", "age_ms", "base_rev"):
            event.drop_column(name)
        event.create_index("ix_answer_event_attempt", ["attempt_id"])
    op.drop_index("ix_attempt_open", "attempt")
    with op.batch_alter_table("attempt") as attempt:
        for name in ("seen_at", "paused_at", "state"):
            attempt.drop_column(name)
    op.drop_table("cut")
    op.drop_table("intervention")
