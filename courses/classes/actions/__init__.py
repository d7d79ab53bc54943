"""Everything that can be done to a class, by subject."""
from courses.classes.actions.announcing import announce
from courses.classes.actions.arranging import (
    add_session,
    add_trainer,
    cancel_class,
    change_class,
    change_session,
    forget_name,
    open_class,
    remove_session,
    remove_trainer,
    set_cost,
    set_quota,
)
from courses.classes.actions.enrolling import bring_back, nominate, replace, withdraw
from courses.classes.actions.judging import (
    all_present,
    close_class,
    enter_marks,
    mark_attendance,
    mark_what_stands,
)

__all__ = [
    "add_session", "add_trainer", "all_present", "announce", "bring_back", "cancel_class",
    "change_class", "change_session", "close_class", "enter_marks", "forget_name",
    "mark_attendance", "mark_what_stands", "nominate", "open_class", "remove_session",
    "remove_trainer", "replace", "set_cost", "set_quota", "withdraw",
]
