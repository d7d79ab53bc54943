"""The deployment's own secret, made once and kept out of the repository."""
import os
import secrets
from pathlib import Path


def own_secret(path):
    """The secret kept in the file ``path``; one is made where there is none.

    Several machines that serve one installation share it by ``LMS_SECRET_KEY``.
    """
    place = Path(path)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, place)  # Of two first starts at once, one wins and both agree.
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text().strip()
