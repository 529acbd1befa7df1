"""The house keeps its own rules, and its documents say what the code does."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from starlette.routing import BaseRoute

from qa.cli import make_app
from qa.settings import Settings
from tests.project_tree import FOLDERS, PACKAGES, ROOT, tree
from web.app import create_app

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    ROOT / "DECISIONS.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
MODULES = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]
VAGUE = {"util", "utils", "helper", "helpers", "manager", "misc", "common", "tools", "stuff"}
ONE_DOOR = (
    "charset_normalizer",
    "defusedxml",
    "faiss",
    "ir_measures",
    "limits",
    "markdown_it",
    "prometheus_client",
    "pypdfium2",
    "selectolax",
    "sentence_transformers",
    "marisa_trie",
    "simplemma",
    "Stemmer",
    "tantivy",
    "uvicorn",
)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """Return a file's path in the repository."""
    return path.relative_to(ROOT).as_posix()


def reference() -> str:
    """Read the pages that must name every setting, command and route."""
    pages = [ROOT / "README.md", ROOT / "docs" / "reference.md"]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def test_every_module_fits_on_a_few_screens() -> None:
    """No module, tests included, is longer than 400 lines."""
    long = {
        name_of(path): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_function_fits_on_a_screen() -> None:
    """No function, tests included, is longer than 40 lines from its `def` to its end."""
    long = {
        f"{name_of(path)}:{node.name}": lines
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > 40
    }
    assert long == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    """No module is called after nothing in particular."""
    assert [name_of(path) for path in MODULES if path.stem in VAGUE] == []


def test_each_heavy_library_has_one_door() -> None:
    """Outside the training recipe, one module at most imports each of the heavy libraries."""
    doors: dict[str, set[str]] = {library: set() for library in ONE_DOOR}
    for path in SOURCES:
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for library in {name.split(".")[0] for name in names} & doors.keys():
                doors[library].add(name_of(path))
    crowded = {library: sorted(paths) for library, paths in doors.items() if len(paths) > 1}
    assert crowded == {}


def test_importing_everything_does_not_import_torch() -> None:
    """Importing all but the training recipe and the adapter of such models leaves torch out."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if "training" not in path.parts and name_of(path) != "embeddings/transformer.py"
    ]
    code = (
        "import importlib, json, sys\n"
        f"for name in {json.dumps(modules)}: importlib.import_module(name)\n"
        "print({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys() or 'none')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.strip()) == (0, "none"), run.stderr


def test_the_tree_in_the_readme_is_the_tree() -> None:
    """The README shows every folder and module in the module's own words (`make tree`)."""
    assert tree() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_folder_of_the_tree_says_what_it_is_for() -> None:
    """No line of the tree is a bare name, and no described folder is gone."""
    bare = [line for line in tree().splitlines()[2:-2] if len(line.split(maxsplit=1)) < 2]
    assert bare == []
    assert [name for name in FOLDERS if not (ROOT / name).is_dir()] == []


def test_every_setting_is_documented() -> None:
    """The reference names each setting as the environment spells it, with its default."""
    text = reference()
    for name, field in Settings.model_fields.items():
        start = f"| `KYSY_{name.upper()}` |"
        row = next((line for line in text.splitlines() if line.startswith(start)), "")
        assert row, name
        if field.default not in (None, ""):
            assert f"`{str(field.default).lower()}`" in row, row


def commands() -> list[str]:
    """List every command line that `kysy` knows, without arguments."""
    names: list[str] = []

    def collect(command: object, words: tuple[str, ...]) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            names.append(" ".join(words))
            return
        for word, deeper in inner.items():
            collect(deeper, (*words, word))

    collect(typer.main.get_command(make_app(())), ("kysy",))
    return sorted(names)


def test_every_command_is_documented() -> None:
    """The reference names each command, those of the other packages included."""
    known = commands()
    assert {"kysy index", "kysy ask", "kysy serve", "kysy eval run"} <= set(known)
    text = reference()
    assert [command for command in known if command not in text] == []


def test_every_documented_command_exists() -> None:
    """No document names a command of `kysy` that there is not."""
    known = commands()
    for page in DOCUMENTS:
        for found in re.findall(r"\bkysy (eval )?([a-z]+(?:-[a-z]+)*)\b", "\n".join(code_of(page))):
            command = f"kysy {''.join(found)}"
            assert command == "kysy eval" or command in known, (page.name, command)


def code_of(page: Path) -> list[str]:
    """List the code of a Markdown page: fenced blocks of commands, and code inside lines."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"```(?:console|bash|sh)\n(.*?)```", text, flags=re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [*fenced, *inline]


def test_every_make_target_in_the_documents_exists() -> None:
    """No document names a target that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for page in DOCUMENTS:
        named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(code_of(page))))
        assert named <= targets, page.name


def paths_of(routes: Iterable[BaseRoute]) -> Iterator[str]:
    """Yield the paths of routes, those of included routers too."""
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from paths_of(included.routes) if included else [getattr(route, "path", "")]


def test_every_route_is_documented(tmp_path: Path) -> None:
    """The reference names each path that the server answers."""
    paths = set(paths_of(create_app(Settings(data=tmp_path), pytest.fail).routes))
    assert {"/", "/ask", "/openapi.json"} <= paths
    text = reference()
    shown = {path: re.sub(r":\w+", "", path) for path in paths}
    assert [path for path, short in shown.items() if f"`{short}`" not in text] == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    """Each relative link of a root page or of docs names a file of the repository."""
    for page in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_nothing_is_left_to_be_written() -> None:
    """No document has a placeholder."""
    assert [page.name for page in DOCUMENTS if "TODO" in page.read_text(encoding="utf-8")] == []


def test_the_changelog_knows_this_version() -> None:
    """The version of the package has its entry."""
    version = PYPROJECT["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_constraints_pin_every_dependency() -> None:
    """Each direct dependency has one exact version, inside the range that the project states."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    versions = {canonicalize_name(name): Version(version) for name, version in pinned.items()}
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name != project["name"]:
            assert versions[name] in requirement.specifier, name


def test_no_file_names_a_machine() -> None:
    """No text file of the project holds a path of somebody's machine."""
    path = re.compile(r"(?<![\w.:/])/(?:home|root|work|tmp|Users)/\w")
    kinds = {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".html", ".css", ".js", ".tsv", ""}
    folders = [*PACKAGES, "tests", "docs", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    guilty = [
        name_of(file)
        for file in files
        if file.suffix in kinds and path.search(file.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert guilty == []


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    """What is installed is what is here: code, profiles, model, templates, samples, sets."""
    source = tmp_path / "source"
    for package in PACKAGES:
        ignore = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(ROOT / package, source / package, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    here = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", tmp_path, source], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    there = {name for name in names if ".dist-info/" not in name}
    assert there == {name for name in here if "/" in name}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
