"""Rules of other packages: installed ones are asked, one that fails is named, nothing else brings code in (S18)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

from mlsd.errors import ExitCode

SOURCE = Path(__file__).parents[2] / "src"

RULES = '''\
from collections.abc import Iterator

from mlsd.design import Design
from mlsd.lint import Finding, Severity, rule


@rule("XAC-901", Severity.WARNING, sources=[])
def no_author(design: Design) -> Iterator[Finding]:
    """Nobody signs the design.

    Ask: Who answers for it?
    """
    if not design.authors:
        yield Finding("Nobody signs {title}.", at="authors", title=design.title or "it")
'''


class Environment(NamedTuple):
    """A Python of its own, into which packages can be put."""

    python: str
    packages: Path

    def install(self, package: str, points: str = "", **modules: str) -> None:
        """What a wheel would leave behind: modules, and the entry points among the metadata."""
        info = self.packages / f"{package}-1.0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "entry_points.txt").write_text(
            f"[console_scripts]\nx = y:z\n\n[mlsd.rules]\n{points}\n[other]\na = b\n"
        )
        for name, text in modules.items():
            (self.packages / f"{name}.py").write_text(text)

    def mlsd(self, *arguments: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the command of this Python as its script would, the working folder not on the path."""
        program = "import sys; sys.argv[0] = 'mlsd'; sys.path.remove(''); from mlsd.__main__ import main; main()"
        if environ.pop("AS_MODULE", ""):
            command = [self.python, "-m", "mlsd", *arguments]
        else:
            command = [self.python, "-c", program, *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MLSD"))}
        kept |= {"LC_ALL": "C.UTF-8", "COLUMNS": "100", "MLSD_HOME": str(folder / "nobody"), **environ}
        return subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def there(tmp_path: Path) -> Environment:
    """A virtual environment that sees mlsd and what it needs."""
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "mlsd.pth").write_text(f"{SOURCE}\n{sysconfig.get_path('purelib')}\n")
    return Environment(str(home / "bin" / "python"), packages)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The working folder, with a design in it."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "design.yaml").write_text("title: Feed\n")
    return here


