"""``mlsd schema``: the JSON Schema of the design file."""

from __future__ import annotations

from mlsd.errors import ExitCode, Message

HELP = Message("Print the JSON Schema of the design file.")


def schema() -> int:
    """Print it on stdout."""
    import json

    from mlsd.cli.console import product
    from mlsd.design.json_schema import json_schema

    product().write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
    return ExitCode.OK
