"""Where the content lies: beside the package in an installed mlsd, at the top of the repository in a working copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mlsd.errors import Message, MlsdError

_PACKAGE = Path(__file__).resolve().parent.parent
_REPOSITORY = _PACKAGE.parent.parent


@cache
def templates() -> Path:
    """The folder ``templates/``: problems, documents, pages, registries, catalogues."""
    return _folder("templates")


@cache
def examples() -> Path:
    """The folder ``examples/``: one folder for each design that ships with mlsd."""
    return _folder("examples")


def _folder(name: str) -> Path:
    for place in (_PACKAGE / name, _REPOSITORY / name):
        if place.is_dir():
            return place
    raise MlsdError(
        Message("This installation of mlsd is incomplete: its folder “{folder}” is missing.", folder=name),
        Message("Install mlsd again."),
    )
