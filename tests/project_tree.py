"""The tree of the repository as the README shows it: every folder and module with its own words.

Run it (`make tree`) to write the tree into the README. A module's line is the first line of its
docstring, so the README cannot say anything else than the code does. Does not know what the
modules do.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "embeddings", "qa", "web", "eval")
BEGIN, END = "<!-- tree -->", "<!-- /tree -->"
FOLDERS = {
    "corpus/places": "names of Finnish regions, municipalities and counties in three languages",
    "corpus/profiles": "what the pages of a family look like: labels, fields, artefacts (TOML)",
    "corpus/samples": "five sample pages: facts of real ones in sentences of our own",
    "embeddings/models": "the bundled model with its card",
    "embeddings/training": "the recipe of the bundled model",
    "eval/sets": "question sets over the samples, and a hostile page",
    "qa/lexicon": "question words, cues and openers of follow-ups, by language (TOML)",
    "web/static": "the stylesheet and the script of the page",
    "web/templates": "the pages (Jinja2)",
    "web/wording": "the interface's texts in Finnish, Swedish and English",
    "docs": "reference of commands, API and settings; how to add a format, a profile, a set",
    "tests": "the proof, folder by folder like the code",
}
ROOT_FILES = {
    "Makefile": "make serve, make test and the rest",
    "constraints.txt": "the exact versions the tests ran with",
    "pyproject.toml": "dependencies, entry points and the rules of the linters",
}


def first_line(module: Path) -> str:
    """Return the first line of a module's docstring without its full stop."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return text.split("\n", 1)[0].removesuffix(".")


def folder_line(folder: Path) -> str:
    """Return what a folder is for: its package's docstring, or the table above."""
    package = folder / "__init__.py"
    known = FOLDERS.get(folder.relative_to(ROOT).as_posix())
    return known or (first_line(package) if package.exists() else "")


def entries(folder: Path, depth: int) -> Iterator[tuple[str, str]]:
    """Yield (indented name, description) of a folder, its modules, and its folders in turn."""
    yield f"{'  ' * depth}{folder.name}/", folder_line(folder)
    for module in sorted(folder.glob("*.py")):
        if module.name != "__init__.py":
            yield f"{'  ' * (depth + 1)}{module.name}", first_line(module)
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not inner.name.startswith(("_", ".")):
            if any(inner.rglob("*.py")):
                yield from entries(inner, depth + 1)
            elif any(inner.iterdir()):
                yield f"{'  ' * (depth + 1)}{inner.name}/", folder_line(inner)


def tree() -> str:
    """Return the tree as a fenced block between its two markers."""
    rows = [row for package in PACKAGES for row in entries(ROOT / package, 0)]
    rows += [("tests/", FOLDERS["tests"]), ("docs/", FOLDERS["docs"]), *ROOT_FILES.items()]
    width = max(len(name) for name, _ in rows) + 2
    lines = [f"{name:<{width}}{text}".rstrip() for name, text in rows]
    return "\n".join([BEGIN, "```text", *lines, "```", END])


def main() -> None:
    """Write the tree into the README, in place of the one it shows."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    readme.write_text(head + tree() + rest.split(END, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
