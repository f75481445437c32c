"""Where nothing can be written, or somebody else writes: a sentence, exit 73, and everything as it was."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from security_run import Ran, hidden, snapshot

from mlsd.content.language import language
from mlsd.errors import CannotWrite, MlsdError
from mlsd.interview.session import Session
from mlsd.storage import journal

Command = Callable[..., Ran]
WRITERS = {
    "render md": ("render", "design.yaml", "-o", "out/x.md"),
    "render html": ("render", "design.yaml", "-o", "out/x.html", "--document", "one-pager"),
    "new": ("new", "recsys", "--defaults", "-o", "out"),
    "new --force": ("new", "recsys", "--no-input", "-o", "out", "--force"),
}


@pytest.fixture
def design(here: Path) -> Path:
    Path("design.yaml").write_text("title: x\n")
    return here


@contextmanager
def nobody() -> Iterator[None]:
    """Root may do anything; step down for a moment."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(0)


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def refused(ran: Ran) -> None:
    assert (ran.code, ran.out) == (73, "")
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 2
    assert hidden(ran.err) == []


@pytest.mark.parametrize("arguments", WRITERS.values(), ids=WRITERS)
def test_a_folder_that_may_not_be_written(mlsd: Command, design: Path, arguments: tuple[str, ...]) -> None:
    """S21: read-only folder."""
    Path("out").mkdir()
    Path("out").chmod(0o555)
    for folder in (design, *design.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    mlsd("render", "design.yaml", "-o", "loaded.html")  # whoever steps down may not read where Python is installed
    before = snapshot(design)
    with nobody():
        if os.access("out", os.W_OK, effective_ids=True):
            pytest.skip("this user may write anywhere")
        refused(mlsd(*arguments))
    assert snapshot(design) == before


@pytest.mark.parametrize("arguments", WRITERS.values(), ids=WRITERS)
def test_a_disk_that_is_full(mlsd: Command, design: Path, arguments: tuple[str, ...]) -> None:
    """S21: no room for the file: the old one stands, no piece of the new one is left."""
    Path("out").mkdir()
    for name in ("x.md", "x.html", "design.yaml"):
        Path("out", name).write_text("title: old\n")
    before = snapshot(design)
    with files_at_most(10):
        ran = mlsd(*arguments) if arguments[-1] != "out" else mlsd(*arguments, "--force")
    refused(ran)
    assert "larger than this system allows" in ran.err or "full" in ran.err
    assert snapshot(design) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", ["check", "check -f json", "render -o -", "size", "rule --all", "schema", "--help"])
def test_an_output_that_is_full(design: Path, words: str) -> None:
    """The reader of standard output has no room: a sentence and the code of what cannot be written."""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "mlsd", *words.split()], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 73
    assert ran.stderr.splitlines()[-1] == "  Make room, or send it elsewhere."


