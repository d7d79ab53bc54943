"""Memory of the whole family of processes, after people of every kind have opened many pages."""
import random
import re
import sys
import tempfile
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from sqlalchemy import select

from lms import create_app
from lms.accounts.actions import open_session
from lms.accounts.models import Account
from lms.kernel.db import db
from lms.kernel.transaction import transaction

from tests import databases
from tests.serving import answers, children, free_port, kill_all, start_server

#: Who opens so many pages in all: each of them begins here and follows what they are shown.
WHO = ("pao.va", "anh.ht", "hoa.bt", "ha.bv", "an.lh", "an.tv", "vi.dt")
FIRST, REQUESTS = "/", 500
SECRET = "bench"
LINK = re.compile(rb'href="(/[^"#]*)"')


def cookies(settings):
    """A cookie for each of WHO, signed as the server signs."""
    app = create_app(settings)
    signer = app.session_interface.get_signing_serializer(app)
    with app.app_context(), transaction():
        tokens = [open_session(db.session.scalar(select(Account).filter_by(username=name)))
                  for name in WHO]
    return [f"{app.config['SESSION_COOKIE_NAME']}="
            f"{signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]


def visit(port, visitors):
    """Open REQUESTS pages, a visitor after the other, each on a way of their own."""
    chance = random.Random(1)
    known = {visitor: [FIRST] for visitor in visitors}
    for number in range(REQUESTS):
        visitor = visitors[number % len(visitors)]
        line = HTTPConnection("127.0.0.1", port, timeout=300)
        line.request("GET", chance.choice(known[visitor]), headers={"Cookie": visitor})
        answer = line.getresponse()
        shown = {link.decode().replace("&amp;", "&") for link in LINK.findall(answer.read())}
        if answer.headers.get("Location"):
            shown.add(answer.headers["Location"])
        known[visitor] += sorted(link for link in shown.difference(known[visitor])
                                 if not link.startswith("/language"))
        line.close()


def proportional(pid):
    """MiB of real memory the process holds, its part of what is shared counted in (PSS); none where
    it has ended meanwhile, as that of the jobs does.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def family(server):
    """What each process of the family holds, in MiB, the parent first."""
    return [proportional(pid) for pid in [server.pid, *children(server)]]


@contextmanager
def started(folder, **settings):
    """A server with two processes of the web at a free port, until it is no longer needed."""
    port = free_port()
    with (Path(folder) / "said.txt").open("w") as said:
        server = start_server(folder, port, output=said, LMS_WORKERS="2", **settings)
    try:
        answers(f"http://127.0.0.1:{port}/sign-in")
        yield server, port
    finally:
        kill_all(server)


def bare():
    """What a family with one view holds after as many requests, in MiB."""
    with (tempfile.TemporaryDirectory() as folder,
          started(folder, command=(sys.executable, "-m", "bench.bare_family")) as (server, port)):
        for _ in range(REQUESTS):
            answers(f"http://127.0.0.1:{port}/sign-in")
        return sum(family(server))


def main():
    """Print what the parent, two processes of the web and the one of jobs hold."""
    with tempfile.TemporaryDirectory() as folder:
        url = (databases.fresh_postgresql("bench_memory") if databases.on_postgresql()
               else f"sqlite:///{folder}/lms.sqlite")
        with started(folder, LMS_DEMO="true", LMS_DATABASE_URL=url,
                     LMS_SECRET_KEY=SECRET) as (server, port):
            fresh = sum(family(server))
            visit(port, cookies({"SECRET_KEY": SECRET, "DATABASE_URL": url,
                                 "STORAGE": f"{folder}/files",
                                 "JOBS_FILE": f"{folder}/jobs.sqlite"}))
            used = family(server)
    least = bare()
    print(f"Memory of the parent, two web processes and the jobs: {fresh:.0f} MB at the start, "
          f"{sum(used):.0f} MB after {REQUESTS} pages ({', '.join(f'{one:.0f}' for one in used)}); "
          f"the same libraries with one view {least:.0f} MB, ratio {sum(used) / least:.1f}")


if __name__ == "__main__":
    main()
