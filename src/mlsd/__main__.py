"""The door: ``mlsd`` and ``python -m mlsd``."""

import gc
import sys


def main() -> None:
    """Run the command line. ``--version`` answers before anything else is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mlsd import __version__

        print(f"mlsd {__version__}")
        return
    # Modules once loaded stay: looking through them for garbage every 700 objects is a tenth of a short run.
    gc.set_threshold(200_000)
    from mlsd.cli.app import leave, run

    leave(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
