"""mlsd where others run it: the hooks of pre-commit, the steps of the GitHub action, the snippets of docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlsd.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
CLEAN = ROOT / "examples" / "recsys" / "design.yaml"
BAD = ROOT / "tests" / "cli" / "formats" / "designs" / "feed ranking.yaml"
BASH = shutil.which("bash")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Somebody's repository with a good design and, one folder further, room for a bad one."""
    folder = tmp_path / "checkout"
    (folder / "good").mkdir(parents=True)
    (folder / "bad").mkdir()
    shutil.copy(CLEAN, folder / "good" / "design.yaml")
    (folder / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose first ``mlsd`` is this one."""
    tools = tmp_path / "temp" / "mlsd" / "bin"
    tools.mkdir(parents=True)
    called = tools / "mlsd"
    called.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mlsd "$@"\n', encoding="utf-8")
    called.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}


def spoil(checkout: Path) -> None:
    shutil.copy(BAD, checkout / "bad" / "design.yaml")


# pre-commit

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def as_pre_commit(hook: dict[str, Any], checkout: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Call a hook as pre-commit does: entry, arguments, then the files that its pattern fits."""
    files = [path.relative_to(checkout).as_posix() for path in sorted(checkout.rglob("*")) if path.is_file()]
    fitting = [name for name in files if re.search(hook["files"], name)]
    assert fitting
    called = shlex.split(hook["entry"]) + hook["args"] + (fitting if hook.get("pass_filenames", True) else [])
    return subprocess.run(called, cwd=checkout, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", list(HOOKS))
def test_a_hook_passes_and_fails(name: str, checkout: Path, environ: dict[str, str]) -> None:
    good = as_pre_commit(HOOKS[name], checkout, environ)
    assert (good.returncode, good.stderr) == (0, "")
    spoil(checkout)
    bad = as_pre_commit(HOOKS[name], checkout, environ)
    assert bad.returncode == ExitCode.FINDINGS
    assert "bad/design.yaml:14:11: error MOD-05" in bad.stdout


def test_pre_commit_itself_runs_the_hooks(checkout: Path, tmp_path: Path) -> None:
    """It clones this repository and installs mlsd from it, so it needs the Python package registry."""
    beside = Path(sys.executable).parent  # of an environment that nobody has activated
    tool = shutil.which("pre-commit", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    if not tool:
        pytest.skip("pre-commit is not installed")
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout that pre-commit could clone")
    environ = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH" and not name.startswith("GIT_")
    }
    environ |= {"PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_COUNT": "1"}
    environ |= {"GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}

    def out_of(*called: str, at: Path = checkout) -> str:
        done = subprocess.run(called, cwd=at, env=environ, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    revision = out_of("git", "rev-parse", "HEAD", at=ROOT).strip()
    hooks = [{"id": name} for name in HOOKS]
    config = {"repos": [{"repo": str(ROOT), "rev": revision, "hooks": hooks}]}
    (checkout / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    out_of("git", "init", "-q")
    out_of("git", "add", "-A")
    said = out_of(tool, "run", "--all-files")
    if "No matching distribution" in said or "Could not find a version" in said:
        pytest.skip("pre-commit could not install mlsd: no package registry")
    assert said.count("Passed") == len(HOOKS), said
    spoil(checkout)
    out_of("git", "add", "-A")
    said = out_of(tool, "run", "--all-files")
    assert said.count("Failed") == len(HOOKS), said
    assert said.count("bad/design.yaml:14:11: error MOD-05") == len(HOOKS)


# The GitHub action

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
_EXPRESSION = re.compile(r"\$\{\{\s*(inputs|github)\.([a-z_-]+)\s*\}\}")


class Ran:
    """A step of the action, run as a runner does."""

    def __init__(self, step: dict[str, Any], checkout: Path, environ: dict[str, str], **inputs: str) -> None:
        temp = checkout.parent / "temp"
        values = {name: about["default"] for name, about in ACTION["inputs"].items()}
        values |= {name.replace("_", "-"): value for name, value in inputs.items()} | {"action_path": str(ROOT)}
        own = {name: _EXPRESSION.sub(lambda found: values[found[2]], text) for name, text in step["env"].items()}
        self.output, self.summary, script = temp / "output", temp / "summary.md", temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        runner = {"RUNNER_TEMP": temp, "GITHUB_OUTPUT": self.output, "GITHUB_STEP_SUMMARY": self.summary}
        self.done = subprocess.run(
            [BASH or "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=checkout,
            env=environ | {name: str(path) for name, path in runner.items()} | own,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text(encoding="utf-8").splitlines())


needs_bash = pytest.mark.skipif(not BASH, reason="there is no bash")


def test_what_a_caller_gives_is_never_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step
        assert all(_EXPRESSION.fullmatch(text) for text in step["env"].values())
    assert "secrets" not in json.dumps(ACTION)
    assert "token" not in json.dumps(ACTION["inputs"])


@needs_bash
def test_the_action_passes(checkout: Path, environ: dict[str, str]) -> None:
    ran = Ran(CHECK, checkout, environ)
    assert (ran.done.returncode, ran.done.stderr) == (0, "")
    assert ran.outputs["exit-code"] == "0"
    assert json.loads(Path(ran.outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0]["results"] == []
    assert ran.summary.read_text(encoding="utf-8").startswith("### mlsd: ✓ No findings")


@needs_bash
def test_the_action_fails_and_leaves_its_reports(checkout: Path, environ: dict[str, str]) -> None:
    spoil(checkout)
    ran = Ran(CHECK, checkout, environ)
    assert ran.done.returncode == ExitCode.FINDINGS
    assert "::error file=bad/design.yaml,line=14," in ran.done.stdout
    assert ran.outputs["exit-code"] == "1"
    assert '"MOD-05"' in Path(ran.outputs["sarif"]).read_text(encoding="utf-8")
    assert "`MOD-05`" in ran.summary.read_text(encoding="utf-8")


@needs_bash
def test_the_action_takes_its_inputs(checkout: Path, environ: dict[str, str]) -> None:
    spoil(checkout)
    (checkout / "bad folder").mkdir()
    shutil.copy(BAD, checkout / "bad folder" / "a b.yaml")
    inputs = {"path": "bad\nbad folder/a b.yaml\n", "format": "concise", "fail_on": "never"}
    ran = Ran(CHECK, checkout, environ, args="--select MOD-05  --no-config\n", **inputs)
    assert (ran.done.returncode, ran.done.stderr) == (0, "")
    found = [line.partition(" error ")[0] for line in ran.done.stdout.splitlines() if " error " in line]
    assert found == ["bad/design.yaml:14:11:", "bad folder/a b.yaml:14:11:"]


@needs_bash
def test_the_action_leaves_to_the_settings_what_it_is_not_told(checkout: Path, environ: dict[str, str]) -> None:
    spoil(checkout)
    (checkout / "mlsd.toml").write_text('fail-on = "never"\n', encoding="utf-8")
    assert Ran(CHECK, checkout, environ).done.returncode == ExitCode.OK
    assert Ran(CHECK, checkout, environ, fail_on="error").done.returncode == ExitCode.FINDINGS


@needs_bash
@pytest.mark.parametrize("name", ["path", "format", "fail_on", "args", "version"])
def test_an_input_is_never_run(name: str, checkout: Path, environ: dict[str, str]) -> None:
    value = '"; touch owned; $(touch owned) `touch owned` * \ntouch owned'
    step = INSTALL if name == "version" else CHECK
    ran = Ran(step, checkout, environ, **{name: value})
    assert ran.done.returncode == ExitCode.USAGE
    assert not (checkout / "owned").exists()


@needs_bash
@pytest.mark.parametrize("version", ["--index-url=https://evil.example", "1.0 evil", "1.0\nevil", "../evil", "1.0;x"])
def test_a_version_is_a_version(version: str, checkout: Path, environ: dict[str, str]) -> None:
    ran = Ran(INSTALL, checkout, environ, version=version)
    assert ran.done.returncode == ExitCode.USAGE
    assert ran.done.stderr == "The input version is no version of mlsd, such as 1.2.0.\n"


@needs_bash
def test_the_action_imports_nothing_from_the_checkout(checkout: Path, environ: dict[str, str]) -> None:
    """The installation stops at pip, which finds no registry; by then a venv is there, made by Python's own module."""
    for module in ("venv", "pip", "ensurepip", "json"):
        (checkout / f"{module}.py").write_text("open('owned', 'w')\n", encoding="utf-8")
    nowhere = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PYTHONPATH": ""}
    ran = Ran(INSTALL, checkout, environ | nowhere, version="1.2.0")
    assert ran.done.returncode == 1
    assert "mlsd==1.2.0" in ran.done.stderr
    assert (checkout.parent / "temp" / "mlsd" / "pyvenv.cfg").is_file()
    assert not (checkout / "owned").exists()


# The page

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def snippet(name: str) -> Any:
    [found] = re.findall(rf"<!-- {name} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    return yaml.safe_load(found)


def test_the_page_names_hooks_inputs_and_outputs_that_there_are() -> None:
    [repository] = snippet("pre-commit")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= set(HOOKS)
    steps = snippet("github")["jobs"]["check"]["steps"]
    [ours] = [step for step in steps if step.get("id") == "mlsd"]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    used = re.findall(r"steps\.mlsd\.outputs\.([a-z-]+)", PAGE)
    assert used
    assert set(used) <= set(ACTION["outputs"])
    others = [step["uses"] for step in steps if step is not ours]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", other) for other in others)


def test_every_format_is_on_the_page() -> None:
    from mlsd.cli.check import Format

    table = PAGE.partition("| format |")[2].partition("\n\n")[0]
    firsts = [row.split("|")[1] for row in table.splitlines()[2:]]
    assert sorted(re.findall(r"`(\w+)`", " ".join(firsts))) == sorted(Format)


@needs_bash
def test_the_job_for_gitlab_leaves_its_reports(checkout: Path, environ: dict[str, str]) -> None:
    spoil(checkout)
    job = snippet("gitlab")["designs"]
    [line] = [line for line in job["script"] if line.startswith("mlsd ")]
    done = subprocess.run(
        [BASH or "bash", "-c", line], cwd=checkout, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, "")
    for name in job["artifacts"]["reports"].values():
        assert "MOD-05" in (checkout / name).read_text(encoding="utf-8")
