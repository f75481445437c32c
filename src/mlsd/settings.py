"""What was set for a project or by a person, so that nobody has to repeat flags.

Flags win over the environment (``MLSD_SELECT``), it over the project's file, it over the person's own, and that over
what holds when nothing is said. The project's file is ``mlsd.toml``, or the table ``[tool.mlsd]`` of pyproject.toml, in
the working folder or above it, up to the root of the repository and never beyond. No setting can make code run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from mlsd.errors import Message, UsageError

FILE = "mlsd.toml"
PYPROJECT = "pyproject.toml"
ROOTS = (".git", ".hg", ".svn", ".jj")
SEVERITIES = ("error", "warning", "info", "never")
MATURITIES = ("interview", "design", "pilot", "production")
MOST_BYTES = 1 << 20
MOST_DIGITS = 10
_COPY = Message("Copy it into the repository, or keep it among your own registries: MLSD_REGISTRIES names them.")


class Settings(NamedTuple):
    """Everything that can be set; empty where nobody said anything. ``registries`` are folders, the nearest last.

    ``places`` names the file or the variable that said it; a flag has no place.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    max_warnings: int | None = None
    maturity: str | None = None
    registries: tuple[Path, ...] = ()
    places: Mapping[str, str] = MappingProxyType({})

    def over(self, layer: Mapping[str, Any], places: Mapping[str, str] | None = None) -> Settings:
        """These settings where the layer says nothing; None says nothing."""
        said = {key.replace("-", "_"): value for key, value in layer.items() if value is not None}
        where = {key: (places or {}).get(key.replace("_", "-"), "") for key in said}
        return self._replace(**said, places={**self.places, **where})


Value = Any
"""What a TOML file may hold."""


def settings(
    flags: Mapping[str, Value],
    environ: Mapping[str, str],
    folder: Path,
    *,
    config: str | None = None,
    no_config: bool = False,
) -> Settings:
    """What holds for a command called in this folder. Raises UsageError for what cannot be read or means nothing."""
    person = Settings() if no_config else _of_person(environ)
    project = ({}, "") if no_config else _of_project(folder, config or environ.get("MLSD_CONFIG"))
    found = person.over(project[0], dict.fromkeys(project[0], project[1]))
    found = found._replace(registries=tuple(dict.fromkeys((*person.registries, *found.registries))))
    environment = dict(_said(environ, folder))
    return found.over(environment, {key: _variable(key) for key in environment}).over(flags)


def user_folder(environ: Mapping[str, str]) -> Path | None:
    """Where a person's own settings and registries lie; ``MLSD_HOME`` wins. None where there is no home."""
    if environ.get("MLSD_HOME"):
        return Path(environ["MLSD_HOME"])
    if sys.platform == "win32":
        return Path(environ["APPDATA"]) / "mlsd" if environ.get("APPDATA") else None
    base = environ.get("XDG_CONFIG_HOME") or (f"{environ['HOME']}/.config" if environ.get("HOME") else "")
    return Path(base) / "mlsd" if os.path.isabs(base) else None


def _of_person(environ: Mapping[str, str]) -> Settings:
    """A person's own settings; the folder ``registries`` beside them needs no naming."""
    home = user_folder(environ)
    if home is None:
        return Settings()
    file, beside = home / FILE, home / "registries"
    layer = (_layer(file) if os.path.isfile(file) else None) or {}
    found = Settings().over(layer, dict.fromkeys(layer, str(file)))
    return found._replace(registries=(beside, *found.registries)) if os.path.isdir(beside) else found


def _of_project(folder: Path, named: str | None) -> tuple[Mapping[str, Value], str]:
    """What the named file sets, or the nearest one that sets anything; and which file that is."""
    if named:
        if not os.path.isfile(named):
            raise UsageError(
                Message("There is no file {path}.", path=named),
                Message("Name a file of settings with --config or MLSD_CONFIG, or leave both out."),
            )
        return _fenced(_layer(Path(named)) or {}, _up(Path(os.path.abspath(named)).parent)[-1]), named
    above = _up(folder)
    for file in (one / name for one in above for name in (FILE, PYPROJECT)):
        if os.path.isfile(file):
            _refuse_outside(file, above[-1])
            if (layer := _layer(file)) is not None:
                return _fenced(layer, above[-1]), str(file)
    return {}, ""


def _fenced(layer: Mapping[str, Value], root: Path) -> Mapping[str, Value]:
    """What a project sets, once it is seen that its registries lie in its repository.

    Errors in a registry are quoted, so one that leads elsewhere would print what it leads to in a public log.
    """
    for folder in layer.get("registries") or ():
        _refuse_outside(folder, root)
        for file in sorted(folder.iterdir()) if os.path.isdir(folder) else ():
            if file.suffix.lower() == ".yaml":
                _refuse_outside(file, root)
                _refuse_link(file)
    return layer


