"""What the demonstration brings to the application: the province, in the order it is built."""
from demo import (
    bank,
    classes,
    courses,
    goals,
    groups,
    organisation,
    people,
    reminders,
    reports,
    requests,
    sittings,
    tests,
)


def init_app(app):
    """One step, told in parts: each needs what the ones before it made."""
    made = {}
    app.demonstration += [
        ("the organisation of 2018 to 2026", lambda: made.update(units=organisation.build())),
        ("420 people, their posts and groups", lambda: made.update(zip(
            ("people", "groups"), people.build(made["units"]), strict=True))),
        ("courses, documents and questions", lambda: made.update(
            courses=courses.build(made["units"], made["people"]))),
        ("questions of every kind", lambda: bank.build(made["courses"], made["people"])),
        ("tests by blueprint, in parts, before and after",
         lambda: tests.build(made["courses"])),
        ("goals and exemptions", lambda: made.update(goals=goals.build(
            made["groups"], made["courses"], made["people"]))),
        ("24 classes, attendance, results and certificates", lambda: classes.build(
            made["units"], made["people"], made["courses"])),
        ("tests taken online, on paper and today, essays and surveys", lambda: sittings.build(
            made["people"], made["courses"])),
        ("ladders, messages and reminders", lambda: reminders.build(
            made["goals"], made["units"], made["people"])),
        ("a group by a rule, and confirmations of the others", lambda: groups.build(
            made["groups"], made["people"])),
        ("exemptions and moves asked for, certificates from elsewhere, the look over all facts",
         lambda: requests.build(made["courses"], made["people"])),
        ("two locked reports", lambda: reports.build(made["units"], made["people"])),
    ]
