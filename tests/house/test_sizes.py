"""Nothing is too long to read: functions, classes, files, and the product as a whole."""

import ast
import functools
import io
import statistics
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "tradeoff_desktop"
FUNCTION_LINES, FILE_LINES, CLASS_METHODS, PRODUCT_LINES = 60, 450, 25, 40_000
MEDIAN_LINES, P90_LINES = 10, 35
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Path from the root and text of every Python file in the folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@functools.cache
def nodes(text: str) -> list[ast.AST]:
    """Everything in a Python file; each file is parsed once for all that is asked of it."""
    return list(ast.walk(ast.parse(text)))


def functions(text: str) -> dict[str, int]:
    """Name and line of every function, and its lines from ``def`` to its end, docstring included."""
    return {
        f"{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in nodes(text)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def classes(text: str) -> dict[str, int]:
    """Name of every class and how many methods it has."""
    return {
        node.name: sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
        for node in nodes(text)
        if isinstance(node, ast.ClassDef)
    }


def code_lines(text: str) -> int:
    """Lines that hold code. Blank lines, comments and docstrings are free: nobody is to save on reasons."""
    free = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    held = {line for one in tokens if one.type not in free for line in range(one.start[0], one.end[0] + 1)}
    for node in nodes(text):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            held -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return len(held)


def test_no_function_is_too_long():
    found = [
        f"{path}:{name} has {lines} lines"
        for path, text in sources("tradeoff_desktop", "packaging", "tests")
        for name, lines in functions(text).items()
        if lines > FUNCTION_LINES
    ]
    assert found == []


def test_no_file_is_too_long():
    lengths = {path: text.count("\n") for path, text in sources("tradeoff_desktop", "packaging", "tests")}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_class_has_too_many_methods():
    found = [
        f"{path}: {name} has {methods} methods"
        for path, text in sources("tradeoff_desktop", "packaging", "tests")
        for name, methods in classes(text).items()
        if methods > CLASS_METHODS
    ]
    assert found == []


def test_most_functions_are_short():
    lengths = [lines for _, text in sources("tradeoff_desktop") for lines in functions(text).values()]
    assert statistics.median(lengths) <= MEDIAN_LINES
    assert statistics.quantiles(lengths, n=10)[-1] <= P90_LINES


def test_the_product_stays_small():
    assert sum(code_lines(text) for _, text in sources("tradeoff_desktop")) <= PRODUCT_LINES


def test_the_measures_measure():
    text = "class A:\n    def one(self):\n        return 1\n\n    async def two(self):\n        pass\n"
    assert functions(text) == {"2 one": 2, "5 two": 2}
    assert classes(text) == {"A": 2}
    assert code_lines(text) == 5
    assert code_lines('"""Free."""\n\n# free\nONE = """\nthree\n"""  # lines\n') == 3