def _refuse_outside(path: Path, root: Path) -> None:
    real, inside = os.path.realpath(path), os.path.realpath(root)
    if real != inside and not real.startswith(os.path.join(inside, "")):
        raise UsageError(Message("{path} leads out of the repository that sets it.", path=str(path)), _COPY)


def _refuse_link(file: Path) -> None:
    """What a build left in the repository, a token or a log, is no registry either."""
    if file.is_symlink():
        raise UsageError(
            Message("{path} is a symbolic link, and a registry of a project is a file of its own.", path=str(file)),
            _COPY,
        )


def _up(folder: Path) -> list[Path]:
    """The folder and those above it up to the root of the repository; the folder alone where there is none."""
    above = [folder, *folder.parents]
    root = next((at for at, one in enumerate(above) if any(os.path.exists(one / name) for name in ROOTS)), 0)
    return above[: root + 1]


def _layer(file: Path) -> Mapping[str, Value] | None:
    """What a file sets; None for a pyproject.toml that says nothing of mlsd."""
    data = _toml(file)
    if file.name == PYPROJECT:
        tools = data.get("tool", {})
        if not isinstance(tools, dict) or "mlsd" not in tools:
            return None
        data = tools["mlsd"]
        if not isinstance(data, dict):
            raise _wrong(file, "tool.mlsd", Message("a table of settings"))
    return {key: _parsed(key, value, file) for key, value in data.items()}


def _toml(file: Path) -> dict[str, Value]:
    import tomllib

    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise UsageError(Message("{path} is larger than 1 MiB.", path=str(file)), Message("Keep settings in it."))
        return tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # a wrong sign, a wrong byte, or a number of five thousand digits
        raise UsageError(
            Message("{path} is not TOML: {reason}.", path=str(file), reason=str(error).rstrip(".")),
            Message("Mend it, name another with --config, or use none with --no-config."),
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Message("{path} cannot be read: {reason}.", path=str(file), reason=reason),
            Message("Name another with --config, or use none with --no-config."),
        ) from None


def _parsed(key: str, value: Value, file: Path) -> Value:
    if key not in KEYS:
        raise UsageError(Message("{path}: there is no setting “{key}”.", path=str(file), key=key), _nearest(key))
    parsed = KEYS[key](value, file.parent)
    if parsed is None:
        raise _wrong(file, key, _WANTED[key])
    return parsed


def _variable(key: str) -> str:
    return f"MLSD_{key.replace('-', '_').upper()}"


def _said(environ: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Value]]:
    for key, parse in KEYS.items():
        name = _variable(key)
        text = environ.get(name)
        if not text:
            continue
        value: Value = text.split(os.pathsep) if key == "registries" else text
        if key == "max-warnings":
            value = int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else text
        parsed = parse(value, folder)
        if parsed is None:
            raise UsageError(Message("{name} is “{value}”.", name=name, value=text), _belongs(_WANTED[key]))
        yield key, parsed


def _words(value: Value, folder: Path) -> tuple[str, ...] | None:
    entries = value.split(",") if isinstance(value, str) else value
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        return None
    return tuple(entry.strip() for entry in entries if entry.strip())


def _folders(value: Value, folder: Path) -> tuple[Path, ...] | None:
    if not isinstance(value, list) or not all(
        isinstance(entry, str) and entry and "\0" not in entry for entry in value
    ):
        return None
    return tuple(folder / entry for entry in value)


def _count(value: Value, folder: Path) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _among(words: tuple[str, ...]) -> Callable[[Value, Path], str | None]:
    return lambda value, folder: value if value in words else None


KEYS: Mapping[str, Callable[[Value, Path], Value]] = {
    "select": _words,
    "ignore": _words,
    "fail-on": _among(SEVERITIES),
    "max-warnings": _count,
    "maturity": _among(MATURITIES),
    "registries": _folders,
}
_WANTED = {
    "select": Message('a list of codes, such as ["MET", "ABT-00"]'),
    "ignore": Message('a list of codes, such as ["MET", "ABT-00"]'),
    "fail-on": Message("one of {words}", words=list(SEVERITIES)),
    "max-warnings": Message("a whole number, not below 0"),
    "maturity": Message("one of {words}", words=list(MATURITIES)),
    "registries": Message("a list of folders"),
}


def _wrong(file: Path, key: str, wanted: Message) -> UsageError:
    return UsageError(Message("{path}: “{key}” cannot be read.", path=str(file), key=key), _belongs(wanted))


def _belongs(wanted: Message) -> Message:
    return Message("Here belongs {wanted}.", wanted=wanted)


def _nearest(key: str) -> Message:
    from difflib import get_close_matches

    near = get_close_matches(key.replace("_", "-").lower(), KEYS, 1)
    if near:
        return Message("Did you mean “{key}”?", key=near[0])
    return Message("The settings are {keys}.", keys=list(KEYS))
