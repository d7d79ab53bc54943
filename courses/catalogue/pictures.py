"""Pictures made small enough for a slow line."""
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

FORMATS = ("JPEG", "PNG", "WEBP")
#: A small file can unpack to gigabytes of pixels; this is twice what a good telephone takes.
MOST_PIXELS = 40_000_000
#: A picture should weigh no more; quality and then size go down until it does.
ENOUGH = 80_000
WIDTHS = (1200, 900, 640)
QUALITIES = (80, 65, 50, 40)
#: So high, in pixels, are numbers on a picture at least.
SMALLEST_DIGIT = 14
WHITE = (255, 255, 255)
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError,
              Image.DecompressionBombWarning)


def shrunk(stream, enough=ENOUGH, widths=WIDTHS):
    """The picture in ``stream`` as WebP bytes with its width and height.

    It is at most as wide as the first of ``widths`` (1,200 pixels) and, where it can be, no
    heavier than ``enough`` bytes (80 kB).  Nothing but the pixels is kept: not the place, the
    hour and the device that a phone writes into its pictures.
    """
    picture = _opened(stream)
    for width in widths:
        smaller = picture.copy()
        smaller.thumbnail((width, 3 * width))
        for quality in QUALITIES:
            buffer = BytesIO()
            smaller.save(buffer, "WEBP", quality=quality)
            if buffer.tell() <= enough:
                return buffer.getvalue(), smaller.width, smaller.height
    return buffer.getvalue(), smaller.width, smaller.height


def for_office(content, enough=3 * ENOUGH):
    """The picture in ``content`` as programs of offices take it: JPEG and PNG as they are, others
    as PNG, or as JPEG where that would weigh more than ``enough`` bytes.

    Raises one of UNREADABLE.
    """
    picture = Image.open(BytesIO(content), formats=FORMATS)
    if picture.format != "WEBP":
        return content
    buffer, picture = BytesIO(), picture.convert("RGB")
    picture.save(buffer, "PNG", optimize=True)
    if buffer.tell() > enough:
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def size_of(content):
    """The width and the height of the picture in ``content``, in pixels; refuses what is none."""
    return _opened(BytesIO(content)).size


def numbered(content, places, size=None):
    """The picture in ``content`` as PNG bytes, no wider than 1,200 pixels, with the numbers 1, 2, …
    at its ``places``: (x, y) in the units of ``size`` (width, height), which are its own pixels
    unless it is told.  A place beside the picture gets its number at the edge.
    """
    picture = _opened(BytesIO(content))
    size = size or picture.size
    picture.thumbnail((WIDTHS[0], 3 * WIDTHS[0]))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(max(SMALLEST_DIGIT, picture.width // 30))
    for number, place in enumerate(places, 1):
        middle = tuple(min(max(0, one * own / told), own) for one, own, told in zip(
            place, picture.size, size, strict=True))
        left, top, right, bottom = draw.textbbox(middle, str(number), font, anchor="mm")
        draw.rectangle((left - 5, top - 4, right + 5, bottom + 4), WHITE, "black", 2)
        draw.text(middle, str(number), "black", font, anchor="mm")
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _opened(stream):
    try:
        picture = Image.open(stream, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refusal(_("The picture has too many pixels. Make it smaller and upload it "
                            "again."))
        return _on_white(ImageOps.exif_transpose(picture))
    except UNREADABLE:
        raise Refusal(_("The picture cannot be read. Save it as JPG or PNG and upload it "
                        "again.")) from None


def _on_white(picture):
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, WHITE)
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
