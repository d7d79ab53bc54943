"""A record made of a row is the record that the session would have loaded."""
import pytest
from sqlalchemy import inspect, select, update

from lms.kernel.db import Base, db
from lms.kernel.jobs import Job
from lms.kernel.records import change, columns_of, enter, fields_of, lock, record, whole
from lms.kernel.transaction import reading
from lms.people.models import Person, Role

from courses.catalogue.models import Activity, Course
from tests.conftest import MORNING


def keys_of(model):
    """The keys of some records of ``model``; none where it has no number of its own."""
    own = [column.key for column in inspect(model).primary_key] == ["id"]
    return db.session.scalars(select(model.id).limit(3)).all() if own else []


def told(thing):
    """What a record says of itself, and which others it leads to without asking."""
    return {name: (type(value), inspect(value).identity) if isinstance(value, Base) else value
            for name, value in vars(thing).items() if not name.startswith("_")}


def test_every_kind_of_record_is_made_as_the_session_loads_it(world):
    made = 0
    for model in sorted({mapper.class_ for mapper in Base.registry.mappers},
                        key=lambda model: model.__name__):
        for key in keys_of(model):
            db.session.expunge_all()
            mine = told(whole(model, key))
            db.session.expunge_all()
            theirs = db.session.get(inspect(model).base_mapper.class_, key)
            db.session.refresh(theirs)
            assert {name: mine[name] for name in told(theirs)} == told(theirs)
            made += 1
    assert made > 20


def test_a_record_that_is_made_can_be_changed_and_asked_on(world):
    key, unit = world.press_law.id, world.press_law.owner
    db.session.expunge_all()

    course = whole(Course, key, Course.owner, Course.versions)
    course.title_en = "Press law"
    db.session.flush()

    assert (course.owner.id, [v.number for v in course.versions]) == (unit.id, [1])
    assert db.session.scalar(select(Course.title_en).where(Course.id == key)) == "Press law"


def test_a_record_the_session_holds_stays_as_it_is(world):
    lan = world.lan
    lan.full_name = "Nông Thị Lan Anh"

    assert whole(Person, lan.id) is lan
    assert record(Person, [getattr(lan, name) for name in fields_of(Person)],
                  roles=[]) is lan
    assert lan.full_name == "Nông Thị Lan Anh"


def test_an_outer_join_that_found_nothing_makes_no_record(world):
    assert record(Role, [None for _column in columns_of(Role)]) is None


@pytest.mark.parametrize("model", [Course, Activity])
def test_there_is_no_record_under_a_key_that_nobody_has(world, model):
    assert whole(model, 999_999) is None


def fields(one):
    """What the columns of the record ``one`` hold."""
    return {name: getattr(one, name) for name in fields_of(type(one))}


def test_what_is_entered_and_changed_at_once_is_as_the_session_would_load_it(world):
    job = enter(Job, name="mail", arguments={"letters": [1, 2]})
    change(job, fault="Không gửi được", ended_at=MORNING)
    made = fields(job)
    db.session.expire(job)

    # What a job gave is only loaded where somebody asks for it.
    assert made == fields(job) | {"result": job.result} == {
        "id": job.id, "name": "mail", "arguments": {"letters": [1, 2]}, "asked_at": MORNING,
        "begun_at": None, "ended_at": MORNING, "fault": "Không gửi được", "result": None,
        "by_id": None}


def test_a_record_that_is_locked_is_as_its_row_is_now(world):
    job = enter(Job, name="mail", arguments={})
    db.session.execute(update(Job.__table__).values(fault="Hỏng"))

    assert job.fault is None
    lock(job)
    assert job.fault == "Hỏng"


def test_a_page_that_only_reads_enters_nothing(world):
    with reading(), pytest.raises(RuntimeError):
        enter(Job, name="mail", arguments={})
