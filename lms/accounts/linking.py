"""Two records are one person: one account opens the door."""
from lms.accounts.actions import end_sessions
from lms.accounts.queries import account_of
from lms.kernel import clock


def take_over(passage):
    """The account of the main record stays; where it has none, that of the other becomes its."""
    account = account_of(passage.source)
    if account is None:
        return
    if account_of(passage.target) is None:
        passage.take(account)
    elif account.closed_at is None:
        passage.change(account, closed_at=clock.now())
        end_sessions(account, by=None)
