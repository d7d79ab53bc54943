"""What the letters of a class say of it."""
from lms.kernel import clock
from lms.kernel.i18n import VIETNAMESE, speaking
from lms.kernel.mail import link_to
from lms.organisations.naming import PLACES, agency, in_a_sentence
from lms.people.queries import main_unit

from courses.classes.archiving import result_line
from courses.classes.printing import participants, superior_of
from courses.classes.queries import quotas_of, results, titles_on
from courses.classes.queries.lecturers import lecturer_names
from courses.coverage.queries.rows import all_goals
from courses.reports.letters import ClassMatter, SessionLine, invitation
from courses.reports.queries.measuring import signing


def matter_of_class(course_class):
    """What the letters of ``course_class`` say; names and posts as on the day it begins."""
    on, closed_at = course_class.starts_on, course_class.closed_at
    prepared = min(clock.today(), on).year
    names = lecturer_names(course_class)
    return ClassMatter(
        heading=_heading(course_class),
        title=course_class.title_vi, code=course_class.code, course=course_class.course.title_vi,
        periods=sum(one.periods for one in course_class.sessions) or course_class.course.periods,
        mode=course_class.mode, starts_on=on, ends_on=course_class.ends_on,
        place=course_class.place, seats=course_class.seats, internal=course_class.internal,
        certified=course_class.course.certified,
        years=(prepared, clock.local(closed_at).year if closed_at else prepared),
        address=link_to(f"/classes/{course_class.id}"),
        sessions=tuple(_line(session, names) for session in course_class.sessions),
        lecturers=names,
        quotas=tuple((agency(quota.unit), quota.seats) for quota in quotas_of(course_class)),
        people=tuple((one.name, one.birth, one.unit, one.position)
                     for one in participants(course_class)),
        results=_results(course_class) if course_class.closed_at else (),
        goals=tuple(goal.title_vi for goal in goals_asking_for(course_class)))


def goals_asking_for(course_class):
    """The goals in force when the class begins that ask for its course."""
    return [goal for goal in all_goals() if course_class.course_id in goal.courses
            and goal.in_force(course_class.starts_on)]


def _heading(course_class):
    organiser = course_class.organiser
    sign, signer_title = signing(organiser)
    decider = (f"Ủy ban nhân dân {in_a_sentence(organiser)}" if organiser.kind in PLACES
               else f"Thủ trưởng {organiser.name_vi}")
    return {"superior": superior_of(course_class), "issuer": agency(organiser), "sign": sign,
            "place": "Cao Bằng", "signer_title": signer_title, "decider": decider}


def _line(session, names):
    return SessionLine(session.on, session.half, session.topic_vi, names[session.trainer_id],
                       session.periods)


def _results(course_class):
    with speaking(VIETNAMESE):
        lines = [result_line(row) for row in results(course_class).rows]
    return tuple((one.name, one.birth, one.unit, one.attended, one.mark, one.result)
                 for one in lines)


def invitation_of(lecturer, matter):
    """The invitation of ``lecturer`` to the sessions of theirs in the class of ``matter``."""
    return invitation(matter, matter.lecturers[lecturer.id], *post_of(lecturer, matter.starts_on))


def post_of(person, on):
    """The title and the unit of the main post of ``person`` on the day ``on``, as far as known."""
    unit = main_unit(person, on)
    return titles_on([person.id], on).get(person.id, ""), unit.name_vi if unit else ""
