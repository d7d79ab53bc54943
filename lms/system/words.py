"""What is said of the seals over the trail."""
from lms.kernel.i18n import _, ngettext


def verdict_words(verdict):
    """The outcome of verifying, in a few sentences in the reader's language."""
    if verdict.faults:
        return _("The trail is not as it was sealed.")
    return " ".join((
        ngettext("%(num)s entry is as it was sealed.", "All %(num)s entries are as they were "
                 "sealed.", verdict.entries),
        ngettext("%(num)s checkpoint agrees.", "%(num)s checkpoints agree.", verdict.checkpoints),
        ngettext("%(num)s entry waits for its seal.", "%(num)s entries wait for their seal.",
                 verdict.waiting) if verdict.waiting else "")).strip()
