"""Slips as the answer to whoever made them."""
from flask import current_app

from lms.accounts.drawing import SlipPaper, draw_slips
from lms.accounts.passwords import printed
from lms.accounts.queries import main_units
from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.paper import MissingGlyph
from lms.kernel.web import made_file


def paper(slips):
    """The slips as one PDF to print; nothing of it is kept here."""
    units = main_units([slip.person.id for slip in slips])
    try:
        content = draw_slips([_words(slip, units.get(slip.person.id)) for slip in slips])
    except MissingGlyph as missing:
        raise Refusal(_("A name holds a sign that cannot be printed: %(signs)s. "
                        "Correct the name first; no code was given out.",
                        signs=missing)) from None
    return made_file(content, f"phieu-tai-khoan-{clock.today()}.pdf")


def _words(slip, unit):
    return SlipPaper(
        site=current_app.config["SITE_NAME"], address=current_app.config["SITE_URL"],
        name=slip.person.full_name, unit=unit.name_vi if unit else "", username=slip.username,
        code=printed(slip.code), until=clock.local(slip.until))
