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
    from mlsd.cli.speech import say
    from mlsd.cli.text import cells, one_line

    out = product()
    facts = [(say(name), one_line(say(value))) for name, value in _facts()]
    widest = max(cells(name) for name, _ in facts)
    for name, value in facts:
        out.line(f"{name}{' ' * (widest - cells(name))} {value}")
    return ExitCode.OK


def _facts() -> Iterator[tuple[Message | str, Message | str]]:
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
    yield Message("system"), f"{platform.system()} {platform.release()} {platform.machine()}"
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "-"
    yield "libyaml", _libyaml()
    out = product()
    yield Message("language"), spoken().code
    yield Message("terminal"), Message(
        "stdin {stdin}, stdout {stdout}, stderr {stderr}",
        stdin=_yes(sys.stdin.isatty()), stdout=_yes(sys.stdout.isatty()), stderr=_yes(sys.stderr.isatty()),
    )  # fmt: skip
    yield Message("width"), str(talk().width)
    yield Message("colour"), _yes(out.colour)
    yield "unicode", Message("{yes} ({encoding})", yes=_yes(out.unicode), encoding=str(sys.stdout.encoding))
    yield Message("plain prompts"), _yes(wants_plain(os.environ))
    fonts = sorted(file.name for file in (templates() / "pages" / "fonts").glob("*.[ot]tf"))
    yield Message("fonts"), ", ".join(fonts) or "-"
    for name in ENVIRONMENT:
        if name in os.environ:
            yield name, os.environ[name]


def _yes(true: bool) -> Message:
    return Message("yes") if true else Message("no")


def _libyaml() -> Message | str:
    import yaml

    if not yaml.__with_libyaml__:
        return Message("- (slower without)")
    from yaml import _yaml

    return str(_yaml.get_version_string())
