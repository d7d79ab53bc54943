"""What people bring to the application."""
import lms.people.models  # noqa: F401


def init_app(app):
    """Nothing yet but the models."""
    app.logger.debug("people")
