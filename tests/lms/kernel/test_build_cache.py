"""What is made of the sources is made once, and anew as soon as one of them has changed."""
import gc

import pytest

from lms.kernel import build_cache, garbage


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of what was made, still to be made itself."""
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def maker():
    """A function that gives other bytes each time it is asked."""
    return iter([b"first", b"second", b"third"]).__next__


def test_what_was_made_is_found_again(folder, maker):
    made = [build_cache.cached("words", "a", maker) for _time in range(2)]

    assert made == [b"first", b"first"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_made_of_older_sources_goes(folder, maker):
    build_cache.cached("words", "a", maker)

    assert build_cache.cached("words", "b", maker) == b"second"
    assert [path.name for path in folder.iterdir()] == ["words-b"]


def test_where_nothing_can_be_written_all_is_made_anew(folder, maker):
    folder.write_text("This is no folder.", encoding="utf-8")

    made = [build_cache.cached("words", "a", maker) for _time in range(2)]

    assert made == [b"first", b"second"]


def test_the_mark_is_another_one_for_other_contents_and_other_words(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(b"one")
    marks = {build_cache.fingerprint([path]), build_cache.fingerprint([path], "3.1")}
    path.write_bytes(b"two")

    assert len(marks | {build_cache.fingerprint([path])}) == 3


def test_the_search_for_garbage_goes_on_after_work_that_failed():
    @garbage.put_off
    def work():
        assert not gc.isenabled()
        raise ValueError("It failed.")

    with pytest.raises(ValueError, match="It failed"):
        work()

    assert gc.isenabled()
