"""A long list, a page at a time."""
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.kernel.db import db
from lms.kernel.web import PER_PAGE, page_argument


@dataclass(frozen=True)
class Part:
    """One page of a list, and where it stands in the whole."""

    rows: list
    number: int
    total: int
    size: int = PER_PAGE

    @property
    def pages(self):
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self):
        """The place of the first row in the whole list, from 1; 0 where the list is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self):
        """The place of the last row in the whole list."""
        return (self.number - 1) * self.size + len(self.rows)


def paged(statement, scalars=True):
    """The page of ``statement`` that the address asks for, in two statements."""
    total = db.session.scalar(
        select(func.count()).select_from(statement.order_by(None).subquery()))
    number = page_argument()
    result = db.session.execute(statement.limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    return Part((result.unique().scalars() if scalars else result).all(), number, total)


def cut(rows, size=PER_PAGE):
    """The page of a list already in memory that the address asks for."""
    number = page_argument()
    return Part(rows[(number - 1) * size:number * size], number, len(rows), size)
