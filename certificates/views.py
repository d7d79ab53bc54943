"""The holder's certificates, the register, and the public page that verifies one."""
from datetime import MAXYEAR, MINYEAR

from flask import Blueprint, flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.codes import tidy
from lms.kernel.i18n import _, ngettext
from lms.kernel.pages import paged
from lms.kernel.probing import looked_up
from lms.kernel.web import load, made_file, public, require, viewer
from lms.organisations.models import Unit
from lms.people.offers import line
from lms.proposals.views import way_to_propose

from certificates.actions import correct, revoke, set_issuer
from certificates.drawing import draw
from certificates.exports import register_workbook
from certificates.forms import CorrectionForm, DecisionForm, FileCheckForm, IssuerForm
from certificates.models import Certificate
from certificates.papers import paper_of, register_books
from certificates.policies import (
    may_correct,
    may_decide_reviews,
    may_manage_issuers,
    may_read_register,
    may_see,
)
from certificates.printing import told
from certificates.proposing import REVOKING
from certificates.queries import (
    by_code,
    certificates_of,
    issuers,
    register_page,
    register_rows,
    years,
)
from certificates.register_drawing import draw_register
from certificates.reviewing import count_reviews, reviews, uphold
from certificates.sealing import seal_of, sealed

bp = Blueprint("certificates", __name__, template_folder="templates")


@bp.get("/certificates")
def mine():
    """The viewer's own certificates."""
    return render_template("certificates/mine.html", today=clock.today(),
                           certificates=certificates_of(viewer()))


@bp.get("/certificates/<int:key>")
def certificate(key):
    """One certificate, with what can be done to it."""
    record = load(Certificate, key, may_see)
    return render_template("certificates/certificate.html", certificate=record,
                           printed=told(record), state=record.state(clock.today()),
                           may_correct=may_correct(viewer(), record),
                           propose=way_to_propose(REVOKING, record))


@bp.get("/certificates/<int:key>.pdf")
def paper(key):
    """The printed certificate, drawn from the frozen row."""
    record = load(Certificate, key, may_see)
    return made_file(sealed(draw(paper_of(record)), record.code),
                     f"chung-nhan-{record.number:04d}-{record.register.year}.pdf", inline=True)


@bp.route("/certificates/<int:key>/revocation", methods=["GET", "POST"])
def revocation(key):
    """Revoke a certificate, with the reason that stays in the register."""
    record = load(Certificate, key, may_correct)
    form = DecisionForm()
    if form.validate_on_submit():
        revoke(record, form.reason.data, by=viewer())
        flash(_("Certificate %(number)s is revoked.", number=record.printed_number), "good")
        return redirect(url_for(".certificate", key=record.id))
    return render_template("certificates/revocation.html", certificate=record, form=form)


@bp.route("/certificates/<int:key>/upholding", methods=["GET", "POST"])
def upholding(key):
    """Let a certificate stand that is under review, with the reason that stays in the register."""
    record = load(Certificate, key, may_correct)
    form = DecisionForm()
    if form.validate_on_submit():
        uphold(record, form.reason.data, by=viewer())
        flash(_("Certificate %(number)s stays valid.", number=record.printed_number), "good")
        return redirect(url_for(".certificate", key=record.id))
    return render_template("certificates/upholding.html", certificate=record, form=form)


@bp.get("/certificates/under-review")
def under_review():
    """The certificates that wait for a decision of the viewer."""
    require(may_decide_reviews)
    return render_template("certificates/reviews.html", certificates=reviews(viewer()))


def line_of_reviews(person):
    """On the officer's first page while certificates wait for a decision."""
    count = count_reviews(person) if may_decide_reviews(person) else 0
    return count and line(url_for("certificates.under_review"), ngettext(
        "%(num)s certificate is under review.", "%(num)s certificates are under review.", count),
        "warn")


@bp.route("/certificates/<int:key>/correction", methods=["GET", "POST"])
def correction(key):
    """Issue a corrected certificate in the place of one with a fault."""
    record = load(Certificate, key, may_correct)
    form = CorrectionForm(data=record.printed)
    if form.validate_on_submit():
        new = correct(record, form.printed(), form.reason.data, by=viewer())
        flash(_("Certificate %(number)s takes its place.", number=new.printed_number), "good")
        return redirect(url_for(".certificate", key=new.id))
    return render_template("certificates/correction.html", certificate=record, form=form)


