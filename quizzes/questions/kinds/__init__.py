"""The kinds of question: one class in a file of its own each.

An answer is a list of strings.  A new kind is a new file here and its line in KINDS; what a kind
must know is said by ``base.Kind``.
"""
from quizzes.questions.kinds.base import Kind, texts
from quizzes.questions.kinds.description import Description
from quizzes.questions.kinds.essay import Essay
from quizzes.questions.kinds.gaps import Gaps
from quizzes.questions.kinds.hotspot import Hotspot
from quizzes.questions.kinds.matching import Matching
from quizzes.questions.kinds.multiple import Multiple
from quizzes.questions.kinds.number import Number
from quizzes.questions.kinds.ordering import Ordering
from quizzes.questions.kinds.short import Short
from quizzes.questions.kinds.single import Single
from quizzes.questions.kinds.statements import Statements
from quizzes.questions.kinds.truefalse import TrueFalse
from quizzes.questions.kinds.upload import Upload

__all__ = ["KINDS", "Kind", "right_answer", "texts"]

#: In the order in which an author chooses.
KINDS = {kind.name: kind() for kind in (
    Single, Multiple, TrueFalse, Statements, Short, Number, Gaps, Matching, Ordering, Hotspot,
    Essay, Upload, Description)}


def right_answer(kind, version):
    """The answer that earns everything, in the form an answer has."""
    return KINDS[kind].right_answer(version)
