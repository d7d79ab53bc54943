"""The trail of what was done, as far as the reader may see it."""
from flask import render_template, request

from lms.kernel import clock
from lms.kernel.pages import paged
from lms.kernel.web import day_argument, made_file, viewer
from lms.people.exports import trail_workbook
from lms.people.policies import may_look_for_traces, reads_all
from lms.people.tracing import traces, trail_of, verbs_for
from lms.people.views.blueprint import bp


@bp.get("/trail")
def trail():
    """What was done, the newest first; narrowed to days, to a kind of act and to who did it."""
    narrowed = asked_for()
    page = paged(trail_of(viewer(), **narrowed), scalars=False)
    return render_template(
        "people/trail.html", page=page, verbs=verbs_for(viewer()),
        traces=traces(page.rows, viewer()), reads_all=reads_all(viewer()),
        reads_more=may_look_for_traces(viewer()), **narrowed)


@bp.get("/trail.xlsx")
def trail_file():
    """The trail, narrowed as the page is, as a workbook."""
    return made_file(trail_workbook(viewer(), asked_for()), f"nhat-ky-{clock.today()}.xlsx")


def asked_for():
    """To what the address narrows the trail."""
    first, last = (day_argument(name) if request.args.get(name, "").strip() else None
                   for name in ("first", "last"))
    return {"first": first, "last": last, "verb": request.args.get("verb", ""),
            "search": request.args.get("q", "")}
