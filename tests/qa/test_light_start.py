"""What is loaded: with the bundled model never torch."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("torch", "transformers", "sentence_transformers", "sklearn", "scipy", "pandas")


def modules_after(code: str) -> set[str]:
    """Run code in a fresh interpreter; gives the modules that are loaded at its end."""
    printed = "import sys; print(chr(10).join(['', '=', *sys.modules]))"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{printed}"], capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.rpartition("\n=\n")[2].split())


def test_import_qa_is_light() -> None:
    """The package alone loads no model library, and not the web or the evaluation either."""
    loaded = modules_after("import qa, qa.model, qa.settings")
    assert not loaded & {*HEAVY, "faiss", "tantivy", "model2vec", "fastapi", "web", "eval"}


def test_asking_with_the_bundled_model_imports_no_torch(sample_data: Path) -> None:
    """From a cold start to the answer, nothing of torch or its family is imported."""
    arguments = ["kysy", "ask", "kuka on Itä-Savon yhteyshenkilö", "--data", str(sample_data)]
    code = (
        f"import sys\nsys.argv = {arguments}\n"
        "from qa.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    )
    loaded = modules_after(code)
    assert "qa.assistant" in loaded
    assert not loaded & {*HEAVY, "web", "eval", "fastapi", "uvicorn"}
