"""What our own source may not do, read from its syntax."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "mlsd"
FILES = sorted(SOURCE.rglob("*.py"))

FORBIDDEN_IMPORTS = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "ctypes", "telnetlib", "ftplib", "urllib.request",
    "http.client", "requests", "httpx", "socket", "xml", "yaml.unsafe_load",
}  # fmt: skip
FORBIDDEN_CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "yaml.full_load",
    "yaml.load_all", "tempfile.mktemp", "os.tempnam", "pickle.loads", "os.execvp", "subprocess.getoutput",
}  # fmt: skip


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{file.relative_to(SOURCE)}:{node.lineno}", node)
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
    ]


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_is_unpickled_evaluated_or_fetched() -> None:
    """S7, S18, S25: no pickle, eval, yaml.load, shell or network client."""
    found = [f"{place} {name_of(call.func)}" for place, call in calls() if name_of(call.func) in FORBIDDEN_CALLS]
    assert found == []
    imported = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported += [f"{file.name} {name}" for name in names if name in FORBIDDEN_IMPORTS]
    assert imported == []


def test_no_shell_is_started_and_only_the_editor_is() -> None:
    """S22: one call of a program in the whole source, its arguments a list."""
    started = [(place, call) for place, call in calls() if name_of(call.func).startswith(("subprocess.", "os.spawn"))]
    assert [place.partition(":")[0] for place, _ in started] == ["cli/prompts/editor.py"]
    for _, call in started:
        assert isinstance(call.args[0], ast.List)
        assert not [keyword for keyword in call.keywords if keyword.arg == "shell"]


def test_temporary_names_are_made_by_the_system() -> None:
    """S21: mkstemp and TemporaryDirectory only; nobody writes to a fixed name under /tmp."""
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.match(r"/tmp|/var/tmp|C:\\\\Temp", node.value), f"{file}:{node.lineno}"
    makers = {name_of(call.func) for _, call in calls() if re.search(r"mktemp|mkstemp|Temporary", name_of(call.func))}
    assert makers == {"tempfile.mkstemp", "tempfile.TemporaryDirectory", "TemporaryDirectory"}


def test_a_sentence_is_written_in_the_source() -> None:
    """S2, S11: the text of a Message is a literal, so no answer is ever a format string."""
    sentences = {"Message", "Counted", "Finding", "Sentence"}
    wrong = [
        place
        for place, call in calls()
        if name_of(call.func).rpartition(".")[2] in sentences and call.args
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert wrong == []


def test_rich_never_reads_markup() -> None:
    """S11: where rich prints, no text is markup; typer's own rich is switched off."""
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        if re.search(r"^\s*(from|import) rich", text, re.MULTILINE):
            assert not re.search(r"from rich import print|\.print\(f|from_markup|markup=True", text), file
    assert "rich_markup_mode=None" in (SOURCE / "cli" / "app.py").read_text()


def test_templates_are_files_never_values() -> None:
    """S2: nothing is compiled as a template but what stands under templates/; the page's frame is read from there."""
    made = [(place, call) for place, call in calls() if name_of(call.func).endswith(".from_string")]
    assert [place.partition(":")[0] for place, _ in made] == ["render/html.py"]
    assert "templates()" in ast.unparse(made[0][1].args[0])
    shapes = [*(SOURCE.parents[1] / "templates" / "documents").rglob("*.j2")]
    assert shapes
    for shape in shapes:
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", shape.read_text(encoding="utf-8")), shape


@pytest.mark.parametrize("most", [12])
def test_few_direct_dependencies(most: int) -> None:
    """S26: at most twelve packages at run time, and jinja2 without its known escapes."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[^\w.-]", entry)[0].lower(): entry for entry in project["dependencies"]}
    assert len(names) <= most
    assert ">=3.1.6" in names["jinja2"]
