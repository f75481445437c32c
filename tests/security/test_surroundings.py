"""Files around a design that strangers may have written: settings, registries, baselines; all of them are data."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hostile
import pytest
from security_run import Ran, hidden, snapshot

Command = Callable[..., Ran]

SETTINGS = {
    "deep": b"a = " + b"[" * 100_000,
    "large": b"# " + b"x" * (2 << 20),
    "binary": b"\x00\xff\xfe",
    "escape": b"select = ['\x1b[31m']",
    "escape in a key": b'"\\u001b[31m\\u202e" = 1',
    "code": b"rules = ['os:system']\nplugins = ['x']",
    "a list": b"[[tool]]",
}


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("file", ["mlsd.toml", "pyproject.toml"])
def test_settings_of_strangers_are_data(mlsd: Command, here: Path, name: str, file: str) -> None:
    """S2, S18: one sentence, exit 2, nothing obeyed by the terminal, nothing written."""
    content = SETTINGS[name]
    (here / file).write_bytes(b"[tool.mlsd]\n" + content if file == "pyproject.toml" else content)
    (here / "design.yaml").write_text("title: x\n")
    before = snapshot(here)
    ran = mlsd("check")
    assert ran.code == 2
    assert (ran.out, ran.err.startswith("error: "), hidden(ran.err)) == ("", True, [])
    assert snapshot(here) == before
    assert mlsd("check", "--no-config", "--fail-on", "never").code == 0


REGISTRIES = {
    "deep": "losses: " + "[" * 10_000,
    "bomb": "a: &a [x, x]\nlosses: [*a, *a]",
    "tag": "losses: !!python/object/apply:os.system ['touch pwned']",
    "large": "losses:\n" + "  - {id: a}\n" * 200_000,
    "escape": 'losses: [{id: a, "\\e[31m": 1}]',
    "twice": "losses: []\nlosses: []\n",
}


@pytest.mark.parametrize("name", REGISTRIES)
def test_registries_of_strangers_are_data(mlsd: Command, here: Path, name: str) -> None:
    """S7, S8: the guards of designs hold for them."""
    (here / "mlsd.toml").write_text('registries = ["."]\n')
    (here / "losses.yaml").write_text(REGISTRIES[name], encoding="utf-8")
    (here / "design.yaml").write_text("title: x\n")
    ran = mlsd("check")
    assert ran.code == 2
    assert (ran.out, "losses.yaml:" in ran.err, hidden(ran.err)) == ("", True, [])
    assert not (here / "pwned").exists()


def test_a_name_in_a_registry_is_no_pattern(mlsd: Command, here: Path) -> None:
    """S20: names are compared, never matched; a long one costs its length."""
    (here / "mlsd.toml").write_text('registries = ["."]\n')
    (here / "losses.yaml").write_text(
        f'losses: [{{id: "(a+)+$", names: ["{"a" * 500_000}", ".*"], tasks: [ranking]}}]\n'
    )
    (here / "design.yaml").write_text("model: {task: forecasting, loss: aaaa}\n")
    found = mlsd("check").out
    assert "The loss aaaa is for ranking" not in found
    assert "Whether the loss aaaa is for forecasting is not known: it is in no registry." in found.replace("\n", " ")


def test_a_search_never_leaves_the_folder(mlsd: Command, here: Path, tmp_path: Path) -> None:
    """A design of a stranger's repository that is a link would print what it leads to."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "design.yaml").write_text("password: hunter2\n")
    (here / "a").mkdir()
    (here / "a" / "design.yaml").symlink_to(secret / "design.yaml")
    (here / "b").symlink_to(secret)
    os.mkfifo(here / "a" / "pipe.yaml")
    for paths in (["."], ["**"], ["*"], ["*/*.yaml"], ["**/*.yaml"]):
        ran = mlsd("check", *paths)
        assert (ran.code, "hunter2" in ran.said) == (3, False), paths


def test_names_of_files_and_findings_are_harmless_in_notes(mlsd: Command, here: Path) -> None:
    """S2: an escape in a file's name reaches neither the terminal nor the baseline as it is."""
    folder = here / "\x1b[31m\u202e"
    folder.mkdir()
    (folder / "design.yaml").write_text("mlsd: 1\nmodle: {}\n")
    for arguments in (
        ["--fix", "--dry-run"],
        ["--fix"],
        ["--write-baseline", "known.json"],
        ["--baseline", "known.json"],
    ):
        ran = mlsd("check", ".", *arguments)
        assert hidden(ran.said) == []


