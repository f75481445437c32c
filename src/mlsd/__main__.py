"""The door: ``mlsd`` and ``python -m mlsd``."""

import sys


def main() -> None:
    """Run the command line. ``--version`` answers before anything else is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from mlsd import __version__

        print(f"mlsd {__version__}")
        return
    from mlsd.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
