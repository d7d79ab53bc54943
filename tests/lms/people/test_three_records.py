"""Three records of one person: linked one after the other, and parted without losing anything."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.linking import believed, link, part
from lms.people.models import Membership, Person, Posting

from courses.completions.actions import complete
from courses.completions.models import Completion

MAY = date(2026, 5, 1)


@pytest.fixture
def loan(world):
    """Loan of the office; entered again by the newspaper; and again by the province."""
    people = [Person(key=f"L{n}", full_name="Sầm Thị Loan", birth="1990") for n in range(3)]
    for person, unit in zip(people, (world.office, world.newspaper, world.province), strict=True):
        db.session.add_all([person, Posting(person=person, unit=unit, title="Văn thư", main=True,
                                            valid_from=date(2026, 1, 1))])
    db.session.flush()
    return people


def told(person):
    """What is believed of somebody: units, groups, courses."""
    return ([post.unit.key for post in believed(Posting, person)],
            [one.group.key for one in believed(Membership, person)],
            [one.course.key for one in believed(Completion, person)])


def test_a_record_that_says_nothing_of_the_same_is_parted_before_the_later_one(world, loan):
    main, second, third = loan
    complete(third, world.press_law, MAY, by=world.an)
    first = link(main, second, by=world.an)
    link(main, third, by=world.an)

    part(first, by=world.an)

    assert told(main) == (["SVH-VP", "CB"], [], ["PRESS"])
    assert told(second) == (["BAO"], [], [])


def test_what_two_linked_records_say_is_not_lost_when_the_first_is_parted(world, loan):
    main, second, third = loan
    for person in (second, third):
        complete(person, world.press_law, MAY, by=world.an)
        db.session.add(Membership(person=person, group=world.officials, valid_from=MAY))
    db.session.flush()
    first, later = link(main, second, by=world.an), link(main, third, by=world.an)

    with pytest.raises(Refusal, match="Hồ sơ L2 được ghép sau"):
        part(first, by=world.an)
    part(later, by=world.an)
    part(first, by=world.an)
    link(main, third, by=world.an)

    assert told(main) == (["SVH-VP", "CB"], ["B"], ["PRESS"])
    assert told(second) == (["BAO"], ["B"], ["PRESS"])
