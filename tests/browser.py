"""A browser that proof-reads every page it visits."""
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from lms.accounts.actions import open_session
from lms.accounts.models import Account
from lms.kernel.db import db

FIELDS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")


class Page(HTMLParser):
    """A page as a reader and a screen reader meet it."""

    def __init__(self, response):
        super().__init__()
        self.status, self.location = response.status_code, response.location
        self.response = response
        self.tags, self.words, self.links = [], [], {}
        self._open, self._link = [], None
        self.labels_around = 0
        self.fields_in_labels = set()
        if response.mimetype == "text/html":
            self.feed(response.text)

    def handle_starttag(self, tag, attributes):
        """Remember the tag, and the label a field stands in."""
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "label":
            self.labels_around += 1
        if tag in FIELDS and self.labels_around:
            self.fields_in_labels.add(id(self.tags[-1][1]))
        if tag in ("script", "style"):
            self._open.append(tag)
        if tag == "a" and "href" in attributes:
            self._link = [attributes["href"], ""]

    def handle_endtag(self, tag):
        """Close a label, a link, a script."""
        if tag == "label":
            self.labels_around -= 1
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "a" and self._link:
            self.links[" ".join(self._link[1].split())] = self._link[0]
            self._link = None

    def handle_data(self, data):
        """Collect what is read."""
        if not self._open:
            self.words.append(data)
        if self._link:
            self._link[1] += data

    @property
    def text(self):
        """All the words of the page, blanks folded."""
        return " ".join(" ".join(self.words).replace("\xa0", " ").split())

    @property
    def json(self):
        """The answer of a JSON address."""
        return self.response.get_json()

    def all(self, tag):
        """The attributes of every ``tag`` of the page."""
        return [attributes for name, attributes in self.tags if name == tag]

    def proofread(self):
        """A page has one heading, a title, labels, unique ids, and nothing inline."""
        assert len(self.all("h1")) == 1, "A page has one heading of the first rank."
        assert self.all("title"), "A page has a title."
        ids = [a["id"] for _, a in self.tags if "id" in a]
        doubled = {i for i, times in Counter(ids).items() if times > 1}
        assert not doubled, f"An id names one element: {doubled}"
        labelled = {a.get("for") for a in self.all("label")}
        for tag in FIELDS:
            for field in self.all(tag):
                assert (field.get("type") in UNLABELLED or field.get("id") in labelled
                        or "aria-label" in field or "aria-labelledby" in field
                        or id(field) in self.fields_in_labels), \
                    f"The field {field.get('name')} has a label."
        for form in self.all("form"):
            assert "action" in form, "A form says where it goes."
        inline = [a for _, a in self.tags if "style" in a or any(k.startswith("on") for k in a)]
        assert not inline, f"No inline style or script: {inline}"
        assert len(self.all("table")) == len(self.all("caption")), "Every table has a caption."


class Client(FlaskClient):
    """A connection whose every request begins afresh, as on a server.

    Inside a test's own application context a request would share ``flask.g`` with the
    requests before it, and whoever was signed in then would stay so.
    """

    def open(self, *arguments, **options):
        """Send a request in an application context of its own."""
        with self.application.app_context():
            return super().open(*arguments, **options)


class Browser:
    """Somebody's browser: it follows no redirect by itself, so that a test sees each answer."""

    def __init__(self, app, person=None):
        self.client = Client(app, app.response_class)
        if person is not None:
            account = db.session.scalar(select(Account).filter_by(person_id=person.id))
            assert account, f"{person.full_name} has no account."
            token = open_session(account)
            db.session.commit()
            with self.client.session_transaction() as session:
                session["_user_id"] = token
                session["_fresh"] = True

    def get(self, url, status=200):
        """Open ``url``; the page must answer with ``status``."""
        return self._visit("GET", url, status)

    def post(self, url, data=None, status=302, **options):
        """Send a form to ``url``; an answer that redirects is expected."""
        return self._visit("POST", url, status, data=data, **options)

    def follow(self, page):
        """Open the page that ``page`` sends the reader to."""
        parts = urlsplit(page.location)
        return self.get(parts.path + (f"?{parts.query}" if parts.query else ""))

    def send(self, url, data, status=200, method="POST"):
        """Send JSON, as a script of a page does."""
        return self._visit(method, url, status, json=data)

    def _visit(self, method, url, status, **options):
        db.session.commit()
        response = self.client.open(url, method=method, buffered=True, **options)
        db.session.expire_all()
        assert response.status_code == status, (
            f"{method} {url}: {response.status_code}, not {status}. "
            f"{response.location or ''} {Page(response).text[:600]}")
        page = Page(response)
        if response.mimetype == "text/html" and not response.location:
            page.proofread()
        return page
