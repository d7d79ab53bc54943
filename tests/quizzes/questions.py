"""Questions that tests of quizzes ask, without a database."""
from types import SimpleNamespace

from werkzeug.datastructures import MultiDict


def question(keys="", right=(), matches="", **texts):
    """A version of a question: an option for each letter of ``keys``, in capitals its words."""
    return SimpleNamespace(
        options=[{"key": key, "vi": f"Ý {key}", "en": f"Idea {key}"} for key in keys],
        matches=[{"key": key, "vi": f"Vế {key}", "en": ""} for key in matches],
        right=list(right), **texts)


def form(*pairs):
    """What a browser sends."""
    return MultiDict(pairs)
