"""The application, put together.  Read it from top to bottom."""
import logging
import secrets
from importlib import import_module
from urllib.parse import quote, urlencode

from flask import (
    Flask,
    Request,
    abort,
    current_app,
    flash,
    has_request_context,
    redirect,
    render_template,
    request,
)
from flask_compress import Compress
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy import make_url
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import cached_property

from lms.config import Config
from lms.kernel import (
    again,
    assets,
    checkpoints,
    demo,
    garbage,
    group_commit,
    i18n,
    jobs,
    mail,
    postgresql,
    sealing,
    sqlite,
    trouble,
)
from lms.kernel.db import db
from lms.kernel.errors import BadArgument, Refusal
from lms.kernel.headers import closed, lead_scripts
from lms.kernel.i18n import _, _l
from lms.kernel.menu import Menu
from lms.kernel.retention import Term, keep_for_a_time, rows_before
from lms.kernel.secret import own_secret
from lms.kernel.templates import Templates
from lms.kernel.tokens import Guard, Sessions, token
from lms.kernel.transaction import SAFE, glance, transaction
from lms.kernel.web import LARGEST_KEY, MADE, Json, here, here_or, page_before, viewer

#: What stands as it is in what an address asks, as Werkzeug has it.
ALLOWED = "!$'()*,/:;?@"

#: The largest request, in bytes, to a page that needs nobody to be signed in.
FROM_STRANGERS = 4 * 1024 * 1024

log = logging.getLogger(__name__)


class Asked(Request):
    """A request that knows who answers it."""

    @cached_property
    def view(self):
        """The function that answers, with its marks; None where there is no such page."""
        return current_app.view_functions.get(self.endpoint)


class Visitors(LoginManager):
    """Who is signed in, as Flask-Login keeps it.

    Of what it offers to know a browser again nothing is used: it would work out a fingerprint of
    the browser at every request, and then not look at it.
    """

    def _session_protection_failed(self):
        return False


class Application(Flask):
    """Flask, with one transaction per request."""

    request_class = Asked
    jinja_environment = Templates
    json_provider_class = Json
    #: All templates are kept: a cache that forgets moves each to the end of a line when asked.
    jinja_options = {"cache_size": -1}

    def __init__(self, name):
        super().__init__(name)
        self.addresses = {}
        self.session_interface = Sessions()

    def dispatch_request(self):
        """Commit when the view returns; roll back when it raises."""
        if request.endpoint == "static" or marked("by_itself"):
            return super().dispatch_request()
        with glance() if request.method in SAFE else transaction():
            return super().dispatch_request()

    def full_dispatch_request(self):
        """Answer in the language of the reader, which is found out once; what strangers may send
        is little, and found out before anything of it is read.
        """
        if marked("public"):
            request.max_content_length = min(
                FROM_STRANGERS, request.max_content_length or FROM_STRANGERS)
        with i18n.speaking(i18n.chosen_language()):
            return super().full_dispatch_request()

    def ensure_sync(self, func):
        """All functions of the house are plain ones: none needs to be asked what it is."""
        return func

    def url_for(self, endpoint, **values):
        """The address of a page; one that needs nothing or only keys is worked out once, and
        what is asked beside them, in words, comes after it.
        """
        # Flask's own function hands on what nobody said, too.
        values = {name: value for name, value in values.items() if value is not None}
        keys, words = {}, {}
        for name, value in values.items():
            if type(value) not in (int, str):
                return super().url_for(endpoint, **values)
            (keys if type(value) is int else words)[name] = value
        if not has_request_context():
            return super().url_for(endpoint, **values)
        asked = request._get_current_object()  # Behind the proxy: it would be looked up twice.
        near = asked.blueprint if endpoint.startswith(".") else None
        place = (asked.script_root, near, endpoint, *keys)
        if place not in self.addresses:
            self.addresses[place] = self._pattern(endpoint, keys)
        pattern, named = self.addresses[place]
        if pattern is None or any(name in named or name[0] == "_" for name in words):
            return super().url_for(endpoint, **values)
        query = f"?{urlencode(words, safe=ALLOWED)}" if words else ""
        return pattern % keys + query

    def _pattern(self, endpoint, keys):
        """The address with gaps for the keys, and what its path names; no address where one of
        the ``keys`` is not in the path.
        """
        full = f"{request.blueprint}{endpoint}" if endpoint.startswith(".") else endpoint
        named = set().union(*(rule.arguments for rule in self.url_map.iter_rules(full)))
        if not keys.keys() <= named or named - keys.keys():
            return None, named
        stand_ins = {name: LARGEST_KEY - number for number, name in enumerate(keys)}
        pattern = super().url_for(endpoint, **stand_ins).replace("%", "%%")
        for name, number in stand_ins.items():
            pattern = pattern.replace(str(number), f"%({name})d")
        return pattern, named


