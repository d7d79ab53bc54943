"""A template takes in what it shows, and nothing else."""
from functools import cache

from jinja2 import Environment, nodes

from lms.kernel.templates import Kept

from tests.house.test_sizes import ROOT, files

ENVIRONMENT = Environment(autoescape=True, extensions=[Kept])


@cache
def parsed(path):
    """The template as Jinja reads it."""
    return ENVIRONMENT.parse(path.read_text(encoding="utf-8"))


@cache
def templates():
    """Name, as other templates say it → file."""
    return {str(path).partition("/templates/")[2]: path for path in files("*/templates/*.html")}


def taken_in(path):
    """The names of the macros that the template imports one by one, as it calls them."""
    return {name if isinstance(name, str) else name[1]
            for node in parsed(path).find_all(nodes.FromImport) for name in node.names}


@cache
def named(path):
    """The names that stand in the template, or in one that it includes by its name; such a one
    sees what the template around it took in.
    """
    found = {node.name for node in parsed(path).find_all(nodes.Name)}
    for node in parsed(path).find_all(nodes.Include):
        if isinstance(node.template, nodes.Const):
            found |= named(templates()[node.template.value])
    return found


def test_there_are_templates_to_read():
    assert len(templates()) > 100


def test_no_template_takes_in_a_macro_that_it_does_not_call():
    idle = {str(path.relative_to(ROOT)): sorted(taken_in(path) - named(path))
            for path in templates().values() if not taken_in(path) <= named(path)}

    assert idle == {}
