"""What uploads in pieces bring to the application."""
from lms.kernel import incoming, jobs
from lms.uploads.views import bp


def init_app(app):
    """The addresses that pieces are sent to, and the tidying away of what was left."""
    app.register_blueprint(bp)
    jobs.every_minute(incoming.forget_old)
