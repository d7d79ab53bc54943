"""The migrations; whoever only answers requests does without them and what they bring along."""
from flask_migrate import Migrate, upgrade

from lms.kernel.db import db

migrate = Migrate(db=db, render_as_batch=True, compare_type=True)


def bring_to_newest(app):
    """Bring the database of ``app`` to the newest migration."""
    migrate.init_app(app)
    with app.app_context():
        upgrade()
