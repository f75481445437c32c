"""Runs ``mlsd`` again and again in children of one process, as long as they are killed: ``python again.py FOLDER``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(folder: str) -> int:
    import mlsd.cli.new
    import mlsd.cli.prompts.terminal
    import mlsd.cli.sitting
    import mlsd.cli.wizard  # noqa: F401 - loaded before the fork
    from mlsd.cli.app import run

    while True:
        there = (Path(folder) / "design.yaml").exists()
        child = os.fork()
        if not child:
            os._exit(run(["resume", folder] if there else ["new", "recsys", "-o", folder]))
        (Path(folder).parent / "child").write_text(str(child))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        print(f"\r\nkilled by {os.WTERMSIG(status)}\r\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
