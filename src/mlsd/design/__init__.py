"""What a design is: pydantic models, nothing else.

The models load when they are first asked for, so that a command that needs none starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlsd.design.place import Path, Place, Places

if TYPE_CHECKING:
    from mlsd.design.design import Design
    from mlsd.design.node import Entry, Node

STAGES = ("problem", "metrics", "data", "pipeline", "model", "deploy", "ab_test")
"""The seven stages in the order in which one walks them."""

FORMAT_VERSION = 1
"""The version of the file format this program reads and writes."""

FILE_NAME = "design.yaml"
"""What a design file is called in its folder."""

SCHEMA_NAME = f"mlsd-{FORMAT_VERSION}.schema.json"
"""The name of the JSON Schema that an editor finds beside the design."""

__all__ = ["FILE_NAME", "FORMAT_VERSION", "SCHEMA_NAME", "STAGES", "Design", "Entry", "Node", "Path", "Place", "Places"]

_MODULES = {"Design": "design", "Entry": "node", "Node": "node"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
