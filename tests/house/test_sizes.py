"""The house stays small enough to read."""
import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("lms", "courses", "quizzes", "certificates")
LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_FUNCTION = 400, 150, 50
WIDEST_TEMPLATE = 120
ENOUGH_JS = 80


@cache
def files(pattern):
    """The files of the project that match, as git or the folder knows them."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard",
                             pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def lines(path):
    """How many lines the file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def tree(path):
    """The file as Python reads it; parsed once for all who ask."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def functions(path):
    """Every function of the file with its length."""
    return [(node, node.end_lineno - node.lineno + 1) for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_there_is_code_to_measure():
    assert len(files("*.py")) > 50


def test_no_file_is_over_four_hundred_lines():
    assert [str(p) for p in files("*.py") if lines(p) > LONGEST_FILE] == []


def test_no_template_is_over_a_hundred_and_fifty_lines():
    assert [str(p) for p in files("*.html") if lines(p) > LONGEST_TEMPLATE] == []


def test_no_line_of_a_template_is_too_wide_to_read():
    wide = [f"{p}:{number}" for p in files("*.html")
            for number, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
            if len(line) > WIDEST_TEMPLATE]

    assert wide == []


def test_no_script_of_ours_is_over_eighty_lines():
    ours = files("lms/static/js/*.js")

    assert [str(p) for p in ours if lines(p) > ENOUGH_JS] == []


@pytest.mark.slow
def test_no_function_is_over_fifty_lines():
    # A migration is a list of statements, and reads like one.
    code = [p for p in files("*.py") if "versions" not in p.parts]

    long = [(str(p), node.name) for p in code for node, length in functions(p)
            if length > LONGEST_FUNCTION]

    assert long == []


@pytest.mark.slow
def test_nothing_is_imported_inside_a_function():
    hidden = [(str(p), node.name) for p in files("*.py") for node, _ in functions(p)
              for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]

    assert hidden == []


def test_a_transaction_ends_in_one_place():
    places = {str(p.relative_to(ROOT)) for package in CODE for p in files(f"{package}/*.py")
              if re.search(r"session\.commit\(\)", p.read_text(encoding="utf-8"))}

    assert places == {"lms/kernel/transaction.py"}


def test_nothing_is_left_for_later():
    word = re.compile(r"\b(" + "TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    places = [str(p) for pattern in ("*.py", "*.html", "*.js", "*.css") for p in files(pattern)
              if "vendor" not in p.parts and word.search(p.read_text(encoding="utf-8"))]

    assert places == []


@pytest.mark.slow
def test_every_function_and_class_that_others_use_says_what_it_is_about():
    silent = [f"{p.relative_to(ROOT)}:{node.name}"
              for package in CODE for p in files(f"{package}/*.py") for node in tree(p).body
              if isinstance(node, ast.FunctionDef | ast.ClassDef)
              and not node.name.startswith("_") and not ast.get_docstring(node)]

    assert silent == []


def test_templates_neither_query_nor_ask_for_roles():
    asking = re.compile(r"\.query\b|\.all\(\)|is_officer|is_trainer|role\s*==")
    assert [str(p) for p in files("*.html") if asking.search(p.read_text(encoding="utf-8"))] == []


def test_no_template_has_inline_style_or_script():
    inline = re.compile(r'\sstyle="|\son(click|change|submit|load)="|<script(?![^>]*\bsrc=)')
    assert [str(p) for p in files("*.html") if inline.search(p.read_text(encoding="utf-8"))] == []
