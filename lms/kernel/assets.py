"""The stylesheet as one file, and addresses of assets that change when their content does."""
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, current_app, request, url_for

from lms.kernel.web import public

STATIC = Path(__file__).resolve().parent.parent / "static"
#: The order matters: the layers are named in the first.
SHEETS = ("tokens", "base", "layout", "controls", "messages", "lists", "learning", "figures",
          "charts")
FOREVER = "public, max-age=31536000, immutable"

bp = Blueprint("assets", __name__)


@cache
def stylesheet():
    """All the styles, joined: one request on a slow line instead of nine."""
    return b"\n".join((STATIC / "css" / f"{name}.css").read_bytes() for name in SHEETS)


@cache
def version_of(path):
    """Eight letters that change with the content of the asset at ``path``."""
    content = stylesheet() if path == "css/all.css" else (STATIC / path).read_bytes()
    return sha256(content).hexdigest()[:8]


def asset_url(path):
    """The address of the asset; a browser may keep what it gets there for good."""
    if path == "css/all.css":
        return url_for("assets.styles", v=version_of(path))
    return url_for("static", filename=path, v=version_of(path))


@bp.get("/static/css/all.css")
@public
def styles():
    """The one stylesheet."""
    return Response(stylesheet(), mimetype="text/css")


@bp.get("/favicon.ico")
@public
def favicon():
    """The sign in a browser's tab."""
    return current_app.send_static_file("icon.svg")


def keep_for_good(response):
    """Let browsers keep an asset whose address names its version."""
    if request.endpoint in ("static", "assets.styles") and "v" in request.args:
        response.headers["Cache-Control"] = FOREVER
    return response


def init_app(app):
    """Give templates ``asset_url`` and serve the stylesheet."""
    app.register_blueprint(bp)
    app.after_request(keep_for_good)
    app.jinja_env.globals["asset_url"] = asset_url
