"""The small pages of the site itself: the first one, languages, help, promises, health."""
from flask import abort, current_app, jsonify, redirect, render_template, request, url_for
from jinja2 import TemplateNotFound
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from lms.kernel.db import db
from lms.kernel.i18n import LANGUAGES
from lms.kernel.retention import terms
from lms.kernel.web import here_or, public, viewer

A_YEAR = 365 * 24 * 60 * 60


def home():
    """To the first of the viewer's places."""
    places = current_app.menu.places(viewer())
    return redirect(places[0].url if places else url_for("accounts.mine"))


def more():
    """All the places, for the narrow bar of a phone."""
    return render_template("more.html", width="narrow")


@public
def language(code):
    """The language chosen is kept on the device; then back to the page."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(here_or(request.args.get("back")))
    answer.set_cookie("language", code, max_age=A_YEAR, samesite="Lax", httponly=True,
                      secure=current_app.config["SESSION_COOKIE_SECURE"])
    return answer


@public
def help_page(topic):
    """Help for one kind of page."""
    try:
        return render_template(f"help/{topic}.html", help_topic=topic)
    except TemplateNotFound:
        abort(404)


@public
def privacy():
    """What is kept about people, and who sees it."""
    return render_template("pages/privacy.html", terms=terms())


@public
def accessibility():
    """What readers can rely on, and where to say that something is in the way."""
    return render_template("pages/accessibility.html")


@public
def health():
    """Whether the application reaches its database."""
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok")


def open_pages(app):
    """Give the pages their addresses on ``app``."""
    for address, view in (
            ("/", home), ("/more", more), ("/language/<code>", language),
            ("/help/<topic>", help_page), ("/privacy", privacy),
            ("/accessibility", accessibility), ("/health", health)):
        app.add_url_rule(address, view.__name__, view)
