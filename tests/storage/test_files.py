"""A file is the old one or the new one, whatever happens while it is written."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mlsd.errors import CannotWrite, ExitCode
from mlsd.storage.files import write_text, writing
from mlsd.storage.stamp import Stamp, changed


def said(path: Path | str, text: str = "new", expected: Stamp | None = None) -> str:
    with pytest.raises(CannotWrite) as caught:
        write_text(path, text, expected)
    assert caught.value.exit_code == ExitCode.CANNOT_WRITE
    return f"{caught.value.message} {caught.value.hint}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "design.yaml"
    path.write_text("old", encoding="utf-8")
    return path


NOTHING_CHANGED = "Nothing has changed on the disk; name another place, or make room or rights for this one."


def test_a_file_is_written_and_its_rights_stay(file: Path) -> None:
    file.chmod(0o640)
    stamp = write_text(file, "title: ряд\n")
    assert file.read_bytes() == "title: ряд\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert stamp == Stamp.taken(file)
    assert os.listdir(file.parent) == ["design.yaml"]


def test_a_new_file_gets_the_usual_rights(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_text(tmp_path / "a", "x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "fchmod", "fstat"])
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EACCES, "The folder may not be written to."),
        (errno.EIO, "Input/output error."),
    ],
)
def test_a_system_call_fails(file: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, reason: str) -> None:
    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        message = said(file)
    assert message == f"{file} cannot be written. {reason} {NOTHING_CHANGED}"
    assert file.read_text() == "old"
    assert os.listdir(file.parent) == ["design.yaml"]


def test_a_write_that_takes_only_a_part_goes_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, content: write(handle, bytes(content[:3])))
        write_text(file, "0123456789")
    assert file.read_text() == "0123456789"


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "close"])
def test_killed_at_any_step_the_file_is_old_or_new(file: Path, step: str) -> None:
    program = (
        "import os, signal, sys; from mlsd.storage.files import write_text; "
        f"os.{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL); write_text(sys.argv[1], 'new')"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert file.read_text() == "old"


def test_interrupted_nothing_is_left_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(file, "new")
    assert file.read_text() == "old"
    assert os.listdir(file.parent) == ["design.yaml"]


def test_a_file_larger_than_the_system_allows(file: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        message = said(file, "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert message == f"{file} cannot be written. The file would be larger than this system allows. {NOTHING_CHANGED}"
    assert file.read_text() == "old"
    assert os.listdir(file.parent) == ["design.yaml"]


@contextmanager
def nobody() -> Iterator[None]:
    """Root may do anything, so the tests of rights step down for a moment."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(0)


def test_a_folder_that_may_not_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "design.yaml").write_text("old")
        (folder / "design.yaml").chmod(0o666)
        folder.chmod(0o555)
        with nobody():
            message = said(folder / "design.yaml")
        folder.chmod(0o755)
        assert message == f"{name}/design.yaml cannot be written. The folder may not be written to. {NOTHING_CHANGED}"
        assert (folder / "design.yaml").read_text() == "old"


def test_a_file_that_may_not_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "design.yaml").write_text("old")
        (folder / "design.yaml").chmod(0o444)
        with nobody():
            message = said(folder / "design.yaml")
        path = f"{name}/design.yaml"
        assert message == f"{path} is marked as read-only. Allow writing to it: chmod u+w {path}"
        assert (folder / "design.yaml").read_text() == "old"


def test_a_symbolic_link_is_refused_and_what_it_leads_to_stays(file: Path) -> None:
    link = file.parent / "link.yaml"
    link.symlink_to(file)
    assert said(link) == (
        f"{link} is a symbolic link, and writing through it could reach any file. "
        f"Name the file it leads to: {os.path.realpath(file)}"
    )
    assert file.read_text() == "old"
    assert link.is_symlink()