LEAVING = {
    "a linked registry": lambda here, secret: (here / "r" / "losses.yaml").symlink_to(secret),
    "a linked folder": lambda here, secret: ((here / "r").rmdir(), (here / "r").symlink_to(secret.parent)),
    "an absolute folder": lambda here, secret: (here / "mlsd.toml").write_text(f'registries = ["{secret.parent}"]\n'),
    "a folder above": lambda here, secret: (here / "mlsd.toml").write_text('registries = ["../outside"]\n'),
    "linked settings": lambda here, secret: ((here / "mlsd.toml").unlink(), (here / "mlsd.toml").symlink_to(secret)),
}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
@pytest.mark.parametrize("flags", [(), ("--config", "mlsd.toml")], ids=["found", "named"])
def test_settings_of_a_project_lead_to_nothing_outside_of_it(
    mlsd: Command, here: Path, tmp_path: Path, leave: Callable[[Path, Path], object], flags: tuple[str, ...]
) -> None:
    """S5, S6: a log of a public project must not quote a file that a pull request points to."""
    secret = tmp_path / "outside" / "losses.yaml"
    secret.parent.mkdir()
    secret.write_text("hunter2\n")
    (here / "r").mkdir()
    (here / "mlsd.toml").write_text('registries = ["r"]\n')
    (here / "design.yaml").write_text("title: x\n")
    leave(here, secret)
    ran = mlsd("check", *flags)
    assert (ran.code, "hunter2" in ran.said) == (2, False)
    if not flags:
        assert "leads out of the repository that sets it" in ran.err


def test_a_registry_of_a_project_is_no_link_to_what_a_build_left_there(mlsd: Command, here: Path) -> None:
    """S6: a line of a file beside the design, such as a token, is not quoted either."""
    (here / ".env").write_text("hunter2\n")
    (here / "losses.yaml").symlink_to(".env")
    (here / "notes.txt").symlink_to("elsewhere")
    (here / "mlsd.toml").write_text('registries = ["."]\n')
    (here / "design.yaml").write_text("title: x\n")
    ran = mlsd("check")
    assert (ran.code, "hunter2" in ran.said) == (2, False)
    assert ran.err.startswith(
        f"error: {here}/losses.yaml is a symbolic link, and a registry of a project is a file of its own.\n"
    )
    (here / "losses.yaml").unlink()
    assert mlsd("check", "--fail-on", "never").code == 0


def test_a_number_or_a_name_without_end_is_one_sentence(
    mlsd: Command, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S19: never a fault of mlsd."""
    (here / "design.yaml").write_text("title: x\n")
    for line in (f"max-warnings = {'9' * 5000}", f'registries = ["{"a" * 5000}"]', r'registries = ["a\u0000"]'):
        (here / "mlsd.toml").write_text(f"{line}\n")
        assert mlsd("check").code == 2
    (here / "mlsd.toml").unlink()
    monkeypatch.setenv("MLSD_MAX_WARNINGS", "9" * 5000)
    assert mlsd("check").code == 2


def test_a_pipe_is_no_baseline(mlsd: Command, here: Path) -> None:
    """S20: nobody waits for what never comes."""
    (here / "design.yaml").write_text("title: x\n")
    os.mkfifo(here / "pipe")
    assert mlsd("check", "--baseline", "pipe").code == 2
    assert mlsd("check", "--write-baseline", "pipe").code in (2, 73)


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl", "sarif", "markdown", "junit", "github", "gitlab"])
def test_no_word_of_a_design_is_a_command_of_a_log(
    mlsd: Command, here: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """S2: GitHub's runner obeys ``##[…]`` anywhere in a line, and ``::…::`` at its start."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    folder = here / "::error file=x::y"
    folder.mkdir()
    words = "x ##[set-output name=exit-code]0"
    (folder / "design.yaml").write_text(f'problem: {{goal: {{metric: "{words}", target: 2}}}}\n')
    said = mlsd("check", ".", "-f", form, "--explain").said
    assert "##[" not in said
    assert [line for line in said.splitlines() if line.lstrip().startswith("::error file=x::")] == []


@pytest.mark.parametrize(
    "words",
    [
        "render", "render --document one-pager", "stress design.yaml", "stress design.yaml -f json",
        "size file design.yaml", "size file design.yaml -f json", "size file design.yaml -f markdown",
        "size file design.yaml -f csv", "explain test.days", "explain test.days -f json",
        "new recsys --data design.yaml --dry-run", "check --fix --dry-run",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["##[stop-commands]x", "x\n ::error file=a::b"], ids=["older", "newer"])
def test_nor_is_it_in_what_other_commands_print(
    mlsd: Command, here: Path, monkeypatch: pytest.MonkeyPatch, words: str, text: str
) -> None:
    """S2: whatever a workflow calls, its log holds words alone."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (here / "design.yaml").write_text(hostile.as_yaml(hostile.attacked_example(text)), encoding="utf-8")
    ran = mlsd(*words.split())
    assert ran.said
    assert [line for line in ran.said.splitlines() if "##[" in line or line.lstrip().startswith("::")] == []
