"""Questions about goals and the people behind the figures."""
from courses.coverage.queries.figures import Figure, figures

__all__ = ["Figure", "figures"]
