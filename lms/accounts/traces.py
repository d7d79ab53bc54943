"""What the trail says of what is done here: people sign in, and what they may."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "signed in": _l("signed in"),
    "session ended": _l("session ended"),
    "password chosen": _l("password chosen"),
    "code given": _l("code given"),
    "account made": _l("account made"),
    "account closed": _l("account closed"),
    "account reopened": _l("account reopened"),
    "role granted": _l("role granted"),
    "role ended": _l("role ended"),
}
