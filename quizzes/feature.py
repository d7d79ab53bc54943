"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l

import quizzes.views.learn
import quizzes.views.teach
from courses.catalogue import step_kinds
from quizzes.actions import submit_overdue
from quizzes.views.blueprint import bp

#: The modules whose import puts their pages on the blueprint.
PAGES = (quizzes.views.learn, quizzes.views.teach)


def init_app(app):
    """The pages, a kind of step, and every minute the attempts whose time is over."""
    app.register_blueprint(bp)
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    jobs.every_minute(submit_overdue)
