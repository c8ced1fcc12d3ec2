"""House rules as tests: the project's files go in, the list of those that break a rule comes out empty."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    **dict.fromkeys(("conventions", "store"), 1),
    **dict.fromkeys(("access", "etl", "indicators"), 2),
    **dict.fromkeys(("ui", "bilans"), 3),
    **dict.fromkeys(("dashboard", "pages", "demo"), 4),
}
BESIDE_THE_HOUSE = {"tests", "scripts", "benchmarks"}
# Neighbours on their floor, they meet in the store.
STRANGERS = {frozenset({"etl", "indicators"})}
# The benchmark of the screens serves a bare page of the framework beside them.
STREAMLIT_ROOMS = {"ui", "pages", "dashboard", "tests", "benchmarks"}
NOT_SOURCE = {".venv", "var", ".git", "__pycache__"}
VAGUE_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}
# A word, dot or slash before the first slash makes it part of a longer path or of an address.
MACHINE_PATH = re.compile(
    r"(?<![\w./-])/(?:work|tmp|root|home|Users|opt|mnt)/\w|\bfile:/{2,3}\w|\b[A-Z]:\\Users\b"
)
REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|crates\.io|proxy\.golang\.org)\b"
)


def list_files() -> list[Path]:
    """Files of the project, relative to its root: git's view, or the folder's in an unpacked archive."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        names = [Path(name) for name in listing.split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
    return sorted(name for name in names if (ROOT / name).is_file() and not NOT_SOURCE & set(name.parts))


def module_name(path: Path) -> str:
    """`etl/run.py` is `etl.run`, `etl/__init__.py` is `etl`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def list_imports(tree: ast.Module, *, package: str) -> Iterator[str]:
    """Dotted names a module imports, wherever the import stands; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def find_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle of the graph, its first name repeated at its end; empty when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(graph.get(name, set())):
            if cycle := walk(target, [*path, name]):
                return cycle
        done.add(name)
        return []

    return next((cycle for name in sorted(graph) if (cycle := walk(name, []))), [])


def is_import_allowed(source: str, target: str) -> bool:
    """Whether a module of room `source` may import one of room `target`: never above, nor a stranger's."""
    return FLOORS[target] <= FLOORS[source] and frozenset({source, target}) not in STRANGERS


FILES = list_files()
TREES = {path: ast.parse((ROOT / path).read_bytes(), str(path)) for path in FILES if path.suffix == ".py"}
MODULES = {module_name(path): path for path in TREES}


def imports_of(path: Path) -> list[str]:
    """What one file of the project imports, its package being its folder."""
    return list(list_imports(TREES[path], package=".".join(path.parent.parts)))


def build_graph() -> dict[str, set[str]]:
    """Modules of the project and those they import: `from etl import run` is `etl.run` if that is one."""
    graph: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        known = (target if target in MODULES else target.rpartition(".")[0] for target in imports_of(path))
        graph[name] = {target for target in known if target in MODULES}
    return graph


def test_project_files_are_found() -> None:
    """The rules below look at something."""
    assert Path("tests/test_house.py") in TREES
    assert Path("Makefile") in FILES


def test_rooms_import_only_from_their_floor_or_below() -> None:
    """conventions, store <= access, etl, indicators <= ui, bilans <= dashboard, pages, demo."""
    wrong = [
        f"{path} imports {target}"
        for path in TREES
        for target in imports_of(path)
        if (source := module_name(path).partition(".")[0]) in FLOORS
        and (room := target.partition(".")[0]) in FLOORS
        and not is_import_allowed(source, room)
    ]
    assert wrong == []


def test_every_package_has_a_floor() -> None:
    """A new room is placed on a floor before it is built, else no rule would hold it."""
    packages = {path.parts[0] for path in TREES if path.name == "__init__.py" and len(path.parts) > 1}
    assert packages - set(FLOORS) - BESIDE_THE_HOUSE == set()


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("etl", "etl", True),
        ("etl", "store", True),
        ("pages", "conventions", True),
        ("store", "conventions", True),
        ("bilans", "ui", True),
        ("etl", "indicators", False),
        ("indicators", "etl", False),
        ("store", "etl", False),
        ("bilans", "pages", False),
    ],
)
def test_import_allowed_follows_the_floors(*, source: str, target: str, allowed: bool) -> None:
    assert is_import_allowed(source, target) is allowed