def test_an_installed_rule_speaks_like_ours(there: Environment, folder: Path) -> None:
    there.install("acme", "acme = acme_rules", acme_rules=RULES)
    ran = there.mlsd("check", "--select", "X", folder=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == (
        "design.yaml:1:1: warning: Nobody signs Feed. [XAC-901 no-author]\n"
        "    not in the file yet: authors\n"
        "    ask yourself: Who answers for it?\n"
        "\n"
        "1 finding (1 warning)\n"
    )
    page = json.loads(there.mlsd("rule", "xac-901", "-f", "json", folder=folder).stdout)
    assert (page["code"], page["summary"], page["sources"]) == ("XAC-901", "Nobody signs the design.", [])
    assert "XAC-901" in there.mlsd("rule", folder=folder).stdout


def test_it_can_be_left_out_waived_and_named(there: Environment, folder: Path) -> None:
    there.install("acme", "acme = acme_rules:no_author", acme_rules=RULES)
    assert "XAC-901" not in there.mlsd("check", "--no-plugins", folder=folder).stdout
    assert "XAC-901" not in there.mlsd("rule", "--no-plugins", folder=folder).stdout
    assert "XAC-901" not in there.mlsd("check", "--ignore", "no-author", folder=folder).stdout
    (folder / "design.yaml").write_text("waivers: [{rule: XAC-901, reason: a sketch}]\n")
    assert there.mlsd("check", "--select", "X", folder=folder).stdout == "✓ No findings · 1 waived\n"
    assert "waiver" not in there.mlsd("check", "--no-plugins", "--select", "MOD-05", folder=folder).stdout


def test_processes_side_by_side_know_it_too(there: Environment, folder: Path) -> None:
    there.install("acme", "acme = acme_rules", acme_rules=RULES)
    for number in range(6):
        (folder / str(number)).mkdir()
        (folder / str(number) / "design.yaml").write_text(f"title: T{number}\n")
    ran = there.mlsd("check", *map(str, range(6)), "--select", "X", "--jobs", "2", folder=folder)
    assert [line.split(" [")[0] for line in ran.stdout.splitlines() if "XAC" in line] == [
        f"{number}/design.yaml:1:1: warning: Nobody signs T{number}." for number in range(6)
    ]


FAILING = {
    "missing": ("acme = nowhere.rules", "", "ModuleNotFoundError: No module named 'nowhere'"),
    "raising": ("acme = acme_rules", "raise ValueError('\x1b[31mred')", "ValueError: ‹U+001B›[31mred"),
    "leaving": ("acme = acme_rules", "raise SystemExit(0)", "SystemExit: 0"),
    "no such name": ("acme = acme_rules:rules", "", "AttributeError: module 'acme_rules' has no attribute 'rules'"),
    "no rules": ("acme = acme_rules", "x = 1", "acme_rules holds no rules"),
    "our code": ("acme = acme_rules", RULES.replace("XAC-901", "MET-01"), "MET-01 is not a code like XAC-901"),
    "a low number": ("acme = acme_rules", RULES.replace("901", "101"), "XAC-101 is not a code like XAC-901"),
    "our name": (
        "acme = acme_rules", RULES.replace("no_author", "no_guardrail"), "XAC-901 no-guardrail is taken already",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("points", "module", "reason"), FAILING.values(), ids=FAILING)
def test_a_package_that_fails_is_named_and_the_others_speak(
    there: Environment, folder: Path, points: str, module: str, reason: str
) -> None:
    there.install("acme", points, acme_rules=module)
    there.install(
        "other", "other = other_rules", other_rules=RULES.replace("XAC", "XOT").replace("no_author", "unsigned")
    )
    for form in ("text", "json"):
        ran = there.mlsd("check", "--fail-on", "never", "--format", form, folder=folder)
        assert ran.returncode == ExitCode.INTERNAL
        assert "XOT-901" in ran.stdout
        assert "PRB-01" in ran.stdout
        assert ran.stderr == (
            f"error: The rules of the package acme cannot be used ({reason}).\n"
            "  Uninstall it, ask its authors, or leave such rules out with --no-plugins.\n"
        )
    assert there.mlsd("check", "--fail-on", "never", "--no-plugins", folder=folder).returncode == 0


@pytest.mark.parametrize(
    ("broken", "kind"),
    [("raise ValueError", "ValueError"), ("raise SystemExit(0)", "SystemExit"), ("yield 7", "TypeError")],
)
def test_a_rule_that_breaks_names_its_package(there: Environment, folder: Path, broken: str, kind: str) -> None:
    there.install(
        "acme", "acme = acme_rules", acme_rules=RULES.replace("if not design", f"{broken}\n    if not design")
    )
    ran = there.mlsd("check", "--fail-on", "never", folder=folder)
    assert ran.returncode == ExitCode.INTERNAL
    assert f"error: This rule of the package acme broke ({kind}): its verdict is not known. [XAC-901" in ran.stdout
    assert "PRB-01" in ran.stdout


def test_a_finding_that_cannot_be_sent_is_found_all_the_same(there: Environment, folder: Path) -> None:
    there.install("acme", "acme = acme_rules", acme_rules=RULES.replace('or "it")', 'or "it", extra=lambda: 0)'))
    for number in range(6):
        (folder / str(number)).mkdir()
        (folder / str(number) / "design.yaml").write_text(f"title: T{number}\n")
    ran = [
        there.mlsd("check", *map(str, range(6)), "--select", "X", "--jobs", jobs, folder=folder) for jobs in ("1", "2")
    ]
    assert (ran[0].returncode, ran[0].stderr, ran[0].stdout.count("Nobody signs T")) == (0, "", 6)
    assert (ran[1].returncode, ran[1].stderr, ran[1].stdout) == (0, "", ran[0].stdout)


def test_a_process_that_dies_is_an_error_and_no_wait(there: Environment, folder: Path) -> None:
    """A worker that the system kills: exit 70, one sentence."""
    kill = "if design.title == 'T3':\n        import os\n        os.kill(os.getpid(), 9)\n    if not design"
    there.install("acme", "acme = acme_rules", acme_rules=RULES.replace("if not design", kill))
    for number in range(6):
        (folder / str(number)).mkdir()
        (folder / str(number) / "design.yaml").write_text(f"title: T{number}\n")
    ran = there.mlsd("check", *map(str, range(6)), "--jobs", "2", folder=folder)
    assert ran.returncode == ExitCode.INTERNAL
    assert ran.stderr == (
        "error: A process that checked files has died; this report is not whole.\n"
        "  Find the file with: mlsd check --jobs 1\n"
    )


def test_nothing_in_the_working_folder_is_ever_a_rule(there: Environment, folder: Path) -> None:
    """S18: not a module, not metadata that look installed, not by a design, not by settings, not by PYTHONPATH."""
    evil = f"open({str(folder / 'pwned')!r}, 'w')\n{RULES}"
    for name in ("evil_rules", "mlsd_rules", "acme_rules"):
        (folder / f"{name}.py").write_text(evil)
    info = folder / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[mlsd.rules]\nevil = evil_rules\n")
    (folder / "design.yaml").write_text(
        "title: Feed\nwaivers: [{rule: 'evil_rules:no_author', reason: x}, {rule: XAC-901, reason: x}]\n"
    )
    (folder / "pyproject.toml").write_text(
        '[project.entry-points."mlsd.rules"]\nevil = "evil_rules"\n[tool.mlsd]\nregistries = ["."]\n'
    )
    for environ in ({}, {"AS_MODULE": "1"}, {"PYTHONPATH": str(folder)}, {"PYTHONPATH": ""}):
        ran = there.mlsd("check", "--fail-on", "never", folder=folder, **environ)
        assert (ran.returncode, ran.stderr) == (0, ""), environ
        assert "XAC-901 no-author" not in ran.stdout
    (folder / "pyproject.toml").write_text('[tool.mlsd]\nplugins = ["evil_rules"]\n')
    assert there.mlsd("check", folder=folder).returncode == ExitCode.USAGE
    assert not (folder / "pwned").exists()


def test_an_installed_package_is_not_shadowed_by_the_working_folder(there: Environment, folder: Path) -> None:
    """S18: ``python -m mlsd`` puts the working folder first; the installed module is the one that is imported."""
    there.install("acme", "acme = acme_rules", acme_rules=RULES)
    (folder / "acme_rules.py").write_text(f"open({str(folder / 'pwned')!r}, 'w')\n")
    for environ in ({}, {"AS_MODULE": "1"}, {"PYTHONPATH": str(folder)}):
        ran = there.mlsd("check", "--select", "XAC-901", folder=folder, **environ)
        assert "Nobody signs Feed." in ran.stdout, ran.stderr
    assert not (folder / "pwned").exists()


def test_a_package_that_left_metadata_of_two_versions_is_asked_once(there: Environment, folder: Path) -> None:
    there.install("acme", "acme = acme_rules", acme_rules=RULES)
    old = there.packages / "acme-0.9.dist-info"
    old.mkdir()
    (old / "entry_points.txt").write_text("[mlsd.rules]\nacme = acme_rules\n")
    ran = there.mlsd("check", "--select", "X", folder=folder)
    assert (ran.returncode, ran.stderr, ran.stdout.count("XAC-901")) == (0, "", 1)


def test_metadata_of_any_shape_are_read_without_harm(there: Environment, folder: Path) -> None:
    there.install("acme", "= x\nnonsense\n# a = b\na = b-c\nb = 1x\nc = os.path:join:x\n; d = e\n" + "x" * 100_000)
    (there.packages / "binary-1.0.dist-info").mkdir()
    (there.packages / "binary-1.0.dist-info" / "entry_points.txt").write_bytes(b"\xff\xfe[mlsd.rules]\x00\n")
    (there.packages / "empty-1.0.dist-info").mkdir()
    ran = there.mlsd("check", "--fail-on", "never", folder=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
