"""The blueprint the pages of quizzes share."""
from flask import Blueprint

from lms.kernel.commands import Commands

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes", template_folder="templates")
bp.cli = Commands(help="Questions in and out, marks, and whether all answers are there.")
