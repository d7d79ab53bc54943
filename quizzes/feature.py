"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l
from lms.people.signals import person_erased

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.invigilation
import quizzes.attempts.views
import quizzes.papers.views
import quizzes.questions.views
from courses.catalogue import step_kinds
from courses.classes.links import links
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.device import wall
from quizzes.attempts.intervening import forget_reasons
from quizzes.attempts.invigilation import link_to_watch
from quizzes.attempts.showing import apart
from quizzes.blueprint import bp

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.invigilation,
         quizzes.attempts.views, quizzes.papers.views, quizzes.questions.views)


def init_app(app):
    """The pages, a kind of step, a link on classes; each minute the attempts whose time is over."""
    app.register_blueprint(bp)
    app.jinja_env.filters.update(apart=apart, wall=wall)
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    jobs.every_minute(submit_overdue)
    links.add(link_to_watch)
    person_erased.connect(forget_reasons)
