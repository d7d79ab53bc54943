"""Two records are one person: the messages go to the main one."""
from lms.notices.models import Notice
from lms.people.linking import owned


def take_over(passage):
    """The messages of the other record are read by the person who signs in."""
    for notice in owned(Notice, passage.source):
        passage.take(notice)
