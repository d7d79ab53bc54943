"""What courses bring to the application."""
from lms.accounts.previews import previews
from lms.backups.offers import checks
from lms.kernel import audit, jobs
from lms.kernel.i18n import _l
from lms.organisations.links import links as unit_links
from lms.people.offers import corrections, holdings, officer_lines, shelves, trail_shares
from lms.people.policies import is_trainer
from lms.people.signals import people_linked, people_parted, person_erased

from courses.catalogue import learners, step_kinds
from courses.catalogue import traces as traces_of_catalogue
from courses.catalogue.actions import forget_name as forget_in_notes
from courses.catalogue.mentions import course_texts, step_texts
from courses.catalogue.policies import may_read_courses
from courses.catalogue.signals import version_published
from courses.catalogue.views import courses as course_pages
from courses.catalogue.views import drafts as draft_pages
from courses.catalogue.views import steps as step_pages
from courses.catalogue.views.blueprint import bp as catalogue
from courses.classes import linking as class_linking
from courses.classes import traces as traces_of_classes
from courses.classes.actions import forget_name
from courses.classes.actions.lecturing import forget_title
from courses.classes.links import links
from courses.classes.mentions import class_texts, session_texts
from courses.classes.policies import may_follow_classes, may_list_lecturers
from courses.classes.signals import class_closed
from courses.classes.tracing import share_of_trainer
from courses.classes.views import announcing as class_announcing
from courses.classes.views import arrange as class_arranging
from courses.classes.views import costs as class_costs
from courses.classes.views import enrol as class_enrolling
from courses.classes.views import follow as class_pages
from courses.classes.views import inviting as class_inviting
from courses.classes.views import lecturers as lecturer_pages
from courses.classes.views import teach as class_teaching
from courses.classes.views.blueprint import bp as classes
from courses.completions import linking as learning_linking
from courses.completions import records
from courses.completions import traces as traces_of_completions
from courses.completions.actions import move_studies, record_class_results
from courses.completions.outside_actions import forget_papers
from courses.completions.queries import learners_of
from courses.completions.reasons import reasons
from courses.completions.signals import course_completed
from courses.completions.views import files as file_pages
from courses.completions.views import hours as hours_pages
from courses.completions.views import inviting as course_inviting
from courses.completions.views import learn as learning_pages
from courses.completions.views import outside as outside_pages
from courses.completions.views import record as record_pages
from courses.completions.views.blueprint import bp as learning
from courses.coverage import extras
from courses.coverage import linking as coverage_linking
from courses.coverage import traces as traces_of_coverage
from courses.coverage.beforehand_actions import reckon_when_due
from courses.coverage.cli import check_of_facts, coverage, facts
from courses.coverage.exemption_actions import forget_requests
from courses.coverage.mentions import goal_texts
from courses.coverage.policies import (
    may_follow_province,
    may_follow_some_unit,
    may_list_exemptions,
    may_read_goals,
)
from courses.coverage.queries import is_asked
from courses.coverage.truth_actions import check_nightly
from courses.coverage.views import change, exemptions, follow, learn, organise, path, truth
from courses.coverage.views.blueprint import bp as coverage_pages
from courses.groups import feature as groups
from courses.holdings import own_holdings
from courses.reminders import traces as traces_of_reminders
from courses.reminders.actions import remind_when_due, stop_letters
from courses.reminders.policies import may_see_reminders
from courses.reminders.views import follow as reminding
from courses.reminders.views import organise as ladder_pages
from courses.reminders.views.blueprint import bp as reminders
from courses.reorganisation import feature as reorganisation
from courses.reorganisation.offers import papers_before
from courses.reorganisation.queries import authors_of
from courses.reports import feature as reports
from courses.reports.offers import authors
from courses.reports.views.follow import line_on_an_act

#: The modules whose import puts their pages on a blueprint.
PAGES = (course_pages, draft_pages, step_pages, class_pages, class_teaching, class_arranging,
         class_announcing, class_costs, lecturer_pages, class_enrolling, class_inviting,
         course_inviting, learning_pages, file_pages, hours_pages, record_pages, outside_pages,
         change, follow, learn, exemptions, path, ladder_pages)
#: What the trail says of what is done in the rooms below.
TRACES = (traces_of_catalogue, traces_of_classes, traces_of_completions, traces_of_coverage,
          traces_of_reminders)
LISTS = _l("Lists")


