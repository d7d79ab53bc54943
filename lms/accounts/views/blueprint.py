"""The addresses of the room under one name."""
from flask import Blueprint

bp = Blueprint("accounts", "lms.accounts", template_folder="templates")
