"""Asking for one number stays cheap: nothing but the standard library, and little of it."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import mlsd.sizing


def test_only_the_standard_library() -> None:
    names = sorted(module.name for module in pkgutil.iter_modules(mlsd.sizing.__path__))
    imports = "; ".join(f"import mlsd.sizing.{name}" for name in names)
    code = f"import sys; before = set(sys.modules); {imports}; print(*sorted(set(sys.modules) - before))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    tops = {name.split(".")[0] for name in out}
    assert {top for top in tops if top not in sys.stdlib_module_names} == {"mlsd"}
    rooms = {name.split(".")[1] for name in out if name.startswith("mlsd.")}
    assert rooms == {"errors", "sizing"}
    assert tops.isdisjoint({"statistics", "random", "decimal", "fractions"})