def test_a_link_that_leads_nowhere_or_to_itself_is_refused(tmp_path: Path) -> None:
    dangling, loop = tmp_path / "dangling", tmp_path / "loop"
    dangling.symlink_to(tmp_path / "absent")
    loop.symlink_to(loop)
    assert said(dangling).startswith(f"{dangling} is a symbolic link")
    assert said(loop).startswith(f"{loop} is a symbolic link")
    assert not (tmp_path / "absent").exists()


def test_a_link_put_there_in_the_last_moment_is_replaced_not_followed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = file.parent / "secret"
    secret.write_text("secret")
    fsync = os.fsync

    def swap(handle: int) -> None:
        fsync(handle)
        if not file.is_symlink():
            file.unlink()
            file.symlink_to(secret)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", swap)
        write_text(file, "new")
        patch.undo()
    assert secret.read_text() == "secret"
    assert file.is_symlink() or file.read_text() == "new"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent/design.yaml", "The folder is not there."),
        ("design.yaml/x", "A part of the path is a file, not a folder."),
        (".", "It is a folder."),
        ("x" * 300, "The name is too long for this system."),
        ("a\0b", "This is no name of a file."),
    ],
)
def test_a_path_that_cannot_be_a_file(file: Path, name: str, reason: str) -> None:
    path = os.path.join(file.parent, name)
    assert said(path) == f"{path} cannot be written. {reason} {NOTHING_CHANGED}"


def test_a_device_is_refused() -> None:
    assert said("/dev/null") == (
        "/dev/null is a device or a pipe, not a file. Write - for standard output, or name a file."
    )


def test_somebody_elses_change_is_not_written_over(file: Path) -> None:
    stamp = Stamp.taken(file)
    assert stamp is not None
    file.write_text("OLD")
    os.utime(file, ns=(stamp.mtime_ns, stamp.mtime_ns))
    assert changed(file, stamp)
    assert said(file, expected=stamp) == (
        f"{file} has changed since it was read. Somebody else's change is kept: read the file again, then repeat yours."
    )
    assert file.read_text() == "OLD"
    file.unlink()
    assert said(file, expected=stamp).startswith(f"{file} has changed since it was read.")


def test_a_mere_touch_is_no_change(file: Path) -> None:
    stamp = Stamp.taken(file)
    assert stamp is not None
    os.utime(file, ns=(1, 1))
    assert not changed(file, stamp)
    after = write_text(file, "new", stamp)
    assert write_text(file, "newer", after) == Stamp.taken(file)


def test_a_file_written_bit_by_bit_stands_there_in_the_end(file: Path) -> None:
    file.chmod(0o640)
    with writing(file) as add:
        add(b"title: ")
        add("ряд\n".encode())
        assert file.read_text() == "old"
    assert file.read_bytes() == "title: ряд\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(file.parent) == ["design.yaml"]


def test_a_file_that_is_broken_off_is_the_old_one(file: Path) -> None:
    def broken_off() -> None:
        with writing(file) as add:
            add(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert file.read_text() == "old"
    assert os.listdir(file.parent) == ["design.yaml"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "fchmod"])
def test_a_system_call_fails_between_the_bits(file: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write() -> None:
        with monkeypatch.context() as patch, writing(file) as add:
            patch.setattr(os, step, fail)
            add(b"new")

    with pytest.raises(CannotWrite) as caught:
        write()
    assert str(caught.value.message) == f"{file} cannot be written. The disk is full."
    assert file.read_text() == "old"
    assert os.listdir(file.parent) == ["design.yaml"]


@pytest.mark.parametrize("name", ["link", "folder", "no/such", "/dev/null"])
def test_what_cannot_be_written_is_refused_before_the_first_bit(file: Path, name: str) -> None:
    (file.parent / "link").symlink_to(file)
    (file.parent / "folder").mkdir()
    with pytest.raises(CannotWrite), writing(file.parent / name):
        pytest.fail("it was opened")
    assert file.read_text() == "old"
    assert sorted(os.listdir(file.parent)) == ["design.yaml", "folder", "link"]
