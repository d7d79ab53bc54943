"""Recordings, known by their first bytes and not by their names.  Pure."""

#: So many bytes tell what a file is.
HEAD = 12
#: A recording for a question is no lesson: this is twenty minutes of speech.
LARGEST = 20 * 1024 * 1024
ENDINGS = (".mp3", ".m4a", ".ogg", ".wav")
#: The second byte of a frame of MPEG layer III, of version 1, 2 and 2.5, with and without a sum.
FRAMES = (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)


def ending_of(head):
    """The ending that belongs to a recording which begins with the bytes ``head``, or ""."""
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] in FRAMES):
        return ".mp3"
    if head.startswith(b"OggS"):
        return ".ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return ".wav"
    return ".m4a" if head[4:8] == b"ftyp" else ""


def is_named_sound(name):
    """Whether ``name`` ends as recordings do."""
    return name.lower().endswith(ENDINGS)
