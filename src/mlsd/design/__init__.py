"""What a design is: pydantic models, nothing else."""

from mlsd.design.design import Design
from mlsd.design.node import Entry, Node
from mlsd.design.place import Path, Place, Places

STAGES = ("problem", "metrics", "data", "pipeline", "model", "deploy", "ab_test")
"""The seven stages in the order in which one walks them."""

FORMAT_VERSION = 1
"""The version of the file format this program reads and writes."""

__all__ = [
    "FORMAT_VERSION",
    "STAGES",
    "Design",
    "Entry",
    "Node",
    "Path",
    "Place",
    "Places",
]
