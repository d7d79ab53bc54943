"""What the letters of a class say of it."""
from lms.kernel.i18n import VIETNAMESE, speaking
from lms.kernel.mail import link_to
from lms.organisations.naming import agency
from lms.people.queries import main_unit

from courses.classes.archiving import result_line
from courses.classes.inviting import when
from courses.classes.printing import name_of_trainer, participants, superior_of
from courses.classes.queries import quotas_of, results, titles_on
from courses.coverage.queries.rows import all_goals
from courses.reports.letters import ClassMatter, SessionLine
from courses.reports.queries.measuring import signing


def matter_of_class(course_class):
    """What the letters of ``course_class`` say; names and posts as on the day it begins."""
    organiser, on = course_class.organiser, course_class.starts_on
    sign, signer_title = signing(organiser)
    return ClassMatter(
        heading={"superior": superior_of(course_class), "issuer": agency(organiser), "sign": sign,
                 "place": "Cao Bằng", "signer_title": signer_title},
        title=course_class.title_vi, code=course_class.code, course=course_class.course.title_vi,
        periods=sum(one.periods for one in course_class.sessions) or course_class.course.periods,
        mode=course_class.mode, days=when(course_class), starts_on=on, place=course_class.place,
        address=link_to(f"/classes/{course_class.id}"),
        sessions=tuple(_line(session) for session in course_class.sessions),
        quotas=tuple((quota.unit.name_vi, quota.seats) for quota in quotas_of(course_class)),
        people=tuple((one.name, one.birth, one.unit, one.position)
                     for one in participants(course_class)),
        results=_results(course_class) if course_class.closed_at else (),
        goals=tuple(goal.title_vi for goal in all_goals()
                    if course_class.course_id in goal.courses and goal.in_force(on)))


def _line(session):
    return SessionLine(session.on, session.half, session.topic_vi,
                       name_of_trainer(session), session.periods)


def _results(course_class):
    with speaking(VIETNAMESE):
        lines = [result_line(row) for row in results(course_class).rows]
    return tuple((one.name, one.birth, one.unit, one.attended, one.mark, one.result)
                 for one in lines)


def lecturers_of(course_class):
    """The people who teach a session of the class, in the order in which they do."""
    return list({session.trainer_id: session.trainer for session in course_class.sessions
                 if session.trainer}.values())


def post_of(person, on):
    """The title and the unit of the main post of ``person`` on the day ``on``, as far as known."""
    unit = main_unit(person, on)
    return titles_on([person.id], on).get(person.id, ""), unit.name_vi if unit else ""
