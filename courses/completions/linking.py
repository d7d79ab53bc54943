"""Two records are one person: completions, courses under way and evidence go over."""
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _
from lms.people.linking import believed, owned
from lms.people.models import Person

from courses.completions.actions import join_steps, part_steps
from courses.completions.models import Completion, OutsideLearning, Study
from courses.completions.signals import completions_carried


def take_over(passage):
    """Everything learned under the other record was learned by the main one.

    Of one course under way in both, the main record goes on, with the steps done under either;
    that of the other rests until they are parted.
    """
    held = believed(Completion, passage.target)
    for completion in believed(Completion, passage.source):
        same = next((one for one in held if _says_as_much(one, completion)), None)
        if same is not None:
            passage.close(completion, same)
        else:
            passage.carry(completion, corrects_id=completion.id)
    under_way = _under_way(passage.target)
    for study in owned(Study, passage.source):
        own = under_way.get(study.course_id) if study.finished_at is None else None
        if own is None:
            passage.take(study)
        else:
            passage.change(study, finished_at=clock.now())
            join_steps(own, study, db.session.get(Person, passage.link.linked_by_id))
    for claim in owned(OutsideLearning, passage.source):
        passage.take(claim)
    completions_carried.send(passage)


def _says_as_much(one, other):
    """Whether the completion ``one`` counts on every day on which ``other`` does."""
    return ((one.course_id, one.learned_on) == (other.course_id, other.learned_on)
            and one.revoked_on is None and other.revoked_on is None
            and (one.valid_until is None
                 or (other.valid_until is not None and other.valid_until <= one.valid_until)))


def _under_way(person):
    return {study.course_id: study for study in owned(Study, person) if study.finished_at is None}


def give_back(passage):
    """The records were parted: what rests on the completions follows them, and steps done under
    the other record are its own alone.
    """
    completions_carried.send(passage)
    by = db.session.get(Person, passage.link.parted_by_id)
    rounds = owned(Study, passage.source)
    for theirs in owned(Study, passage.target):
        for study in (one for one in rounds if one.course_id == theirs.course_id):
            part_steps(study, theirs, _("The records were parted."), by)
