"""What uploads in pieces bring to the application."""
from lms.kernel import incoming, jobs
from lms.people.signals import person_erased
from lms.uploads.views import bp


def init_app(app):
    """The addresses that pieces are sent to, and the tidying away of what was left."""
    app.register_blueprint(bp)
    jobs.every_minute(incoming.forget_old)
    person_erased.connect(let_go)


def let_go(person, **_former):
    """Somebody was erased: what they were sending goes too."""
    incoming.forget_all_of(person)
