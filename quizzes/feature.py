"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.views
import quizzes.papers.views
import quizzes.questions.interchange.cli
import quizzes.questions.interchange.views
import quizzes.questions.views
from courses.catalogue import step_kinds
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.showing import apart
from quizzes.blueprint import bp

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.views,
         quizzes.papers.views, quizzes.questions.interchange.cli,
         quizzes.questions.interchange.views, quizzes.questions.views)


def init_app(app):
    """The pages, a kind of step, and every minute the attempts whose time is over."""
    app.register_blueprint(bp)
    app.jinja_env.filters["apart"] = apart
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    jobs.every_minute(submit_overdue)
