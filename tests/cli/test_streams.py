"""Standard streams that are closed, full, unbuffered, not waited for or left; a process that is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from checking import SHUFFLED, saved

MLSD = f"{sys.executable} -m mlsd"
SRC = str(Path(__file__).parents[2] / "src")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", SRC)
    saved("mlsd: 1\ntitle: A shelf\n", "a/design.yaml")


def shell(command: str, **environ: str) -> tuple[int, str]:
    """The code of the first program of a line, and what it said."""
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo code ${{PIPESTATUS[0]}} >&3"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60,
        env={**os.environ, **environ}, preexec_fn=lambda: os.dup2(1, 3), close_fds=False,
    )  # fmt: skip
    said, _, code = done.stdout.rpartition("code ")
    return int(code), said


@pytest.mark.skipif(sys.platform == "win32", reason="a line of bash")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check nope 2>&-", 2),
        ("check nope 2>/dev/full", 2),
        ("check --bogus 2>/dev/full", 2),
        ("schema >&-", 0),
        ("render a -o x.md >&-", 0),
        ("--version >/dev/full", 73),
        ("schema >/dev/full", 73),
        ("--version | true", 141),
        ("--help | true", 141),
        ("check --help | true", 141),
        ("schema | true", 141),
        ("render a -o - | true", 141),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_code_says_what_happened_whatever_became_of_the_stream(command: str, code: int, unbuffered: str) -> None:
    found, said = shell(f"{MLSD} {command}", PYTHONUNBUFFERED=unbuffered)
    assert found == code
    assert "Traceback" not in said
    assert "mlsd broke" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that does not wait")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_takes_little_at_once_gets_everything(unbuffered: str) -> None:
    whole = subprocess.run([sys.executable, "-m", "mlsd", "schema"], stdout=subprocess.PIPE, check=True).stdout
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(
        [sys.executable, "-m", "mlsd", "schema"], stdout=writer, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}
    ) as process:
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            assert pipe.read() == whole
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes that are copies")
@pytest.mark.parametrize(("ending", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)])
def test_told_to_end_no_process_stays_behind(ending: int, code: int) -> None:
    """Whoever reads the output sees its end only when no process holds it any more."""
    for number in range(400):
        saved(SHUFFLED, f"many/{number:03}/design.yaml")
    command = [*MLSD.split(), "check", "many", "--jobs", "2", "-f", "text", "-f", "sarif", "-o", "s.sarif"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        os.kill(process.pid, ending)
        rest, said = process.communicate(timeout=60)
        assert rest
        assert b"Traceback" not in said
        assert process.returncode == code
    assert not Path("s.sarif").exists()
    if ending == signal.SIGTERM:
        assert not list(Path().glob(".mlsd-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_who_has_a_hang_up_ignored_is_not_ended_by_it() -> None:
    program = (
        "import os, signal\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from mlsd.cli.streams import Ended, end_in_order\n"
        "end_in_order()\n"
        "os.kill(os.getpid(), signal.SIGHUP)\n"
        "print('still here', flush=True)\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "except Ended as end:\n"
        "    print(end.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "still here\n143\n", "")
