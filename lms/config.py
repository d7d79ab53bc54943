"""Every setting, with its default.  ``LMS_…`` environment variables override them."""
from pathlib import Path

#: What is written while the system runs: database, files, secret.  Never in the repository.
VAR = Path(__file__).resolve().parent.parent / "var"


class Config:
    """The settings of a deployment; what stands here holds where nothing else is set."""

    #: Signs cookies; without one, the secret made at the first start in SECRET_FILE serves.
    SECRET_KEY = None
    SECRET_FILE = str(VAR / "secret")

    #: Seals the trail and the files of certificates; without one, the key made at the first seal in
    #: AUDIT_KEY_FILE (none: audit-key beside SECRET_FILE) serves.  It must never change.
    AUDIT_KEY = None
    AUDIT_KEY_FILE = None
    #: Folder of the checkpoints of the trail; none: checkpoints beside STORAGE.  Best on another
    #: disk or machine: what lies in it cannot be changed with the database.
    CHECKPOINTS = None

    #: sqlite:////absolute/path or postgresql+psycopg://user:password@host/database
    DATABASE_URL = f"sqlite:///{VAR / 'lms.sqlite'}"

    #: Folder of uploaded files, kept by content.
    STORAGE = str(VAR / "files")

    #: Database of the job queue; the truth about jobs is in the main database.
    JOBS_FILE = str(VAR / "jobs.sqlite")

    #: The site's name, and the address printed on certificates and slips; where none is set it
    #: is the one at which the server listens.
    SITE_NAME = "Tập huấn Cao Bằng"
    SITE_URL = ""

    #: Calendar dates are in this zone; moments are stored in UTC.
    TIMEZONE = "Asia/Ho_Chi_Minh"

    #: Language shown until the reader chooses: vi or en.
    LANGUAGE = "vi"

    #: Minutes without a click after which a session ends: own computer, shared computer.
    IDLE_MINUTES = 60
    IDLE_MINUTES_SHARED = 15

    #: Largest request in bytes; one uploaded file may be as large as this.
    MAX_CONTENT_LENGTH = 200 * 1024 * 1024
    #: Largest form field that is not a file, in bytes (a long lesson is ~200 kB).
    MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
    MAX_FORM_PARTS = 20_000

    #: Whether cookies travel over HTTPS only; set to true behind TLS.
    SESSION_COOKIE_SECURE = False
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_NAME = "lms"

    #: How many proxies in front of the server add X-Forwarded-For and -Proto.
    PROXIES = 0

    #: Where the server listens, its processes (0: one a core) and threads in each.
    HOST = "127.0.0.1"
    PORT = 8000
    WORKERS = 0
    THREADS = 8

    #: The server that takes letters; empty: no letter is written, everything else works.
    SMTP_HOST = ""
    SMTP_PORT = 587
    #: How the way to it is closed: starttls, tls or none (only inside one machine).
    SMTP_SECURITY = "starttls"
    SMTP_USER = ""
    SMTP_PASSWORD = ""
    #: What the letters come from: an address of a domain that the server may send for.
    SMTP_FROM = "lms@localhost"
    #: Seconds the server may take for an answer.
    SMTP_TIMEOUT = 20

    #: When nobody is reminded: hours of every day, and whole days in English, by commas.
    QUIET_HOURS = "20:00-07:00"
    QUIET_DAYS = "sunday"

    #: How many teaching periods (tiết) somebody is to learn in a year: five days of eight.
    YEARLY_PERIODS = 40

    #: How many months is kept what is not kept for good; 0: for good.
    KEEP_MESSAGES = 12
    KEEP_LETTERS = 12
    KEEP_SIGN_INS = 12
    KEEP_LISTS = 24
    KEEP_ANSWERS = 60

    #: Whether the demonstration's sign-ins are shown and its province may be loaded.
    DEMO = False

    #: A CSRF token lives as long as the session it belongs to.
    WTF_CSRF_TIME_LIMIT = None

    COMPRESS_ALGORITHM = ["gzip"]
    COMPRESS_LEVEL = 6

    #: The packages that make up the application, lowest storey first.
    #: They are named here, never imported: the kernel knows no feature.
    PACKAGES = (
        "lms.backups",
        "lms.organisations",
        "lms.people",
        "lms.notices",
        "lms.accounts",
        "lms.transfers",
        "lms.proposals",
        "lms.system",
        "lms.uploads",
        "courses",
        "quizzes",
        "certificates",
        "demo",
    )
