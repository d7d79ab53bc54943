"""The blueprint the pages of reports share."""
from flask import Blueprint

bp = Blueprint("reports", __name__, template_folder="../templates")
