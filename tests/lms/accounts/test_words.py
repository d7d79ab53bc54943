"""Devices and phones in the words of a reader."""
import pytest

from lms.accounts.devices import device_of
from lms.accounts.printing import phone

ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(("agent", "device"), [
    (ON_WINDOWS + "Chrome/126.0.0.0 Safari/537.36", "Chrome, Windows"),
    (ON_WINDOWS + "Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
    (ON_WINDOWS + "coc_coc_browser/120.0 Chrome/114.0 Safari/537.36", "Cốc Cốc, Windows"),
    ("Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 SamsungBrowser/24.0 "
     "Chrome/117.0 Mobile Safari/537.36", "Samsung, Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 "
     "Mobile/15E148 Safari/604.1", "Safari, iPhone"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
    ("curl/8.5", ""), ("", ""),
])
def test_a_device_is_named_in_two_words(agent, device):
    assert device_of(agent) == device


@pytest.mark.parametrize(("number", "written"), [
    ("0912345678", "0912 345 678"), ("+84912345678", "0912 345 678"),
    ("02063000000", "0206 3000 000"), ("+842063000000", "0206 3000 000"),
    ("113", "113"), ("+1 202 555 0100", "+1 202 555 0100"), ("", ""),
])
def test_a_phone_is_written_as_the_office_writes_it(number, written):
    assert phone(number) == written
