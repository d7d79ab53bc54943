"""What certificates bring to the application."""
import certificates.models


def init_app(app):
    """Nothing yet but the models."""
    app.logger.debug(certificates.__name__)
