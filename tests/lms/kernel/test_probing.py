"""Codes that anybody may look up cannot be guessed at: after thirty misses a minute's rest."""
from datetime import timedelta

import pytest

from lms.kernel import clock, probing


@pytest.fixture
def later(monkeypatch, world):
    """``later(seconds)``: the clock of everybody goes on."""
    def go_on(seconds):
        moment = clock.now() + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "source", lambda: moment)
    return go_on


def tried(browser, url, times, status):
    """Try ``times`` codes at ``url``, none of which exists; each is answered with ``status``."""
    for number in range(times):
        answer = browser.get(f"{url}/AAAA-BBBB-{number:04}", status=status)
    return answer


@pytest.mark.parametrize("url", ["/c", "/r"])
def test_after_thirty_misses_nothing_is_looked_up_for_a_minute(world, browse, later, url):
    stranger = browse()
    tried(stranger, url, 30, status=404)

    page = stranger.get(f"/c/{world.vi_certificate.code}", status=429)

    assert "Từ nơi này đã thử quá nhiều mã. Hãy đợi một phút rồi thử lại." in page.text
    assert page.response.headers["Retry-After"] == "60"
    later(61)
    assert "Còn hiệu lực" in stranger.get(f"/c/{world.vi_certificate.code}").text


def test_a_hall_scans_as_many_right_codes_as_it_likes(world, browse):
    stranger = browse()
    tried(stranger, "/c", 29, status=404)

    for _person in range(40):
        stranger.get(f"/c/{world.vi_certificate.code}")

    tried(stranger, "/c", 1, status=404)
    tried(stranger, "/c", 1, status=429)


def test_misses_are_spread_over_time(world, browse, later):
    stranger = browse()
    tried(stranger, "/c", 20, status=404)
    later(61)
    tried(stranger, "/c", 20, status=404)

    assert "Còn hiệu lực" in stranger.get(f"/c/{world.vi_certificate.code}").text


def test_another_address_is_not_held_up(world, browse):
    tried(browse(), "/c", 30, status=404)

    answer = browse().client.get(f"/c/{world.vi_certificate.code}",
                                 environ_base={"REMOTE_ADDR": "10.0.0.9"})

    assert answer.status_code == 200


def test_the_addresses_of_one_subscriber_count_as_one(world, browse):
    for number in range(30):
        browse().client.get("/c/AAAA", environ_base={"REMOTE_ADDR": f"2001:db8::{number:x}"})

    def asked_from(address):
        return browse().client.get("/c/AAAA", environ_base={"REMOTE_ADDR": address}).status_code

    assert asked_from("2001:db8::ffff") == 429
    assert asked_from("2001:db8:0:1::1") == 404


def test_only_so_many_addresses_are_remembered(world, browse, monkeypatch):
    monkeypatch.setattr(probing, "ADDRESSES", 3)

    for number in range(5):
        browse().client.get("/c/AAAA", environ_base={"REMOTE_ADDR": f"10.0.0.{number}"})

    assert list(probing._missed) == ["10.0.0.2", "10.0.0.3", "10.0.0.4"]
