"""The blueprint the pages of learning share."""
from flask import Blueprint

bp = Blueprint("learning", __name__, template_folder="../templates")
