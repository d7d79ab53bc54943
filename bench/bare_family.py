"""The least that two processes of the web can hold: the libraries, one table, one view.

Started as ``python -m bench.bare_family`` with ``LMS_PORT``; the bench of the memory measures it
beside the system.  Every library that requirements.txt names for the pages is loaded, nothing else.
"""
import gc
import os
import socket
from importlib import import_module

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from waitress.server import create_server

LIBRARIES = ("argon2", "docx", "flask_babel", "flask_compress", "flask_login", "flask_wtf", "huey",
             "lxml.html", "nh3", "PIL.Image", "psycopg", "reportlab.platypus", "segno",
             "xlsxwriter")
PROCESSES = 2

db = SQLAlchemy()


class Note(db.Model):
    """The one table."""

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def sign_in():
    """The one view: a question to the database, a template."""
    notes = db.session.scalars(select(Note).limit(5)).all()
    return render_template_string("<h1>Đăng nhập</h1>{{ notes|length }}", notes=notes)


def main():
    """Fork as the server does, and answer until killed."""
    for name in LIBRARIES:
        import_module(name)
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///" + os.environ["LMS_STORAGE"] + ".sqlite"
    db.init_app(app)
    app.add_url_rule("/sign-in", view_func=sign_in)
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    gc.freeze()
    listener = socket.create_server(("127.0.0.1", int(os.environ["LMS_PORT"])))
    for _ in range(PROCESSES):
        if not os.fork():
            create_server(app, sockets=[listener]).run()
    os.wait()


if __name__ == "__main__":
    main()
