"""The templates, compiled once for each language with their words already in it."""
import re
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from types import FunctionType, MethodType

from flask import request
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from lms.kernel import build_cache, i18n
from lms.kernel.i18n import VIETNAMESE, catalogue, language

#: So many pieces of pages are kept.
KEPT = 1024
#: What is called as it is, such as the application's own ``url_for``.
PLAIN = (FunctionType, MethodType)
#: How far a line of a template is set in: for its readers, not for those of the page.
MARGIN = re.compile(r"\n[ \t]+")
#: The lines' ends at the edges of a cell: one that holds nothing is empty to the styles, too.
EDGES = re.compile(r"(<t[dh]\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>)\n|\n(?=</t[dh]>)", re.DOTALL)


class Interpreter(NodeTransformer):
    """Puts the words of one language in the place of the calls that look them up.

    What a template says is known when it is compiled; asked for at every page, the words took a
    tenth of its time.
    """

    def __init__(self, tongue):
        self.tongue, self.catalogue = tongue, catalogue(tongue)
        self.known = {"_": self._plain, "ngettext": self._plural,
                      "language_in_force": lambda _call: nodes.Const(tongue)}

    def visit_Call(self, node):  # noqa: N802 - the name that Jinja looks for
        """A call of one of the words' functions, with what it asks for written out."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else None
        said = name in self.known and self.known[name](node)
        return said.set_lineno(node.lineno) if said else node

    def _plain(self, call):
        if len(call.args) != 1 or not isinstance(call.args[0], nodes.Const):
            return None
        return _filled(self.catalogue.ugettext(call.args[0].value), call.kwargs)

    def _plural(self, call):
        """One form serves every number in Vietnamese; in English the number decides."""
        if self.tongue != VIETNAMESE or len(call.args) != len(("singular", "plural", "number")):
            return None
        singular, plural, number = call.args
        words = self.catalogue.ungettext(singular.value, plural.value, 1)
        return _filled(words, [nodes.Keyword("num", number), *call.kwargs])


def _filled(words, gaps):
    """The ``words`` as HTML; what fills their gaps is escaped, a count as ``counted`` has it."""
    html = nodes.MarkSafe(nodes.Const(words))
    if "%" not in words:
        return html
    counts = nodes.EnvironmentAttribute("counted")
    return nodes.Mod(html, nodes.Dict([
        nodes.Pair(nodes.Const(gap.key), gap.value if gap.key in i18n.UNCOUNTED else nodes.Call(
            counts, [gap.value], [], None, None)) for gap in gaps]))


def flat(value):
    """``value`` as HTML for a page: as ``escape`` gives it, but for what joins the pieces only.

    Most pieces of a page are numbers, marks of one letter and HTML made before: for none of them
    anything has to be looked through, nor an object made that says so.
    """
    kind = type(value)
    if kind is Markup or (kind is str and value.isalnum()):
        return value
    return str(value) if kind is int else escape(value)


class Words(CodeGenerator):
    """Compiles a template in the language of its environment."""

    def writeline(self, x, node=None, extra=0):
        """A line of code.  What a block or the page around gives is handed on in one piece, not
        piece by piece through every template between.
        """
        before, _yields, parts = x.partition("yield from ")
        super().writeline(x if before or not parts else f"yield concat({parts})", node, extra)

    def _output_child_pre(self, node, frame, finalize):
        """What stands before each thing that is shown: where it is escaped, ``flat`` does it."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.flat(")

    def visit_Template(self, node, frame=None):  # noqa: N802 - the name that Jinja looks for
        """The whole template; one that belongs to no language looks its words up each time."""
        tongue = self.environment.tongue
        super().visit_Template(Interpreter(tongue).visit(node) if tongue else node, frame)


class Page(Context):
    """What a template knows, and how it calls: without asking each time what it calls."""

    def __init__(self, environment, parent, name, blocks, globals=None):
        # Without ``globals``, of which a set would be made to compare them: see ``Shared``.
        super().__init__(environment, parent, name, blocks)

    def call(self, obj, *args, **kwargs):
        """What ``obj`` gives.

        A macro wants to know whether to escape, and what is ``PLAIN`` nothing; only Jinja's own
        decorators make one want more.
        """
        kind = type(obj)
        if kind in PLAIN and not hasattr(obj, "jinja_pass_arg"):
            wanted = args
        elif kind is Macro:
            wanted = (self.eval_ctx, *args)
        else:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*wanted, **kwargs)


class Shared(Template):
    """A template whose macros serve every page that takes them in: all our templates have the same
    globals, and nobody needs to compare them each time.
    """

    def _get_default_module(self, ctx=None):
        return super()._get_default_module()


class Kept(Extension):
    """``{% kept a, b %}…{% endkept %}``: a piece of a page that depends on the values ``a`` and
    ``b``, on the language and on where the site stands, and on nothing else, above all not on who
    asks.  It is made once for each of them; KEPT of the last ones are held.
    """

    tags = {"kept"}

    def __init__(self, environment):
        super().__init__(environment)
        self.pieces = lru_cache(maxsize=KEPT)(lambda *_place: [])

    def parse(self, parser):
        """The piece as a call that shows it."""
        line = next(parser.stream).lineno
        values = ([] if parser.stream.current.test("block_end")
                  else [parser.parse_tuple(with_condexpr=False)])
        body = parser.parse_statements(["name:endkept"], drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        return nodes.CallBlock(self.call_method("show", [place, *values]), [], [], body,
                               lineno=line)

    def show(self, *place, caller):
        """The piece at ``place``, a line of a template with the values on which it depends."""
        piece = self.pieces(language(), request.script_root if request else "", *place)
        if not piece:
            piece.append(caller())
        return piece[0]


@cache
def mark():
    """What changes with whatever makes code of a template, and with the words it puts in."""
    return build_cache.fingerprint([Path(__file__), Path(i18n.__file__)], i18n.mark_of_words(),
                            version("jinja2"))


class Templates(Environment):
    """The templates in every language: who asks for one gets it in the language in force."""

    code_generator_class, context_class, template_class = Words, Page, Shared
    flat, counted = staticmethod(flat), staticmethod(i18n.counted)
    #: The language the templates of this environment speak; None: it has one for each of them.
    tongue = None
    #: Those that were asked for before, by their names.
    ready = None

    def __init__(self, app, **options):
        super().__init__(app, **options)
        self.add_extension(Kept)
        self.tongues = {}

    def get_template(self, name, parent=None, globals=None):
        """The template ``name`` in the language in force."""
        if self.tongue:
            found = None if globals or self.auto_reload else self.ready.get(name)
            if found is None:
                found = self.ready[name] = super().get_template(name, parent, globals)
            return found
        return self.speaking(language()).get_template(name, parent, globals)

    def speaking(self, tongue):
        """The environment of the templates in the language ``tongue``; all else is shared."""
        if tongue not in self.tongues:
            environment = self.overlay(bytecode_cache=build_cache.Compiled(tongue, mark()))
            environment.tongue, environment.ready = tongue, {}
            self.tongues[tongue] = environment
        return self.tongues[tongue]

    def preprocess(self, source, name=None, filename=None):
        """The text of a template before it is compiled, each line from its first letter on."""
        lines = MARGIN.sub("\n", super().preprocess(source, name, filename))
        return EDGES.sub(lambda edge: edge[1] or "", lines)

    def make_globals(self, d):
        """The globals of a template; ``d`` are those of this template alone, if there are any.

        Jinja would chain two dictionaries for every template, page and macro that another one
        takes in, and copy the chain name by name.
        """
        return {**self.globals, **d} if d else self.globals
