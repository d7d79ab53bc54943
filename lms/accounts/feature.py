"""What accounts bring to the application."""
from lms.accounts.queries import signed_in


def init_app(app):
    """Sessions are found by their token."""
    app.login_manager.user_loader(signed_in)