def everybody(_person):
    """Everybody is a trainee."""
    return True


def init_app(app):
    """Pages, places, commands, kinds of step, and what answers the news of the rooms below."""
    for blueprint in (catalogue, classes, learning, coverage_pages, reminders):
        app.register_blueprint(blueprint)
    for traces in TRACES:
        audit.tell(traces.VERBS, getattr(traces, "PLACES", ()), people_data=True)
    app.cli.add_command(facts)
    app.cli.add_command(coverage)
    checks.add(check_of_facts)
    offer_places(app.menu)
    for kind, label in step_kinds.OWN:
        step_kinds.offer(kind, label, "catalogue.new_step")
    links.add(organise.link_to_nominations)
    trail_shares.add(share_of_trainer)
    holdings.add(own_holdings)
    learners.counters.add(learners_of)
    reasons.add(is_asked)
    previews.add(course_inviting.course_behind)
    extras.blocks.add(outside_pages.outside_block)
    records.blocks.add(learn.record_block)
    records.blocks.add(hours_pages.hours_block)
    unit_links.add(hours_pages.link_to_periods)
    extras.missing_links.add(hours_pages.way_to_periods)
    for one in (truth.truth_line, truth.requests_line, truth.outside_line, truth.generous_line):
        officer_lines.add(one)
    jobs.every_minute(reckon_when_due)
    jobs.every_minute(check_nightly)
    corrections.add(change.corrections_block)
    reorganisation.init_app(app)
    version_published.connect(move_studies)
    class_closed.connect(record_class_results)
    forget_erased()
    follow_links()
    offer_reminders()
    reports.init_app(app)
    authors.add(authors_of)
    papers_before.add(line_on_an_act)
    groups.init_app(app)


def forget_erased():
    """Somebody erased leaves what others wrote; what is written for many is only found."""
    for forget in (forget_papers, forget_requests, forget_name, forget_in_notes, forget_title):
        person_erased.connect(forget)
    for texts in (course_texts, step_texts, class_texts, session_texts, goal_texts):
        shelves.add(texts)


def follow_links():
    """What each room holds of two records that are one person goes over, and back."""
    people_linked.connect(class_linking.take_over)
    people_linked.connect(learning_linking.take_over)
    people_linked.connect(coverage_linking.take_over)
    people_parted.connect(learning_linking.give_back)


def offer_reminders():
    """Reminders go out by themselves, stop by themselves, and can be sent from a unit's page."""
    jobs.every_minute(remind_when_due)
    course_completed.connect(stop_letters)
    extras.missing_links.add(reminding.link_to_reminder)
    extras.reminding.add(reminding.way_to_remind)
    officer_lines.add(reminding.line_on_failures)


def offer_places(menu):
    """The places of the navigation: each audience finds its own first."""
    menu.add("coverage.province", _l("Whole province"), "matrix", may_follow_province, 1)
    menu.add("coverage.my_unit", _l("My unit"), "users", may_follow_some_unit, 5,
             also=("coverage.unit", "coverage.people", "coverage.path", "reminders.remind"))
    menu.add("classes.today", _l("Today"), "today", is_trainer, 6)
    menu.add("coverage.my_work", _l("My work"), "work", everybody, 10)
    menu.add("classes.classes", _l("Classes"), "calendar", may_follow_classes, 20)
    menu.add("classes.mine", _l("My classes"), "calendar",
             lambda person: not may_follow_classes(person), 21)
    menu.add("learning.courses", _l("Courses"), "course",
             lambda person: not may_read_courses(person), 25)
    menu.add("classes.all_lecturers", _l("Lecturers"), "user", may_list_lecturers, 61, LISTS,
             also=("classes.lecturer",))
    menu.add("coverage.goals", _l("Goals"), "goal", may_read_goals, 50, LISTS)
    menu.add("coverage.exemption_requests", _l("Exemptions"), "file", may_list_exemptions, 52,
             LISTS, also=("coverage.exemptions", "coverage.exemption_ending",
                          "coverage.new_exemption_request"))
    menu.add("learning.outside", _l("Learned elsewhere"), "upload", may_list_exemptions, 53, LISTS,
             also=("learning.new_outside",))
    menu.add("reminders.sent", _l("Reminders"), "clock", may_see_reminders, 58, LISTS,
             also=("reminders.ladder",))
    menu.add("catalogue.courses", _l("Courses"), "course", may_read_courses, 60, LISTS)


