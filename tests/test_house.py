"""The house: who may import whom, what `import symnet` pulls in, and what no room may use."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "symnet"

#: What each room may import, besides itself and ``errors``, which is open to everyone. A room is a module or a folder.
ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "term": set(),
    "ring": {"term"},
    "word": {"term", "ring"},
    "tower": {"term", "ring"},
    "kernel": {"term", "ring", "word", "tower"},
    "store": {"term", "kernel"},
    "activations": {"term"},
    "reader": {"term"},
    "network": {"term", "activations", "reader"},
    "prove": {"term", "ring", "word", "tower", "kernel", "activations", "reader", "network"},
    "witness": {"term", "kernel", "activations", "network"},
    "render": {"term", "kernel", "activations"},
    "api": {
        "term",
        "ring",
        "word",
        "tower",
        "kernel",
        "store",
        "activations",
        "reader",
        "network",
        "prove",
        "witness",
        "render",
    },
    "cli": {"api"},
    # The two doors: `import symnet` and `python -m symnet`.
    "__init__": {"api", "network"},
    "__main__": {"cli"},
}

TRUSTED = ("errors", "term", "ring", "word", "tower", "kernel")
TRUSTED_LINES = 4_000

HEAVY = {"sympy", "numpy", "torch", "mpmath", "latex2sympy2", "matplotlib"}

#: Names that no room may use, and why.
FORBIDDEN = {
    "eval": "runs a string from a user",
    "exec": "runs a string from a user",
    "sympify": "runs a string from a user",
    "parse_expr": "runs a string from a user",
    "lambdify": "writes source code and runs it",
    "simplify": "is a heuristic, never a proof",
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def everything(node: ast.AST) -> Iterator[ast.AST]:
    return ast.walk(node)


def at_import_time(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: not what waits in a function or is there for mypy only."""
    yield node
    for child in ast.iter_child_nodes(node):
        deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not deferred and not for_types:
            yield from at_import_time(child)


def imports(path: Path, walk: Callable[[ast.AST], Iterator[ast.AST]] = everything) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, as a dotted name with its line."""
    package = ("symnet", *path.relative_to(PACKAGE).parts[:-1])
    for node in walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from symnet import ring` imports a module, `from symnet.ring import Ring` a name: they start alike.
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)


def rooms_imported(path: Path) -> Iterator[tuple[str, int]]:
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "symnet" and len(parts) > 1:
            yield (parts[1] if parts[1] in ROOMS else "__init__"), line


def identifiers(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.name, node.lineno) for alias in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_file_is_in_a_room(path: Path) -> None:
    assert room_of(path) in ROOMS, f"{room_of(path)} is in no row of this test's table: say what it may import"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_room_imports_what_its_row_allows(path: Path) -> None:
    room = room_of(path)
    allowed = ROOMS[room] | {room, "errors"}
    wrong = [f"line {line}: {other}" for other, line in rooms_imported(path) if other not in allowed]
    assert not wrong, f"{room} may import {sorted(allowed)}"


def module_of(path: Path) -> str:
    return ".".join(("symnet", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def test_no_import_cycle() -> None:
    """Between single modules, when they are imported. Between rooms there is none at all: the table has no cycle."""
    modules = {module_of(path): path for path in files()}

    def module_behind(name: str) -> str:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        return name

    needs = {
        module: {module_behind(n) for n, _ in imports(path, at_import_time) if n.split(".")[0] == "symnet"} - {module}
        for module, path in modules.items()
    }
    while ready := {module for module, needed in needs.items() if not needed & needs.keys()}:
        needs = {module: needed for module, needed in needs.items() if module not in ready}
    assert not needs, "these modules import one another"


def test_the_table_has_no_cycle() -> None:
    left = dict(ROOMS)
    while ready := {room for room, allowed in left.items() if not allowed & left.keys()}:
        left = {room: allowed for room, allowed in left.items() if room not in ready}
    assert not left


@pytest.mark.parametrize("room", TRUSTED)
def test_the_trusted_rooms_import_the_standard_library_only(room: str) -> None:
    for path in files():
        if room_of(path) == room:
            top = {name.split(".")[0] for name, _ in imports(path)}
            assert top <= {"symnet", *sys.stdlib_module_names}


def test_the_trusted_base_is_small() -> None:
    lines = {
        room: sum(len(p.read_text(encoding="utf-8").splitlines()) for p in files() if room_of(p) == room)
        for room in TRUSTED
    }
    assert all(lines.values()), f"a trusted room is missing: {lines}"
    assert sum(lines.values()) < TRUSTED_LINES, lines


def test_the_page_on_soundness_names_the_trusted_rooms_and_their_size() -> None:
    page = (PACKAGE.parent / "docs" / "soundness.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `symnet/(\w+)(?:\.py|/)` \|", page, re.MULTILINE)) == sorted(TRUSTED)
    assert f"under {TRUSTED_LINES:,} lines" in page


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_no_room_uses_what_may_not_be_used(path: Path) -> None:
    wrong = [f"line {line}: {name} {FORBIDDEN[name]}" for name, line in identifiers(path) if name in FORBIDDEN]
    asserts = [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)]
    assert not wrong
    assert not asserts, "python -O removes assert: raise a SymnetError"


def heavy_after(code: str) -> set[str]:
    code = f"import sys\n{code}\nprint(*({HEAVY} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


@pytest.mark.parametrize("modules", ["symnet", "symnet.kernel, symnet.store, symnet.render"])
def test_importing_pulls_in_nothing_heavy(modules: str) -> None:
    assert heavy_after(f"import {modules}") == set()


def test_the_command_line_starts_without_torch() -> None:
    assert "torch" not in heavy_after("import symnet.cli")


# The checks themselves, on planted mistakes.


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    return tmp_path


def test_an_import_inside_a_function_is_seen(planted: Path) -> None:
    path = planted / "term.py"
    path.write_text("def f():\n    from symnet import kernel\n    import symnet.ring\n", encoding="utf-8")
    assert list(rooms_imported(path)) == [("kernel", 2), ("ring", 3)]


def test_a_relative_import_is_seen(planted: Path) -> None:
    (planted / "reader").mkdir()
    path = planted / "reader" / "bridge.py"
    path.write_text("from ..kernel import replay\nfrom . import text\nfrom .. import ring\n", encoding="utf-8")
    assert [room for room, _ in rooms_imported(path)] == ["kernel", "reader", "ring"]


def test_a_cycle_is_seen(planted: Path) -> None:
    (planted / "term.py").write_text("import symnet.ring\n", encoding="utf-8")
    (planted / "ring.py").write_text("if True:\n    from symnet.term import Term\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="one another"):
        test_no_import_cycle()


def test_an_import_that_waits_in_a_function_makes_no_cycle(planted: Path) -> None:
    (planted / "term.py").write_text("import symnet.ring\n", encoding="utf-8")
    (planted / "ring.py").write_text("def f():\n    from symnet.term import Term\n", encoding="utf-8")
    test_no_import_cycle()


@pytest.mark.parametrize("line", ["sympy.simplify(x)", "from sympy import simplify", "assert x", "f = eval"])
def test_a_forbidden_use_is_seen(planted: Path, line: str) -> None:
    path = planted / "term.py"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        test_no_room_uses_what_may_not_be_used(path)
