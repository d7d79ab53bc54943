"""The answers that people are still to mark are kept, and not looked for in papers."""
from collections import defaultdict
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

KINDS = ("essay", "upload")
TO_MARK = sa.table("to_mark", *map(sa.column, ("attempt_id", "slot", "version_id", "needed")))
VERSION = sa.table("question_version", sa.column("id"), sa.column("question_id"),
                   sa.column("settings", sa.JSON))
QUESTION = sa.table("question", sa.column("id"), sa.column("kind"))
ATTEMPT = sa.table("attempt", sa.column("id"), sa.column("state"), sa.column("submitted_at"),
                   sa.column("paper", sa.JSON))
EVENT = sa.table("answer_event", sa.column("attempt_id"), sa.column("slot"), sa.column("rev"),
                 sa.column("status"), sa.column("answer", sa.JSON))
HAND_MARK = sa.table("hand_mark", sa.column("id"), sa.column("attempt_id"), sa.column("slot"),
                     sa.column("points", sa.JSON))


def upgrade():
    """Go up, and find the answers that wait today."""
    op.create_table(
        "to_mark",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"],
                                name="fk_to_mark_attempt_id_attempt"),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"],
                                name="fk_to_mark_version_id_question_version"),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name="pk_to_mark"))
    op.create_index("ix_to_mark_version_id", "to_mark", ["version_id"])
    connection = op.get_bind()
    settings = dict(connection.execute(
        sa.select(VERSION.c.id, VERSION.c.settings)
        .join(QUESTION, QUESTION.c.id == VERSION.c.question_id)
        .where(QUESTION.c.kind.in_(KINDS))).all())
    rows = list(waiting(connection, settings)) if settings else []
    if rows:
        connection.execute(TO_MARK.insert(), rows)


def waiting(connection, settings):
    """The rows of the answers that wait: of versions with the ``settings``, by their id."""
    given = defaultdict(list)
    for key, slot, points in connection.execute(
            sa.select(HAND_MARK.c.attempt_id, HAND_MARK.c.slot, HAND_MARK.c.points)
            .order_by(HAND_MARK.c.id)):
        given[key, slot].append(sum(map(Decimal, points)))
    for key, paper in connection.execute(sa.select(ATTEMPT.c.id, ATTEMPT.c.paper).where(
            ATTEMPT.c.submitted_at.is_not(None))).all():
        slots = {slot: item["version"] for slot, item in enumerate(paper)
                 if item["version"] in settings}
        answered = dict(connection.execute(
            sa.select(EVENT.c.slot, EVENT.c.answer).where(
                EVENT.c.attempt_id == key, EVENT.c.status == "accepted")
            .order_by(EVENT.c.rev)).all()) if slots else {}
        for slot, version in slots.items():
            needed = still_needed(settings[version] or {}, given[key, slot])
            if needed and any(str(part).strip() for part in answered.get(slot) or []):
                yield {"attempt_id": key, "slot": slot, "version_id": version, "needed": needed}


def still_needed(settings, sums):
    """How many markers are still needed where some gave ``sums``: one, or two and, where they
    differ by more than the settings allow, a third.
    """
    wanted = 2 if settings.get("markers") == 2 else 1
    if len(sums) < wanted:
        return wanted - len(sums)
    near = wanted == 1 or abs(sums[0] - sums[1]) <= Decimal(str(settings.get("differ") or 0))
    return 0 if near or len(sums) > wanted else 1


def downgrade():
    """Go down again: what waits is looked for in papers."""
    op.drop_table("to_mark")
