"""The blueprint the catalogue's pages share."""
from flask import Blueprint

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="../templates")
