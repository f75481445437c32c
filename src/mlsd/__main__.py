"""The door: ``mlsd`` and ``python -m mlsd``."""

import atexit
import gc
import sys


def main() -> None:
    """Run the command line. ``--version`` answers before anything else is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mlsd import __version__

        print(f"mlsd {__version__}")
        return
    # Modules once loaded stay: looking through them for garbage every 700 objects is a tenth of a short run,
    # and looking through them all for the last time is another tenth.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    from mlsd.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
