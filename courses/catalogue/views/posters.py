"""The poster of an invitation, as the file that answers a request."""
from flask import current_app

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.paper import MissingGlyph
from lms.kernel.web import made_file

from courses.catalogue.poster import draw_poster


def poster_file(words, code):
    """The poster with the invitation ``words`` as an answer, named by ``code``."""
    try:
        content = draw_poster(words, current_app.config["SITE_NAME"])
    except MissingGlyph as fault:
        raise Refusal(_("These letters cannot be printed: %(letters)s. Look again at the title "
                        "and the place.", letters=fault)) from None
    return made_file(content, f"ap-phich-{code}.pdf", inline=True)