@pytest.mark.parametrize("kind", ["file", "folder", "dangling", "loop", "device"])
@pytest.mark.parametrize("arguments", WRITERS.values(), ids=WRITERS)
def test_nothing_is_written_through_a_link(
    mlsd: Command, design: Path, tmp_path: Path, arguments: tuple[str, ...], kind: str
) -> None:
    """S6: whatever the link leads to stays as it was, and nothing appears where it led to nothing."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("keep")
    target = {"file": outside / "secret", "folder": outside, "dangling": outside / "new", "device": "/dev/null"}
    Path("out").mkdir()
    for name in ("x.md", "x.html", "design.yaml"):
        Path("out", name).symlink_to(target.get(kind, name))
    before = snapshot(tmp_path)
    ran = mlsd(*arguments)
    assert ran.code == 73
    assert "symbolic link" in ran.err
    assert snapshot(tmp_path) == before


def test_nothing_is_written_through_a_linked_folder(mlsd: Command, design: Path, tmp_path: Path) -> None:
    """S6: a repository may hold a folder that is a link; the folder it leads to stays as it was."""
    (tmp_path / "outside").mkdir()
    Path("docs").symlink_to(tmp_path / "outside")
    Path("deep").mkdir()
    Path("deep/link").symlink_to(tmp_path / "outside")
    for command in (
        ("render", "-o", "docs/x.md"),
        ("render", "-o", "deep/link/x.html"),
        ("check", "--fail-on", "never", "--write-baseline", "docs/known.json"),
        ("check", "--fail-on", "never", "-f", "sarif", "-o", "docs/x.sarif"),
        ("new", "recsys", "--defaults", "-o", "docs/new"),
        ("new", "recsys", "--defaults", "-o", "deep/link"),
    ):
        ran = mlsd(*command)
        assert (ran.code, "is a symbolic link" in ran.err) == (73, True), command
    with pytest.raises(CannotWrite, match="is a symbolic link"):
        journal.load("docs").save()
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_link_where_the_notes_should_be(mlsd: Command, design: Path, tmp_path: Path) -> None:
    """S6: `.mlsd` that is a link is not written through; the design is not half begun."""
    outside = tmp_path / "outside"
    outside.mkdir()
    Path("out").mkdir()
    Path("out/.mlsd").symlink_to(outside)
    ran = mlsd("new", "recsys", "--defaults", "-o", "out")
    assert ran.code == 73
    assert list(outside.iterdir()) == []


def test_a_link_from_the_default_folder_to_another_place(mlsd: Command, here: Path, tmp_path: Path) -> None:
    """S4, S6: `mlsd new recsys` writes below the folder one stands in, also where a link says else."""
    (tmp_path / "outside").mkdir()
    Path("recsys").symlink_to(tmp_path / "outside")
    assert mlsd("new", "recsys", "--defaults").code == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_prints_of_one_call_are_all_written_or_none(mlsd: Command, design: Path) -> None:
    """S21: “Nothing has changed on the disk” is true of the other outputs too."""
    Path("b.md").write_text("old\n")
    ran = mlsd("render", "design.yaml", "-o", "a.md", "-o", "b.md", "-o", "nowhere/c.md")
    assert ran.code == 73
    assert (ran.out, Path("b.md").read_text()) == ("", "old\n")
    assert sorted(os.listdir(design)) == ["b.md", "design.yaml"]


def test_a_print_over_the_design_itself_is_refused_by_its_ending(mlsd: Command, design: Path) -> None:
    """S4: `-o design.yaml` names no form of print."""
    assert mlsd("render", "design.yaml", "-o", "design.yaml").code == 2
    assert Path("design.yaml").read_text() == "title: x\n"


def begun(mlsd: Command) -> Path:
    assert mlsd("new", "recsys", "--no-input", "-o", "out").code == 0
    return Path("out/design.yaml").resolve()


def test_a_design_that_changed_meanwhile_is_not_written_over(mlsd: Command, here: Path) -> None:
    """S21: somebody saved the file between two answers: their words stay, and so does the answer."""
    file = begun(mlsd)
    session = Session(file, language("en"))
    assert session.prompt() is not None
    theirs = file.read_text().replace("maturity:", "# their line\nmaturity:")
    file.write_text(theirs)
    session.answer("Mine")
    assert "# their line" in file.read_text()
    assert "Mine" in file.read_text()


@pytest.mark.parametrize("content", [b"modell: 1\n", b"\xff", b"a: &a [*a]"], ids=["key", "bytes", "loop"])
def test_a_design_that_was_spoilt_meanwhile_is_left_alone(mlsd: Command, here: Path, content: bytes) -> None:
    """S21: an answer never replaces a file that cannot be read."""
    file = begun(mlsd)
    session = Session(file, language("en"))
    session.prompt()
    file.write_bytes(content)
    with pytest.raises(MlsdError):
        session.answer("Mine")
    assert file.read_bytes() == content


@pytest.mark.parametrize("kind", ["gone", "folder", "link", "link to itself"])
def test_a_design_that_was_swapped_meanwhile(mlsd: Command, here: Path, tmp_path: Path, kind: str) -> None:
    """S6: a swap between two answers is noticed: nothing outside is touched, no traceback."""
    file = begun(mlsd)
    session = Session(file, language("en"))
    session.prompt()
    outside = tmp_path / "outside.yaml"
    outside.write_text("title: keep\n")
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind != "gone":
        file.symlink_to(outside if kind == "link" else file)
    with pytest.raises(MlsdError) as caught:
        session.answer("Mine")
    assert caught.value.hint is not None
    assert outside.read_text() == "title: keep\n"


DAMAGED = {
    "bytes": b"\xff\x00", "list": b"[1]", "deep": b"[" * 100_000, "numbers": b'{"question": 7, "seconds": "x"}',
    "unknown question": b'{"question": "../../x", "order": ["\\u001b[31m", "x"], "stage": "nowhere", "mode": "x"}',
    "large": b'{"order": [' + b'"x",' * 300_000 + b'"x"]}', "infinite": b'{"seconds": 1e999}',
    "huge": b'{"seconds": 1e308}', "digits": b'{"seconds": ' + b"9" * 5000 + b"}", "template": b'{"template": "../x"}',
}  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_journal_costs_the_position_only(mlsd: Command, here: Path, content: bytes) -> None:
    """S21: `.mlsd/journal.json` may hold anything: the interview goes on, and answers are kept."""
    file = begun(mlsd)
    Path("out/.mlsd/journal.json").write_bytes(content)
    session = Session(file, language("en"))
    assert session.prompt() is not None
    session.answer("Mine")
    assert "Mine" in file.read_text()


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "a file for the folder"])
def test_a_journal_that_is_no_file(mlsd: Command, here: Path, tmp_path: Path, kind: str) -> None:
    """S6: nothing is followed, nothing hangs; what cannot be written says so."""
    file = begun(mlsd)
    notes = Path("out/.mlsd/journal.json")
    notes.unlink()
    (tmp_path / "outside").write_text('{"question": "title"}')
    if kind == "folder":
        notes.mkdir()
    elif kind == "pipe":
        os.mkfifo(notes)
    elif kind == "link":
        notes.symlink_to(tmp_path / "outside")
    else:
        Path("out/.mlsd/.gitignore").unlink()
        Path("out/.mlsd").rmdir()
        Path("out/.mlsd").write_text("x")
    session = Session(file, language("en"))
    assert session.prompt() is not None
    with pytest.raises(CannotWrite):
        session.answer("Mine")
    assert (tmp_path / "outside").read_text() == '{"question": "title"}'


@pytest.mark.parametrize("source", ["/etc/passwd", "nowhere.yaml", "x" * 300, "a\x00b", "."])
def test_a_journal_that_names_a_foreign_source(mlsd: Command, here: Path, source: str) -> None:
    """S5: another file named in the journal is a design or a sentence, never a suggestion and never a traceback."""
    file = begun(mlsd)
    notes = journal.load(file.parent)
    notes.source = source
    notes.save()
    with pytest.raises(MlsdError):
        Session(file, language("en")).prompt()
