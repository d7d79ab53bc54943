"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l
from lms.people.signals import person_erased

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.regrading_views
import quizzes.attempts.views
import quizzes.essays.views
import quizzes.insight.views
import quizzes.papers.views
import quizzes.questions.views
import quizzes.surveys.views
from courses.catalogue import step_kinds
from courses.classes.links import links
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.regrading_actions import forget_words
from quizzes.attempts.showing import apart
from quizzes.blueprint import bp
from quizzes.essays.policies import may_mark_essays
from quizzes.insight.policies import may_list_tests
from quizzes.surveys.actions import forget_names

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.regrading_views,
         quizzes.attempts.views, quizzes.essays.views, quizzes.insight.views, quizzes.papers.views,
         quizzes.questions.views, quizzes.surveys.views)


def init_app(app):
    """The pages, two kinds of step, and every minute the attempts whose time is over."""
    app.register_blueprint(bp)
    app.jinja_env.filters["apart"] = apart
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    step_kinds.offer("survey", _l("a survey"), "quizzes.new_survey")
    links.add(quizzes.surveys.views.link_to_survey)
    person_erased.connect(forget_names)
    person_erased.connect(forget_words)
    app.menu.add("quizzes.tests", _l("Tests"), "quiz", may_list_tests, 62, _l("Lists"),
                 also=("quizzes.insight", "quizzes.odd_attempts", "quizzes.gain"))
    app.menu.add("quizzes.essays", _l("To mark"), "edit", may_mark_essays, 63, _l("Lists"),
                 also=("quizzes.essay",))
    jobs.every_minute(submit_overdue)
