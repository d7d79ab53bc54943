"""What quizzes bring to the application."""
from lms.backups.offers import checks
from lms.kernel import audit, jobs
from lms.kernel.i18n import _l
from lms.kernel.retention import Term, keep_for_a_time
from lms.people.offers import holdings, officer_lines, shelves
from lms.people.signals import people_linked, person_erased
from lms.proposals.kinds import offer

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.entering
import quizzes.attempts.files
import quizzes.attempts.invigilation
import quizzes.attempts.regrading_views
import quizzes.attempts.trying
import quizzes.attempts.views
import quizzes.attempts.voiding_views
import quizzes.essays.views
import quizzes.insight.views
import quizzes.papers.views.authoring
import quizzes.papers.views.printing
import quizzes.papers.views.room
import quizzes.questions.interchange.cli
import quizzes.questions.interchange.views
import quizzes.questions.views.bank
import quizzes.questions.views.media
import quizzes.questions.views.write
import quizzes.surveys.views
from courses.catalogue import step_kinds
from courses.classes.links import file_papers, links, waits
from courses.completions.marks import waits as marks_that_wait
from courses.completions.openings import openings
from courses.reports.offers import qualities
from quizzes.attempts import intervening
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.device import secret, wall
from quizzes.attempts.file_policies import may_read_file_of_question
from quizzes.attempts.forgetting import forget_answers, let_go_of_answers
from quizzes.attempts.invigilation import line_on_stuck, link_to_watch, waits_stuck
from quizzes.attempts.linking import take_over, take_papers_over
from quizzes.attempts.proposing import VOIDING
from quizzes.attempts.queries import mark_waits, overdue_attempts
from quizzes.attempts.regrading_actions import forget_words
from quizzes.attempts.showing import apart
from quizzes.attempts.sitting import test_sat_by
from quizzes.blueprint import bp
from quizzes.essays.policies import may_mark_essays
from quizzes.holdings import own_holdings
from quizzes.insight.actions import reckon_when_quiet
from quizzes.insight.policies import may_list_tests
from quizzes.insight.quality import marks_of_classes
from quizzes.papers.actions import forget_reasons
from quizzes.papers.queries import tests_asking
from quizzes.questions.keys import sat_by
from quizzes.questions.mentions import question_texts
from quizzes.questions.policies import may_read_sound
from quizzes.questions.uses import uses
from quizzes.surveys.actions import forget_names
from quizzes.surveys.archiving import evaluation_of_class
from quizzes.surveys.mentions import survey_texts
from quizzes.surveys.queries import satisfaction_of_classes
from quizzes.traces import VERBS

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.entering,
         quizzes.attempts.files, quizzes.attempts.invigilation, quizzes.attempts.regrading_views,
         quizzes.attempts.trying, quizzes.attempts.views, quizzes.attempts.voiding_views,
         quizzes.essays.views, quizzes.insight.views, quizzes.papers.views.authoring,
         quizzes.papers.views.printing, quizzes.papers.views.room,
         quizzes.questions.interchange.cli, quizzes.questions.interchange.views,
         quizzes.questions.views.bank, quizzes.questions.views.media, quizzes.questions.views.write,
         quizzes.surveys.views)


def init_app(app):
    """The pages, two kinds of step, links on classes, what waits on a trainer's day; every
    quarter of a minute the attempts that are over.
    """
    app.register_blueprint(bp)
    checks.add(quizzes.attempts.cli.check_of_attempts)
    audit.tell(VERBS)
    holdings.add(own_holdings)
    offer(VOIDING)
    app.jinja_env.filters.update(apart=apart, secret=secret, wall=wall)
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    step_kinds.offer("survey", _l("a survey"), "quizzes.new_survey")
    uses.add(tests_asking)
    sat_by.add(test_sat_by)
    marks_that_wait.add(mark_waits)
    openings.add(may_read_sound)
    openings.add(may_read_file_of_question)
    for link in (quizzes.papers.views.room.link_to_tests, link_to_watch,
                 quizzes.surveys.views.link_to_survey):
        links.add(link)
    waits.add(waits_stuck)
    qualities.add(marks_of_classes)
    qualities.add(satisfaction_of_classes)
    file_papers.add(evaluation_of_class)
    waits.add(quizzes.essays.views.waits_to_be_marked)
    app.menu.add("quizzes.all_tests", _l("Tests"), "quiz", may_list_tests, 62, _l("Lists"),
                 also=("quizzes.insight", "quizzes.odd_attempts", "quizzes.gain"))
    app.menu.add("quizzes.essays", _l("To mark"), "edit", may_mark_essays, 63, _l("Lists"),
                 also=("quizzes.essay",))
    jobs.often_each(overdue_attempts, submit_overdue)
    officer_lines.add(line_on_stuck)
    jobs.every_minute(reckon_when_quiet)
    keep_for_a_time(Term("KEEP_ANSWERS", _l(
        "What you wrote at tests in your own words, and files you handed in; what you ticked and "
        "your marks stay"), let_go_of_answers))
    people_linked.connect(take_over)
    people_linked.connect(take_papers_over)
    for forget in (forget_answers, forget_reasons,
                   intervening.forget_reasons, forget_names, forget_words):
        person_erased.connect(forget)
    shelves.add(question_texts)
    shelves.add(survey_texts)
