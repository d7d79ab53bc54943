"""How long a completion counts: calendar arithmetic without a database."""
from calendar import monthrange
from datetime import date


def months_after(day, months):
    """The same day of the month ``months`` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def valid_until(learned_on, validity_months):
    """The last day a completion of ``learned_on`` counts; None is without limit."""
    return months_after(learned_on, validity_months) if validity_months else None


def counts(completion, day):
    """Whether ``completion`` counts on ``day``: it was learned by then, lasts that day still, and
    was not revoked up to then.  ``Completion.counts_on`` says the same to the database.
    """
    return (completion.learned_on <= day
            and (completion.valid_until is None or completion.valid_until >= day)
            and (completion.revoked_on is None or completion.revoked_on > day))
