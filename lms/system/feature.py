"""What the page of the system brings to the application."""
from lms.backups.offers import checks
from lms.kernel import audit as trail
from lms.kernel.i18n import _l
from lms.people.offers import officer_lines
from lms.system.cli import audit, verify_command
from lms.system.policies import may_read_system
from lms.system.traces import VERBS
from lms.system.views import bp, line_on_system


def init_app(app):
    """The page, its place, the commands, and the line on the officer's first page."""
    app.register_blueprint(bp)
    trail.tell(VERBS)
    officer_lines.add(line_on_system)
    app.cli.add_command(audit)
    checks.add(verify_command)
    app.menu.add("system.system", _l("System"), "settings", may_read_system, 98, _l("Lists"))