@garbage.put_off
def create_app(settings=None):
    """The application with its settings: defaults, then ``LMS_…``, then ``settings``."""
    app = Application("lms")
    app.config.from_object(Config)
    app.config.from_prefixed_env("LMS")
    app.config.from_mapping(settings or {})
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or own_secret(app.config["SECRET_FILE"])
    app.config["SITE_URL"] = (app.config["SITE_URL"]
                              or "http://{HOST}:{PORT}".format_map(app.config))
    _open_database(app)

    i18n.init_app(app)
    assets.init_app(app)
    app.jinja_env.globals.update(here=here, current_user=current_user)
    jobs.init_app(app)
    # A checkpoint tells of what was committed: it comes after the work that seals.
    for work in (jobs.forget_results, mail.send_waiting, sealing.seal_what_waits,
                 checkpoints.keep_checkpoint):
        jobs.every_minute(work)
    keep_for_a_time(Term("KEEP_LETTERS", _l("Letters to you"), rows_before(mail.Letter.posted_at)))
    Guard(app)
    app.jinja_env.globals["csrf_token"] = token
    Compress(app)
    app.menu = Menu()
    app.demonstration = []
    app.cli.add_command(demo.demo)
    app.login_manager = Visitors(app)
    app.wsgi_app = ProxyFix(closed(app.wsgi_app), x_for=app.config["PROXIES"],
                            x_proto=app.config["PROXIES"], x_host=app.config["PROXIES"])

    for package in app.config["PACKAGES"]:
        import_module(f"{package}.feature").init_app(app)

    app.before_request(say_what_the_request_may_do)
    app.before_request(leave_out_what_no_database_holds)
    app.before_request(ask_strangers_to_sign_in)
    app.after_request(lead_scripts)
    app.context_processor(what_every_page_shows)
    app.register_error_handler(Refusal, explain_refusal)
    app.register_error_handler(CSRFError, explain_stale_form)
    app.register_error_handler(HTTPException, explain_error)
    app.register_error_handler(Exception, apologise)
    return app


def _open_database(app):
    url = app.config["DATABASE_URL"]
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    on_sqlite = url.startswith("sqlite")
    pool = {} if sqlite.in_memory(make_url(url).database) else {
        "pool_size": app.config["THREADS"], "pool_timeout": sqlite.PATIENCE}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        **(sqlite.engine_options(url) if on_sqlite else {}), **pool,
        **(app.config.get("SQLALCHEMY_ENGINE_OPTIONS") or {})}
    db.init_app(app)
    group_commit.init_app(app)
    trouble.init_app(app)
    if on_sqlite:
        with app.app_context():
            sqlite.prepare(db.engine)
            sqlite.insist(db.engine)
    else:
        with app.app_context():
            postgresql.prepare(db.engine)


def say_what_the_request_may_do():
    """A request that only reads never waits for the writers of SQLite."""
    sqlite.write_intent.set(request.method not in SAFE and not marked("by_itself"))


def marked(mark):
    """Whether the view of the request carries the ``mark``."""
    return getattr(request.view, mark, False)


def leave_out_what_no_database_holds():
    """The letter NUL, which PostgreSQL refuses, stands in no address of ours: the page opens
    without what it was slipped into.
    """
    if "\0" in request.path:
        abort(404)
    asked = request.query_string.decode(errors="replace")
    if "%00" not in asked:
        return None
    # 307: what a form sends is sent once more.
    return redirect(f"{quote(request.path)}?{asked.replace('%00', '')}", 307)


def ask_strangers_to_sign_in():
    """Every page is private unless its view is marked @public; a few ask by themselves."""
    if (request.view is None or request.endpoint == "static" or marked("public")
            or marked("by_itself")):
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    return None


def what_every_page_shows():
    """The names the layout uses."""
    person = viewer()

    def menu():
        """The places of the menu; parts of a page that show none do not look them up."""
        return current_app.menu.places(person) if person else []

    return {"viewer": person, "menu": menu, "locale": i18n.language(), "csrf_token": token,
            "site_name": current_app.config["SITE_NAME"],
            "endpoints": current_app.view_functions}


def explain_refusal(refusal):
    """A rule of the house said no: the form with the sentence above it and all that was typed,
    else a calm page with the sentence and the way back.  Where it was the address of a page that
    could not be read, that page without it.
    """
    if isinstance(refusal, BadArgument) and request.method in SAFE and not is_file(request.path):
        flash(refusal.message, "bad")
        return redirect(here(**{refusal.name: None}))
    form = again.form_again(refusal)
    if form is not None:
        return form, 409
    back = refusal.back or here_or(request.path if request.method in SAFE else page_before())
    return render_template("refusal.html", message=refusal.message, back=back), 409


def is_file(path):
    """Whether a file is asked for: one of another day would be taken for the one meant."""
    return path.rpartition(".")[2] in MADE


def explain_stale_form(_error):
    """The form was open too long, or the session ended meanwhile."""
    fields = again.typed_fields()
    if fields and viewer() is None:
        return current_app.login_manager.unauthorized()
    if fields:
        return render_template("again.html", fields=fields, message=_(
            "This form was open too long, or you signed in again meanwhile.")), 400
    message = _("This form was open too long, or you signed in again meanwhile. "
                "Go back, check what you typed, and send it once more.")
    return render_template("refusal.html", message=message, back=page_before()), 400


def explain_error(error):
    """An error of HTTP, as a page of ours where we have one."""
    if error.code is None or error.code < 400:
        return error
    name = error.code if error.code in (403, 404, 413, 429) else 404 if error.code < 500 else 500
    # What a program asks by goes along: which methods there are, how long a file is.
    told = [(header, value) for header, value in error.get_headers() if header != "Content-Type"]
    return render_template(f"errors/{name}.html", reference=_reference()), error.code, told


def apologise(error):
    """A fault of ours: an apology with a number; the log has the trace under it.  Where the
    machine below failed, whoever asked is to come again.
    """
    if trouble.is_below(error):
        return trouble.own_up(error)
    reference = _reference()
    log.exception("%s %s failed, reference %s", request.method, request.path, reference,
                  exc_info=error)
    if current_app.testing:
        raise error
    # Not render_template: what every page shows may be the very thing that is broken.
    page = current_app.jinja_env.get_template("errors/500.html")
    return page.render(reference=reference, in_trouble=True, locale=i18n.language(),
                       site_name=current_app.config["SITE_NAME"]), 500


def _reference():
    return secrets.token_hex(4).upper()