def test_only_screens_import_streamlit() -> None:
    wrong = [
        str(path)
        for path in TREES
        if module_name(path).partition(".")[0] not in STREAMLIT_ROOMS
        and any(target.partition(".")[0] == "streamlit" for target in imports_of(path))
    ]
    assert wrong == []


def test_modules_import_without_circles() -> None:
    """An import inside a function counts too: a hidden circle is a circle."""
    assert find_cycle(build_graph()) == []


def test_rooms_import_without_circles() -> None:
    """Rooms of one floor may lean on each other, one way."""
    rooms: dict[str, set[str]] = {}
    for name, targets in build_graph().items():
        room = name.partition(".")[0]
        rooms.setdefault(room, set()).update({target.partition(".")[0] for target in targets} - {room})
    assert find_cycle({room: rooms[room] for room in rooms if room in FLOORS}) == []


@pytest.mark.parametrize(
    ("graph", "cycle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b", "c"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"]),
        ({"a": {"a"}}, ["a", "a"]),
    ],
)
def test_find_cycle_returns_the_circle(graph: dict[str, set[str]], cycle: list[str]) -> None:
    assert find_cycle(graph) == cycle


def test_list_imports_resolves_every_form() -> None:
    source = "import store.cube\nfrom etl import run\ndef f():\n from .cells import Grid\n from . import load"
    found = list(list_imports(ast.parse(source), package="etl"))
    assert found == ["store.cube", "etl.run", "etl.cells.Grid", "etl.load"]


def test_modules_open_with_a_docstring() -> None:
    assert [str(path) for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_module_names_say_what_is_inside() -> None:
    wrong = [
        str(path)
        for path in TREES
        if VAGUE_WORDS & {word for part in path.with_suffix("").parts for word in part.split("_")}
    ]
    assert wrong == []


def test_only_commands_print() -> None:
    """Elsewhere, what happens is returned or logged."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in TREES.items()
        if path.name != "__main__.py" and not {"scripts", "benchmarks"} & set(path.parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


def test_page_names_differ_from_package_names() -> None:
    """A page named like a package would hide it when the page is run alone."""
    pages = {path.stem for path in TREES if path.parts[0] == "pages"}
    packages = {path.parts[0].removesuffix(".py") for path in TREES if path.parts[0] != "pages"}
    assert pages & packages == set()


def test_text_files_name_no_machine_and_no_registry() -> None:
    wrong = [
        f"{path}:{number}: {found.group()}"
        for path in FILES
        if b"\0" not in (content := (ROOT / path).read_bytes())
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1)
        for found in (MACHINE_PATH.search(line), REGISTRY_HOST.search(line))
        if found
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [("", "work", "main"), ("", "tmp", "x"), ("", "home", "someone", "jalons")])
def test_machine_path_is_seen(path: tuple[str, ...]) -> None:
    """Written in pieces, since this file obeys its own rule."""
    assert MACHINE_PATH.search(f"open('{'/'.join(path)}')")


@pytest.mark.parametrize("text", ["../shared/workbooks", "var/tmp/x", "https://a.fr/home/x", "/usr/bin/env"])
def test_machine_path_leaves_other_paths_alone(text: str) -> None:
    assert MACHINE_PATH.search(text) is None


def test_pages_stop_with_their_foot() -> None:
    """Once a page is stopped nothing more can be drawn: `stop_page` draws the foot first."""
    own = [path for path in TREES if path.parts[0] in ("ui", "pages") and path != Path("ui/footer.py")]
    assert [str(path) for path in own if "st.stop()" in (ROOT / path).read_text("utf-8")] == []
