"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l
from lms.people.signals import person_erased

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.entering
import quizzes.attempts.trying
import quizzes.attempts.views
import quizzes.papers.views.authoring
import quizzes.papers.views.printing
import quizzes.papers.views.room
import quizzes.questions.views
from courses.catalogue import step_kinds
from courses.classes.links import links
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.showing import apart
from quizzes.blueprint import bp
from quizzes.papers.actions import forget_reasons

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.entering,
         quizzes.attempts.trying, quizzes.attempts.views,
         quizzes.papers.views.authoring, quizzes.papers.views.printing,
         quizzes.papers.views.room, quizzes.questions.views)


def init_app(app):
    """The pages, a kind of step, and every minute the attempts whose time is over."""
    app.register_blueprint(bp)
    app.jinja_env.filters["apart"] = apart
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    links.add(quizzes.papers.views.room.link_to_tests)
    person_erased.connect(forget_reasons)
    jobs.every_minute(submit_overdue)
