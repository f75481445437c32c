"""YAML in, YAML out: comments kept, every value's place known, nothing half written."""

from mlsd.storage.loader import Loaded, load, read
from mlsd.storage.reader import parse

__all__ = ["Loaded", "load", "parse", "read"]
