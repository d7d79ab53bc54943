"""Whoever holds a certificate's file can have it checked: a single byte changed is found."""
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.db import db

from certificates.sealing import Seal, seal_of, sealed
from tests.certificates.graduates import certified
from tests.pdf import texts

CODE = "7KQ4-M2XD-9TRA-0B3C"
PAPER = b"%PDF-1.4\n" + bytes(range(256)) + b"\n%%EOF\n"


@pytest.fixture
def handed_out(world, browse):
    """The file of Lan's certificate, as she downloads it, and the certificate's code."""
    certificate = certified(world.lan, world.press_law, mark=85)
    db.session.commit()
    return browse(world.lan).get(
        f"/certificates/{certificate.id}.pdf").response.data, certificate.code


def checked(browse, content, status=200):
    """The page that a stranger sees who has ``content`` checked."""
    return browse().post("/c", {"file": (BytesIO(content), "chung-nhan.pdf")}, status=status)


def test_the_file_as_handed_out_is_told_to_be_whole(browse, handed_out):
    content, code = handed_out

    page = checked(browse, content)

    assert "Tệp còn nguyên vẹn, đúng là bản đã cấp tại đây." in page.text
    assert "NÔNG THỊ LAN" in page.text
    assert code in page.text
    assert "1991" not in page.text
    assert "NÔNG THỊ LAN" in texts(content)


def test_it_stays_whole_where_everybody_is_signed_out_by_another_secret(app, browse, handed_out):
    app.config["SECRET_KEY"] = "another one, since the old one was seen"

    assert "Tệp còn nguyên vẹn" in checked(browse, handed_out[0]).text


def test_a_file_that_was_changed_leads_to_what_was_issued(browse, handed_out):
    content, _code = handed_out

    page = checked(browse, content.replace(b"%PDF-1.4", b"%PDF-1.7"))

    assert "Tệp đã bị sửa sau khi cấp. Chỉ nội dung dưới đây có giá trị." in page.text
    assert "NÔNG THỊ LAN" in page.text


def test_a_file_without_a_seal_or_with_one_of_no_certificate_is_not_ours(browse, handed_out, app):
    content, _code = handed_out
    saved_anew = content[:content.index(b"%lms-seal")]
    with app.app_context():
        of_nobody = sealed(saved_anew, CODE)

    for file in (saved_anew, of_nobody, b"no PDF at all"):
        assert "Không xác nhận được tệp này" in checked(browse, file).text


def test_nothing_chosen_is_said_at_the_field(browse, world):
    page = browse().post("/c", {}, status=200)

    assert "1 ô cần xem lại" in page.text
    assert "Không xác nhận được" not in page.text


@pytest.fixture(scope="module")
def office(app):
    """An installation with its secret."""
    with app.app_context():
        yield


@given(place=st.integers(min_value=0), other=st.integers(1, 255))
def test_no_byte_can_be_changed_unseen(office, place, other):
    content = bytearray(sealed(PAPER, CODE))
    content[place % len(content)] ^= other

    assert seal_of(bytes(content)) in (None, Seal(CODE, whole=False)) or (
        seal_of(bytes(content)).code != CODE and not seal_of(bytes(content)).whole)


@given(tail=st.binary(min_size=1, max_size=20))
def test_nothing_can_be_added_or_cut_off_unseen(office, tail):
    whole = sealed(PAPER, CODE)

    for content in (whole + tail, tail + whole, whole[len(tail):], whole[:-len(tail)]):
        seal = seal_of(content)
        assert seal is None or not seal.whole


def test_a_seal_of_another_installation_is_none_of_ours(office, app, monkeypatch):
    ours = sealed(PAPER, CODE)

    monkeypatch.setitem(app.config, "AUDIT_KEY", "of another province")

    assert seal_of(ours) == Seal(CODE, whole=False)
