"""YAML in, YAML out: comments kept, every value's place known, nothing half written.

What needs the types of a design loads when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlsd.storage.editor import remove, rename, set_value
    from mlsd.storage.files import write_bytes, write_text
    from mlsd.storage.journal import Journal
    from mlsd.storage.layout import dump
    from mlsd.storage.loader import Loaded, load, read
    from mlsd.storage.reader import parse
    from mlsd.storage.stamp import Stamp, changed

__all__ = [
    "Journal",
    "Loaded",
    "Stamp",
    "changed",
    "dump",
    "load",
    "parse",
    "read",
    "remove",
    "rename",
    "set_value",
    "write_bytes",
    "write_text",
]

_MODULES = {
    "Journal": "journal",
    "Loaded": "loader",
    "Stamp": "stamp",
    "changed": "stamp",
    "dump": "layout",
    "load": "loader",
    "parse": "reader",
    "read": "loader",
    "remove": "editor",
    "rename": "editor",
    "set_value": "editor",
    "write_bytes": "files",
    "write_text": "files",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