@bp.get("/register")
def register():
    """The register of a year, as far as the viewer may read it."""
    require(may_read_register)
    chosen = chosen_year()
    search = request.args.get("q", "")
    return render_template(
        "certificates/register.html", year=chosen, q=search, today=clock.today(),
        years=[(one, one) for one in sorted({chosen, *years()}, reverse=True)],
        may_manage_issuers=may_manage_issuers(viewer()),
        page=paged(register_page(viewer(), chosen, search)))


def chosen_year():
    """The year asked for; this year where none, or none of the calendar, is."""
    year = request.args.get("year", 0, type=int)
    return year if MINYEAR <= year <= MAXYEAR else clock.today().year


@bp.get("/register/<int(max=9999):year>.xlsx")
def register_book(year):
    """The book of a year as a workbook, to print and bind."""
    require(may_read_register)
    return made_file(register_workbook(register_rows(viewer(), year), year),
                     f"so-cap-chung-nhan-{year}.xlsx")


@bp.get("/register/<int(max=9999):year>.pdf")
def register_paper(year):
    """The book of a year as it is bound and signed."""
    require(may_read_register)
    books = register_books(register_rows(viewer(), year), year)
    return made_file(draw_register(*books), f"so-cap-chung-nhan-{year}.pdf", inline=True)


@bp.get("/issuers")
def issuer_list():
    """Who issues certificates, and who signs them."""
    require(may_manage_issuers)
    return render_template("certificates/issuers.html", issuers=issuers())


@bp.route("/issuers/<int:key>", methods=["GET", "POST"])
def issuer(key):
    """How the certificates of a unit are headed and signed."""
    unit = load(Unit, key, lambda person, _unit: may_manage_issuers(person))
    form = IssuerForm(obj=next((i for i in issuers() if i.unit_id == unit.id), None))
    if form.validate_on_submit():
        set_issuer(unit, form.values(), by=viewer(), seen=form.fingerprint.data)
        flash(_("Certificates of %(unit)s are headed and signed so from now on.",
                unit=unit.name_vi), "good")
        return redirect(url_for(".issuer_list"))
    return render_template("certificates/issuer.html", unit=unit, form=form)


def link_to_issuer(unit):
    """On the page of a unit, for officers: how the certificates of the unit are headed."""
    if not may_manage_issuers(viewer()) or unit.valid_to is not None:
        return None
    return url_for("certificates.issuer", key=unit.id), _("Issues certificates")


def line_without_issuer(person):
    """On the officer's first page while nobody is entered who issues certificates."""
    if not may_manage_issuers(person) or issuers():
        return None
    return line(url_for("certificates.issuer_list"),
                _("Nobody is entered who issues and signs certificates."), "warn")


@bp.get("/c")
@public
def find():
    """Look a certificate up by the code printed on it."""
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for(".verify", code=tidy(code) or "-"))
    return render_template("certificates/find.html", code="", form=FileCheckForm())


@bp.post("/c")
@public
def check_file():
    """Whether a certificate's file is, to the last byte, the one handed out; it is not kept."""
    form = FileCheckForm()
    seal = seal_of(form.file.data.read()) if form.validate() else None
    record = looked_up(by_code, seal.code) if seal else None
    if record is None:
        return render_template("certificates/find.html", code="", form=form,
                               unsealed=not form.errors)
    return render_template("certificates/verify.html", certificate=record, now=clock.now(),
                           printed=told(record), state=record.state(clock.today()), seal=seal)


@bp.get("/c/<code>")
@public
def verify(code):
    """What the certificate with this code is worth today."""
    record = looked_up(by_code, code)
    if record is None:
        return render_template("certificates/find.html", code=code, form=FileCheckForm()), 404
    return render_template("certificates/verify.html", certificate=record, now=clock.now(),
                           printed=told(record), state=record.state(clock.today()))
