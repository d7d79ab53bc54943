"""What backups bring to the application."""
from lms.backups.cli import backup


def init_app(app):
    """The commands of the terminal."""
    app.cli.add_command(backup)
