"""The stylesheet as one file, and addresses of assets that change when their content does."""
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, has_request_context, request, url_for

from lms.kernel.web import public

STATIC = Path(__file__).resolve().parent.parent / "static"
#: The order matters: of two rules that weigh the same the later one wins.
SHEETS = ("tokens", "base", "layout", "controls", "messages", "lists", "learning", "figures",
          "charts", "last", "old")
SCRIPTS = {file.name for file in (STATIC / "js").glob("*.js")}
#: Which asset each of these addresses shows.
PATHS = {"static": "{filename}", "assets.styles": "css/all.css", "assets.scripts": "js/{name}"}
FOREVER = "public, max-age=31536000, immutable"
FONT = re.compile(rb"url\(\.\./(fonts/[\w.-]+)\)")
#: Another script that a script names as the place of what it takes.
NAMED = re.compile(rb'(?<= from "\./)(\w+\.js)(?=")')
#: What a style says to us, and not to a browser: remarks, and blanks at the ends of its lines.
REMARK, BLANKS = re.compile(rb"/\*.*?\*/", re.DOTALL), re.compile(rb"\s*\n\s*")

bp = Blueprint("assets", __name__)


@cache
def stylesheet():
    """All the styles, joined and without remarks: one request on a slow line instead of nine.

    The fonts they name carry their versions, so that a browser asks for each font once.
    """
    joined = b"\n".join((STATIC / "css" / f"{name}.css").read_bytes() for name in SHEETS)
    joined = BLANKS.sub(b"\n", REMARK.sub(b"", joined)).strip()
    return FONT.sub(lambda found: b"url(../%s?v=%s)" % (
        found[1], version_of(found[1].decode()).encode()), joined)


@cache
def version_of(path):
    """Eight letters that change with the content of the asset at ``path``.

    The scripts share one version, for ``start.js`` hands its own on to the others.
    """
    if path == "css/all.css":
        content = stylesheet()
    elif path.startswith("js/"):
        content = b"".join(file.read_bytes() for file in sorted((STATIC / "js").glob("*.js")))
    else:
        content = (STATIC / path).read_bytes()
    return sha256(content).hexdigest()[:8]


@cache
def script(name):
    """The script ``name``; the others it takes from carry the version too, so that a browser asks
    for each of them once.

    By itself a script could add it only with an ``await`` outside of any function, which the
    browsers of old phones do not know.
    """
    version = version_of(f"js/{name}").encode()
    return NAMED.sub(rb"\1?v=" + version, (STATIC / "js" / name).read_bytes())


def asset_url(path):
    """The address of the asset; a browser may keep what it gets there for good."""
    return _address(path, request.script_root if has_request_context() else None)


@cache
def _address(path, _root):
    if path == "css/all.css":
        return url_for("assets.styles", v=version_of(path))
    if path.startswith("js/"):
        return url_for("assets.scripts", name=path[3:], v=version_of(path))
    return url_for("static", filename=path, v=version_of(path))


@bp.get("/static/css/all.css")
@public
def styles():
    """The one stylesheet."""
    return Response(stylesheet(), mimetype="text/css")


@bp.get("/static/js/<name>")
@public
def scripts(name):
    """One of the scripts."""
    if name not in SCRIPTS:
        abort(404)
    return Response(script(name), mimetype="text/javascript")


@bp.get("/favicon.ico")
@public
def favicon():
    """The sign in a browser's tab."""
    return current_app.send_static_file("icon.svg")


def keep_for_good(response):
    """Let browsers keep an asset whose address names the version it has now."""
    if request.endpoint in PATHS and response.status_code < 400:
        version = request.args.get("v")
        if version and version == version_of(
                PATHS[request.endpoint].format(**request.view_args)):
            response.headers["Cache-Control"] = FOREVER
    return response


def init_app(app):
    """Give templates ``asset_url`` and serve the stylesheet."""
    app.register_blueprint(bp)
    app.after_request(keep_for_good)
    app.jinja_env.globals["asset_url"] = asset_url
