"""``mlsd doctor``: what to paste into a bug report."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.errors import ExitCode, Message

HELP = Message("Show what to paste into a bug report.")
PACKAGES = (
    "typer", "prompt_toolkit", "rich", "pydantic", "pydantic-core", "PyYAML", "Jinja2",
    "pyromark", "typst", "cloudpathlib",
)  # fmt: skip
ENVIRONMENT = (
    "TERM", "COLORTERM", "COLUMNS", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "FORCE_COLOR", "CI",
    "MLSD_LANG", "MLSD_ACCESSIBLE", "MLSD_NO_INPUT", "EDITOR", "VISUAL",
)  # fmt: skip


def doctor() -> int:
    """Print one ``name: value`` a line; nothing personal: no user, no folder, no file."""
    from mlsd.cli.console import product
    from mlsd.cli.text import one_line

    out = product()
    for name, value in _facts():
        out.line(f"{name:<16} {one_line(value)}")
    return ExitCode.OK


def _facts() -> Iterator[tuple[str, str]]:
    import os
    import platform
    import sys
    from importlib.metadata import PackageNotFoundError, version

    from mlsd import __version__
    from mlsd.cli.console import product, talk, wants_plain
    from mlsd.cli.speech import spoken
    from mlsd.content.root import templates

    yield "mlsd", __version__
    yield "python", f"{platform.python_implementation()} {platform.python_version()}"
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "-"
    yield "libyaml", _libyaml()
    out = product()
    yield "language", spoken().code
    yield "terminal", f"stdin {sys.stdin.isatty()}, stdout {sys.stdout.isatty()}, stderr {sys.stderr.isatty()}"
    yield "width", str(talk().width)
    yield "colour", str(out.colour)
    yield "unicode", f"{out.unicode} ({sys.stdout.encoding})"
    yield "plain prompts", str(wants_plain(os.environ))
    fonts = sorted(file.name for file in (templates() / "pages" / "fonts").glob("*.[ot]tf"))
    yield "fonts", ", ".join(fonts) or "-"
    for name in ENVIRONMENT:
        if name in os.environ:
            yield name, os.environ[name]


def _libyaml() -> str:
    import yaml

    if not yaml.__with_libyaml__:
        return "- (slower without)"
    from yaml import _yaml

    return str(_yaml.get_version_string())
