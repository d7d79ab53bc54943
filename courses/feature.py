"""What courses bring to the application."""
import courses.catalogue.models
import courses.classes.models
import courses.completions.models
import courses.coverage.models


def init_app(app):
    """Nothing yet but the models."""
    app.logger.debug(courses.__name__)
