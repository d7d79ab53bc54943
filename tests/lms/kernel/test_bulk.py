"""Many rows made ready beforehand are the rows that would have been entered one by one."""
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.kernel import clock
from lms.kernel.bulk import Bulk
from lms.kernel.db import db
from lms.kernel.transaction import looking

from quizzes.questions.models import Question
from tests.conftest import MORNING
from tests.statements import counted

NAMES = ("key", "kind", "tags", "held_at")


def questions(*keys):
    """Rows of questions with the ``keys``, ready to be entered."""
    bulk = Bulk(Question.__table__, *NAMES)
    return bulk, [bulk.ready(key, "single", ["báo chí"], clock.now()) for key in keys]


def fields(question):
    """All that its row holds but its number and its key."""
    return {column.name: getattr(question, column.name) for column in Question.__table__.columns
            if column.name not in ("id", "key")}


def question(key):
    """The question with the key."""
    return db.session.scalars(select(Question).filter_by(key=key)).one()


def test_a_row_made_ready_is_the_row_of_a_record(world):
    db.session.add(Question(key="ONE", kind="single", tags=["báo chí"], held_at=MORNING))
    bulk, rows = questions("TWO")

    bulk.enter(rows)

    assert fields(question("TWO")) == fields(question("ONE"))


def test_many_rows_are_one_statement(world):
    bulk, rows = questions(*(f"Q{number}" for number in range(1_200)))

    with counted() as statements:
        bulk.enter(rows)
        bulk.enter([])

    assert len(statements) == 1
    assert question("Q1199").tags == ["báo chí"]


def test_where_one_cannot_be_entered_none_is(world):
    bulk, rows = questions("SAME", "OTHER", "SAME")

    with pytest.raises(IntegrityError), db.session.begin_nested():
        bulk.enter(rows)

    assert db.session.scalars(select(Question.key).filter_by(key="OTHER")).all() == []


def test_rows_are_made_ready_in_a_block_that_only_reads_and_not_entered_there(world):
    db.session.commit()
    with pytest.raises(RuntimeError, match="only reads"), looking():
        bulk, rows = questions("READ")
        bulk.enter(rows)

