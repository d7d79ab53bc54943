"""What quizzes bring to the application."""
from lms.kernel import jobs

import quizzes.views.learn
import quizzes.views.teach
from quizzes.actions import submit_overdue
from quizzes.views.blueprint import bp

#: The modules whose import puts their pages on the blueprint.
PAGES = (quizzes.views.learn, quizzes.views.teach)


def init_app(app):
    """The pages, and every minute the attempts whose time is over."""
    app.register_blueprint(bp)
    jobs.every_minute(submit_overdue)
