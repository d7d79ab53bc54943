"""Addresses that are worked out once are those that Flask would give."""
import pytest
from flask import Flask, url_for


@pytest.mark.parametrize(("endpoint", "values"), [
    ("coverage.province", {}),
    ("coverage.unit", {"key": 7}),
    ("coverage.unit", {"key": 7, "on": "25/11/2026", "structure": None}),
    ("coverage.unit", {"key": 7, "on": "a b&c=é%", "known": ""}),
    ("coverage.people", {"key": 7, "goal_key": 12, "status": "met,exempt"}),
    (".people", {"goal_key": 2147483646, "key": 1}),
    ("coverage.unit", {"key": 7, "goal": 3}),
    ("coverage.unit", {"key": 7, "_anchor": "p1"}),
    ("coverage.province", {"on": "25/11/2026", "goal": 3, "many": ["a", "b"]}),
    ("static", {"filename": "css/base.css"}),
])
def test_an_address_is_the_one_that_flask_gives(app, endpoint, values):
    with app.test_request_context("/province"):
        said = [url_for(endpoint, **values) for _twice in range(2)]

        assert said == [Flask.url_for(app, endpoint, **{
            name: value for name, value in values.items() if value is not None})] * 2
