"""Pictures are made small enough for a slow line, and none can fill the memory."""
import struct
import zlib
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from lms.kernel.errors import Refusal

from courses.catalogue import pictures
from courses.catalogue.pictures import ENOUGH, shrunk
from tests.courses.books import photo


def noise(width, height):
    """A picture that no format makes small."""
    stream = BytesIO()
    Image.frombytes("RGB", (width, height), Random(1).randbytes(3 * width * height)).save(
        stream, "PNG")
    stream.seek(0)
    return stream


def bomb(side):
    """A PNG of a few bytes that says it is ``side`` pixels wide and high."""
    def chunk(kind, content):
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                   + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))


def test_a_large_picture_becomes_a_webp_at_most_1200_wide(world):
    content, width, height = shrunk(photo(2400, 1600, kind="JPEG"))

    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size, width, height) == ("WEBP", (1200, 800), 1200, 800)


def test_a_small_picture_keeps_its_size(world):
    _content, width, height = shrunk(photo(40, 30))

    assert (width, height) == (40, 30)


def test_a_busy_picture_is_made_smaller_until_it_is_light(world):
    content, width, _height = shrunk(noise(1200, 300))

    assert len(content) <= ENOUGH
    assert width < 1200


def test_what_is_transparent_becomes_white(world):
    content, _width, _height = shrunk(photo(10, 10, colour=(0, 0, 0, 0), mode="RGBA"))

    assert min(Image.open(BytesIO(content)).getpixel((5, 5))) > 250


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(world):
    with pytest.raises(Refusal, match="điểm ảnh"):
        shrunk(bomb(7000))
    with pytest.raises(Refusal):
        shrunk(bomb(30_000))


@pytest.mark.parametrize("content", [
    b"", b"no picture", b"\x89PNG\r\n\x1a\n", photo().getvalue()[:60],
    photo(kind="GIF", mode="P", colour=1).getvalue()])
def test_what_is_no_picture_is_refused(world, content):
    with pytest.raises(Refusal, match="Không đọc được hình"):
        shrunk(BytesIO(content))


def test_a_picture_lies_as_its_camera_held_it(world):
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(stream, "JPEG", exif=exif)
    stream.seek(0)

    _content, width, height = shrunk(stream)

    assert (width, height) == (20, 40)


def test_twelve_megapixels_pass():
    assert pictures.MOST_PIXELS > 4000 * 3000
