"""What is held about somebody, and a copy of it to take along."""
from flask import redirect, render_template, send_file, url_for

from lms.kernel import clock
from lms.kernel.web import load, viewer
from lms.people.forms import DataRequestForm
from lms.people.holdings import counts_of
from lms.people.models import Person
from lms.people.policies import may_take_out
from lms.people.takeout import take_out
from lms.people.views.blueprint import bp


@bp.get("/my-data")
def my_data():
    """What is held about the viewer, counted, and the way to a copy of all of it."""
    return render_template("people/my_data.html", person=viewer(), counts=counts_of(viewer()),
                           own=True)


@bp.post("/my-data")
def my_data_file():
    """The copy of everything held about the viewer."""
    return copy_of(viewer())


@bp.route("/people/<int:key>/data", methods=["GET", "POST"])
def data_of(key):
    """The same of somebody who asked an officer for it, with the number of the request."""
    person = load(Person, key, may_take_out)
    if person.main_id is not None:
        return redirect(url_for(".data_of", key=person.main_id))
    form = DataRequestForm()
    if form.validate_on_submit():
        return copy_of(person, form.request.data)
    return render_template("people/my_data.html", person=person, counts=counts_of(person),
                           own=False, form=form)


def copy_of(person, number=""):
    """The copy of everything held about ``person``, as the answer."""
    def render(parts):
        return render_template("people/held.html", person=person, parts=parts, made=clock.now())
    return send_file(take_out(person, viewer(), render, number), mimetype="application/zip",
                     as_attachment=True, download_name=f"du-lieu-{person.id}.zip", max_age=0)
