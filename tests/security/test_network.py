"""Nothing talks to another machine, and nothing needs one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import hostile
import pytest

AUDITED = """
import sys
def guard(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        print("NETWORK", event, arguments, file=sys.stderr)
        import os
        os._exit(99)
sys.addaudithook(guard)
sys.argv = ["mlsd", *sys.argv[1:]]
from mlsd.__main__ import main
main()
"""


def test_the_suite_itself_has_no_network() -> None:
    """S25: what tests/conftest.py promises."""
    with pytest.raises(Exception, match=r"socket\.connect"), socket.socket() as one:
        one.connect(("192.0.2.1", 80))
    with pytest.raises(Exception, match=r"socket\.getaddrinfo"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("doctor",),
        ("check", "design.yaml", "--fail-on", "never"),
        ("render", "design.yaml", "-o", "x.md", "-o", "x.html", "-o", "x.pdf"),
        ("new", "recsys", "--defaults", "-o", "out"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_runs_without_a_network(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """S15, S25, S26: no socket is connected or asked for; where the system can, no network card is there either."""
    (tmp_path / "design.yaml").write_text(hostile.as_yaml(hostile.attacked(*hostile.DRAWN.values())))
    cage = ["unshare", "-rn"] if can_cage() else []
    command = [*cage, sys.executable, "-c", AUDITED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def can_cage() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0


def test_importing_everything_opens_no_socket() -> None:
    """S26: no module of ours, and none it imports, talks when it is imported."""
    program = (
        AUDITED.partition("sys.argv")[0]
        + """
import importlib, pkgutil, mlsd
for module in pkgutil.walk_packages(mlsd.__path__, "mlsd."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
