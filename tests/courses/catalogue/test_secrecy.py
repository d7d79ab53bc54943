"""A file whose name bears a secrecy stamp is recognised; a harmless one is not."""
import unicodedata

import pytest

from courses.catalogue.secrecy import says_secret


@pytest.mark.parametrize("name", [
    "Công văn 15 MẬT.pdf", "MẬT_cong-van.docx", "[TỐI MẬT] Kế hoạch.pdf", "Tuyệt mật.pdf",
    "toi-mat.pdf", "TUYET_MAT.docx", "báo cáo (tối mật).pdf",
    unicodedata.normalize("NFD", "Công văn MẬT.pdf")])
def test_a_stamp_in_the_name_is_seen(name):
    assert says_secret(name)


@pytest.mark.parametrize("name", [
    "Luật Bảo vệ bí mật nhà nước.pdf", "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC.pdf", "bảo mật thông tin.pptx",
    "MẬT KHẨU MẠNH.pdf", "gap mat dau xuan.pdf", "mặt trận.pdf", "MAT TRAN TO QUOC.docx",
    "mật ong Cao Bằng.pdf", "automat.pdf"])
def test_another_word_is_no_stamp(name):
    assert not says_secret(name)
