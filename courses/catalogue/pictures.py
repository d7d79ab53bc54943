"""Pictures made small enough for a slow line."""
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

WIDEST = 1200
MOST_PIXELS = 40_000_000
#: A picture should weigh no more; quality goes down in these steps until it does.
ENOUGH = 80_000
QUALITIES = (80, 65, 50, 40)


def shrunk(stream):
    """The picture in ``stream`` as WebP bytes, at most 1,200 px wide and, if it can be, 80 kB."""
    try:
        picture = Image.open(stream)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refusal(_("The picture has too many pixels. Make it smaller and upload it again."))
        picture = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise Refusal(_("The picture cannot be read. Save it as JPG or PNG and upload it again.")) \
            from None
    picture.thumbnail((WIDEST, 10_000))
    for quality in QUALITIES:
        buffer = BytesIO()
        picture.save(buffer, "WEBP", quality=quality)
        if buffer.tell() <= ENOUGH:
            break
    return BytesIO(buffer.getvalue())
