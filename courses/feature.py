"""What courses bring to the application."""
from lms.kernel.i18n import _l
from lms.people.policies import is_trainer

from courses.catalogue import learners, step_kinds
from courses.catalogue.policies import may_read_courses
from courses.catalogue.signals import version_published
from courses.catalogue.views import courses as course_pages
from courses.catalogue.views import drafts as draft_pages
from courses.catalogue.views import steps as step_pages
from courses.catalogue.views.blueprint import bp as catalogue
from courses.classes.links import links
from courses.classes.policies import may_follow_classes
from courses.classes.signals import class_closed
from courses.classes.views import arrange as class_arranging
from courses.classes.views import enrol as class_enrolling
from courses.classes.views import follow as class_pages
from courses.classes.views import teach as class_teaching
from courses.classes.views.blueprint import bp as classes
from courses.completions.actions import move_studies, record_class_results
from courses.completions.queries import learners_of
from courses.completions.reasons import reasons
from courses.completions.views import files as file_pages
from courses.completions.views import learn as learning_pages
from courses.completions.views import record as record_pages
from courses.completions.views.blueprint import bp as learning
from courses.coverage.cli import coverage, facts
from courses.coverage.policies import may_follow_province, may_follow_some_unit, may_read_goals
from courses.coverage.queries import is_asked
from courses.coverage.views import follow, learn, organise
from courses.coverage.views.blueprint import bp as coverage_pages
from courses.reports import feature as reports

#: The modules whose import puts their pages on a blueprint.
PAGES = (course_pages, draft_pages, step_pages, class_pages, class_teaching, class_arranging,
         class_enrolling, learning_pages, file_pages, record_pages, follow, learn)
LISTS = _l("Lists")


def everybody(_person):
    """Everybody is a trainee."""
    return True


def init_app(app):
    """Pages, places, commands, kinds of step, and what answers the news of the rooms below."""
    for blueprint in (catalogue, classes, learning, coverage_pages):
        app.register_blueprint(blueprint)
    app.cli.add_command(facts)
    app.cli.add_command(coverage)
    offer_places(app.menu)
    for kind, label in step_kinds.OWN:
        step_kinds.offer(kind, label, "catalogue.new_step")
    links.add(organise.link_to_nominations)
    learners.count_with(learners_of)
    reasons.add(is_asked)
    version_published.connect(move_studies)
    class_closed.connect(record_class_results)
    reports.init_app(app)


def offer_places(menu):
    """The places of the navigation: each audience finds its own first."""
    menu.add("coverage.province", _l("Whole province"), "matrix", may_follow_province, 1)
    menu.add("coverage.my_unit", _l("My unit"), "users", may_follow_some_unit, 5,
             also=("coverage.unit", "coverage.people"))
    menu.add("classes.today", _l("Today"), "today", is_trainer, 6)
    menu.add("coverage.my_work", _l("My work"), "work", everybody, 10)
    menu.add("classes.classes", _l("Classes"), "calendar", may_follow_classes, 20)
    menu.add("classes.mine", _l("My classes"), "calendar",
             lambda person: not may_follow_classes(person), 21)
    menu.add("learning.courses", _l("Courses"), "course",
             lambda person: not may_read_courses(person), 25)
    menu.add("coverage.goals", _l("Goals"), "goal", may_read_goals, 50, LISTS)
    menu.add("catalogue.courses", _l("Courses"), "course", may_read_courses, 60, LISTS)


