"""Names of files, folders, flags and commands that attack: they are names, and no more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from security_run import Ran, hidden, snapshot

from mlsd.cli.prompts.editor import command, edit
from mlsd.errors import UsageError

Command = Callable[..., Ran]

NAMES = {
    "flag": "-rf",
    "long flag": "--help.yaml",
    "shell": "$(touch pwned)`touch pwned`;touch pwned.yaml",
    "newline": "all is well\n✓ No findings.yaml",
    "escape": "\x1b]0;owned\x07.yaml",
    "bidi": "\u202elmay.ngised",
    "rich": "[red][link=https:x]click.yaml",
    "format": "{0.__class__}%s{{7*7}}.yaml",
    "no utf-8": "\udcff\udcfe.yaml",
    "device": "CON",
    "dots": "nul...",
    "windows": "C:\\x",
    "home": "~",
    "longest": "x" * 250 + ".yaml",
}
NO_NAMES = {
    "empty": "", "300 bytes": "x" * 300, "nul": "a\x00b", "4097 bytes": "a/" * 2100, "nowhere": "a/../../../b.yaml",
    "below a file": "design.yaml/x.yaml", "loop": "loop/x.yaml",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_of_that_name_is_read_and_named_harmless(mlsd: Command, here: Path, name: str) -> None:
    """S4, S10, S11, S22: check, render and new read it; what is said of it obeys no terminal and is one line."""
    Path(name).write_text("modell: {}\n")
    before = snapshot(here)
    for arguments in (
        ("check", "--", name),
        ("check", "--format", "json", "--", name),
        ("render", "-o", "x.md", "--", name),
        ("new", "recsys", "--no-input", "-o", "out", f"--data={name}"),
        ("new", "recsys", "--defaults", "-o", "out", f"--from={name}"),
    ):
        ran = mlsd(*arguments)
        assert ran.code == 65, arguments
        assert "modell" in ran.said
        assert hidden(ran.said) == []
        assert not [line for line in ran.said.splitlines() if line.startswith("✓")]
    assert snapshot(here) == before


@pytest.mark.parametrize("name", NO_NAMES.values(), ids=NO_NAMES)
def test_no_file_has_that_name(mlsd: Command, here: Path, name: str) -> None:
    """S4: exit 2, one sentence and the next step from every command that is given the name."""
    Path("design.yaml").write_text("title: x\n")
    Path("loop").symlink_to("loop")
    before = snapshot(here)
    for arguments in (
        ("check", "--", name),
        ("render", "-o", "x.md", "--", name),
        ("new", "recsys", "--no-input", "-o", "out", "--data", name or "./"),
        ("resume", "--", name or "no"),
        ("rule", "--", name or "no"),
        ("render", "design.yaml", "-o", name),
        ("render", "design.yaml", "-o", f"{name}://x.md"),
        ("new", name or "no", "--no-input"),
        ("new", "recsys", "--no-input", "--language", name or "no"),
        ("new", "recsys", "--no-input", "-o", "out", "--set", f"{name}=1"),
    ):
        ran = mlsd(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert ran.err.startswith(("error: ", "Usage: "))
        assert len(ran.err.splitlines()) in (2, 4)
        assert hidden(ran.err) == []
    assert snapshot(here) == before


def test_no_design_has_that_name(mlsd: Command) -> None:
    """S4: the same for `mlsd new --from`."""
    assert mlsd("new", "recsys", "--defaults", "--from", NO_NAMES["300 bytes"]).code == 2


@pytest.mark.parametrize(
    "name", [name for name in NAMES.values() if hidden(name) or name in ("CON", "nul...")] + ["a/nul./b", "com1.x", " "]
)
def test_no_folder_gets_such_a_name(mlsd: Command, here: Path, name: str) -> None:
    """S4: a new design makes no folder that some system cannot hold, or that looks like another."""
    ran = mlsd("new", "recsys", "--no-input", "-o", name)
    assert (ran.code, ran.out) == (2, "")
    assert "Name the folder in letters" in ran.err or "Say where to write" in ran.err
    assert hidden(ran.err) == []
    assert os.listdir(here) == []


@pytest.mark.parametrize("name", [name for name in NAMES.values() if name != "CON"], ids=lambda name: repr(name)[:9])
def test_a_print_of_that_name_is_written_and_named_harmless(mlsd: Command, here: Path, name: str) -> None:
    """S4, S10, S22: `-o` is where it says, and nothing beside it."""
    Path("design.yaml").write_text("title: x\n")
    output = f"{name[:200]}.md"
    ran = mlsd("render", "design.yaml", f"--output={output}")
    assert (ran.code, ran.err) == (0, "")
    assert hidden(ran.out) == []
    assert sorted(os.listdir(here)) == sorted(["design.yaml", output])


@pytest.mark.parametrize("written", ["ed -x --y='a b'", '"a folder/ed" -w', "ed $(id) `id` ; id | id > x", "ed\t-n"])
def test_the_editor_is_a_program_with_flags_never_a_shell(written: str) -> None:
    """S22: $EDITOR is split as a shell would, and nothing in it is expanded."""
    assert "".join(command({"EDITOR": written})).replace(" ", "") == written.translate(str.maketrans("", "", "'\" \t"))


def test_the_editor_gets_one_private_file_by_its_whole_path(here: Path) -> None:
    """S21, S22: flags first, then --, then an absolute path that nobody else can read, gone afterwards."""
    script = (
        "import os, sys; folder = os.path.dirname(sys.argv[-1])\n"
        "print(*sys.argv[1:], oct(os.stat(folder).st_mode), sep='|', file=open('seen', 'w'))"
    )
    Path("ed.py").write_text(script)
    assert edit("-rf", {"EDITOR": f"{sys.executable} ed.py --wait 'two words'"}) == "-rf"
    flag, words, separator, file, mode = Path("seen").read_text().strip().split("|")
    assert (flag, words, separator) == ("--wait", "two words", "--")
    assert os.path.isabs(file)
    assert not os.path.exists(file)
    assert mode == "0o40700"


@pytest.mark.parametrize("written", ["'open", "/no/such/editor --wait", "\x1b[31m"])
def test_an_editor_that_cannot_be_started_is_a_sentence(written: str) -> None:
    """S22: no traceback, the next step."""
    with pytest.raises(UsageError) as caught:
        edit("x", {"EDITOR": written})
    assert "Set " in str(caught.value.hint)


@pytest.mark.parametrize(
    "code", ["../../etc/passwd", "MET-10; id", "[red]", "\x1b[2J", "{code}", "x" * 5000, "%s", "-1"]
)
def test_a_code_that_no_rule_has(mlsd: Command, code: str) -> None:
    """S10, S11: `mlsd rule` names what it was given, harmless, and the next step."""
    ran = mlsd("rule", "--", code)
    assert (ran.code, ran.out) == (2, "")
    assert "mlsd rule lists them all" in ran.err or "Did you mean" in ran.err
    assert hidden(ran.err) == []


REFUSED = [("check", "--no\u202epe"), ("che\u202eck",), ("render", "--document", "\u202e\x1b[31m")]


@pytest.mark.parametrize("words", REFUSED)
def test_a_refused_command_line_is_harmless(mlsd: Command, here: Path, words: tuple[str, ...]) -> None:
    """S2: also where the words of the command line themselves are said again."""
    ran = mlsd(*words)
    assert (ran.code, hidden(ran.err)) == (2, [])
