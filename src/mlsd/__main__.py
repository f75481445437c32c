"""The door: ``mlsd`` and ``python -m mlsd``."""

import gc
import sys

from mlsd.cli.streams import end_in_order, leave, ready


def main() -> None:
    """Run the command line. ``--version`` answers before anything else is imported."""
    ready()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mlsd import __version__

        print(f"mlsd {__version__}")
        leave(0)
    end_in_order()
    # Modules once loaded stay: looking through them for garbage every 700 objects is a tenth of a short run.
    gc.set_threshold(200_000)
    from mlsd.cli.app import run

    leave(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
