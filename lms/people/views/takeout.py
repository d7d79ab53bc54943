"""What is held about somebody, and a copy of it to take along."""
from contextlib import ExitStack

from flask import redirect, render_template, send_file, url_for

from lms.kernel import clock
from lms.kernel.transaction import looking, transaction
from lms.kernel.web import by_itself, load, turn_away, viewer
from lms.people.forms import DataRequestForm
from lms.people.holdings import counts_of
from lms.people.models import Person
from lms.people.policies import may_take_out
from lms.people.takeout import copy_of, note_taken_out, refuse_to_take_out
from lms.people.views.blueprint import bp


@bp.get("/my-data")
def my_data():
    """What is held about the viewer, counted, and the way to a copy of all of it."""
    return render_template("people/my_data.html", person=viewer(), counts=counts_of(viewer()),
                           own=True)


@bp.post("/my-data")
@by_itself
def my_data_file():
    """The copy of everything held about the viewer."""
    return taken_out(viewer() or turn_away())


@bp.get("/people/<int:key>/data")
def data_of(key):
    """What is held about somebody who asked an officer for it, with the number of the request."""
    person = load(Person, key, may_take_out)
    if person.main_id is not None:
        return redirect(url_for(".data_of", key=person.main_id))
    return page_for(person, DataRequestForm())


def page_for(person, form):
    """The page of what is held about somebody else, with the ``form`` that asks for the copy."""
    return render_template("people/my_data.html", person=person, counts=counts_of(person),
                           own=False, form=form)


@bp.post("/people/<int:key>/data")
@by_itself
def data_file_of(key):
    """The copy of everything held about somebody who asked an officer for it."""
    if viewer() is None:
        turn_away()
    person = load(Person, key, may_take_out)
    if person.main_id is not None:
        return redirect(url_for(".data_of", key=person.main_id))
    form = DataRequestForm()
    if not form.validate_on_submit():
        return page_for(person, form)
    return taken_out(person, form.request.data)


def taken_out(person, number=""):
    """The copy of everything held about ``person``, as the answer.

    Its view is by itself, since whoever writes meanwhile shall not wait for large files: it reads
    first, and then leaves the trace.
    """
    def render(parts):
        return render_template("people/held.html", person=person, parts=parts, made=clock.now())
    name = f"du-lieu-{person.id}.zip"
    with ExitStack() as unless_noted:
        with looking():
            refuse_to_take_out(person, viewer(), number)
            file = unless_noted.enter_context(copy_of(person, render))
        with transaction():
            note_taken_out(person, viewer(), number)
        unless_noted.pop_all()  # Whoever sends it closes it.
    return send_file(file, mimetype="application/zip", as_attachment=True,
                     download_name=name, max_age=0)
