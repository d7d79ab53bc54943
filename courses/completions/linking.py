"""Two records are one person: completions, courses under way and evidence go over."""
from lms.people.linking import believed, owned

from courses.completions.models import Completion, OutsideLearning, Study
from courses.completions.signals import completions_carried


def take_over(passage):
    """Everything learned under the other record was learned by the main one.

    Of one course under way in both, each record keeps its own: the main one goes on with its.
    """
    held = believed(Completion, passage.target)
    for completion in believed(Completion, passage.source):
        same = next((one for one in held if _says_as_much(one, completion)), None)
        if same is not None:
            passage.close(completion, same)
        else:
            passage.carry(completion, corrects_id=completion.id)
    under_way = {study.course_id for study in owned(Study, passage.target)
                 if study.finished_at is None}
    for study in owned(Study, passage.source):
        if study.finished_at is not None or study.course_id not in under_way:
            passage.take(study)
    for claim in owned(OutsideLearning, passage.source):
        passage.take(claim)
    completions_carried.send(passage)


def _says_as_much(one, other):
    """Whether the completion ``one`` counts on every day on which ``other`` does."""
    return ((one.course_id, one.learned_on) == (other.course_id, other.learned_on)
            and one.revoked_on is None and other.revoked_on is None
            and (one.valid_until is None
                 or (other.valid_until is not None and other.valid_until <= one.valid_until)))


def give_back(passage):
    """The records were parted: what rests on the completions follows them."""
    completions_carried.send(passage)
