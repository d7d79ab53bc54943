"""What quizzes bring to the application."""
import quizzes.models


def init_app(app):
    """Nothing yet but the models."""
    app.logger.debug(quizzes.__name__)
