"""A test that runs on one database only cannot touch one unseen."""
import pytest
from sqlalchemy import create_engine

from tests import conftest, databases


class Item:
    """A test that asks for these fixtures."""

    def __init__(self, *fixtures):
        self.fixturenames = fixtures


def end(item):
    """The end of the test, as pytest comes to it."""
    ending = conftest.pytest_runtest_teardown(item)
    next(ending)
    with pytest.raises(StopIteration):
        ending.send(None)


def connect():
    """Open a connection and close it."""
    engine = create_engine("sqlite://")
    with engine.connect():
        pass
    engine.dispose()


@pytest.mark.parametrize("touch", [connect, databases.on_postgresql])
def test_whoever_touches_a_database_must_have_asked_for_one(touch):
    touch()

    with pytest.raises(AssertionError, match="asks for ``database``"):
        end(Item("tmp_path"))
    end(Item("world", "app", "database"))
    databases.touched.clear()
    end(Item("tmp_path"))
