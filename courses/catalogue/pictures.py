"""Pictures made small enough for a slow line."""
from io import BytesIO

from PIL import Image, ImageOps

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

FORMATS = ("JPEG", "PNG", "WEBP")
#: A small file can unpack to gigabytes of pixels; this is twice what a good telephone takes.
MOST_PIXELS = 40_000_000
#: A picture should weigh no more; quality and then size go down until it does.
ENOUGH = 80_000
WIDTHS = (1200, 900, 640)
QUALITIES = (80, 65, 50, 40)
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
