"""What organisations bring to the application."""
import lms.organisations.models  # noqa: F401


def init_app(app):
    """Nothing yet but the models."""
    app.logger.debug("organisations")
