"""What quizzes bring to the application."""
from lms.kernel import jobs
from lms.kernel.i18n import _l
from lms.people.signals import people_linked, person_erased

import quizzes.attempts.cli
import quizzes.attempts.device
import quizzes.attempts.entering
import quizzes.attempts.files
import quizzes.attempts.invigilation
import quizzes.attempts.trying
import quizzes.attempts.views
import quizzes.papers.views.authoring
import quizzes.papers.views.printing
import quizzes.papers.views.room
import quizzes.questions.views.bank
import quizzes.questions.views.media
import quizzes.questions.views.write
from courses.catalogue import step_kinds
from courses.classes.links import links
from courses.completions.openings import openings
from quizzes.attempts import intervening
from quizzes.attempts.actions import submit_overdue
from quizzes.attempts.device import wall
from quizzes.attempts.file_policies import may_read_file_of_question
from quizzes.attempts.filing import forget_handed_in
from quizzes.attempts.invigilation import link_to_watch
from quizzes.attempts.linking import take_over
from quizzes.attempts.showing import apart
from quizzes.blueprint import bp
from quizzes.papers.actions import forget_reasons
from quizzes.papers.queries import tests_asking
from quizzes.questions.policies import may_read_sound
from quizzes.questions.uses import uses

#: The modules whose import puts their pages and commands on the blueprint.
PAGES = (quizzes.attempts.cli, quizzes.attempts.device, quizzes.attempts.entering,
         quizzes.attempts.files, quizzes.attempts.invigilation, quizzes.attempts.trying,
         quizzes.attempts.views, quizzes.papers.views.authoring, quizzes.papers.views.printing,
         quizzes.papers.views.room, quizzes.questions.views.bank, quizzes.questions.views.media,
         quizzes.questions.views.write)


def init_app(app):
    """The pages, a kind of step, links on classes; each minute the attempts whose time is over."""
    app.register_blueprint(bp)
    app.jinja_env.filters.update(apart=apart, wall=wall)
    step_kinds.offer("quiz", _l("a test"), "quizzes.new_quiz")
    uses.add(tests_asking)
    openings.add(may_read_sound)
    openings.add(may_read_file_of_question)
    links.add(quizzes.papers.views.room.link_to_tests)
    links.add(link_to_watch)
    jobs.every_minute(submit_overdue)
    people_linked.connect(take_over)
    person_erased.connect(forget_handed_in)
    person_erased.connect(forget_reasons)
    person_erased.connect(intervening.forget_reasons)
