"""Tables for the terminal, drawn by rich without boxes; cells are text and never markup."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.cli.console import Console
from mlsd.cli.text import safe_text


def show(head: Sequence[str], rows: Sequence[Sequence[str]], out: Console, *, numbers: Sequence[int] = ()) -> None:
    """Columns side by side as wide as they need, the last one wrapped; those in ``numbers`` are flush right."""
    from rich.console import Console as Drawing
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column, title in enumerate(head):
        last = column == len(head) - 1
        table.add_column(Text(title), justify="right" if column in numbers else "left", no_wrap=not last)
    for row in rows:
        table.add_row(*(Text(out.letters(safe_text(cell))) for cell in row))
    drawing = Drawing(
        file=out.stream,
        width=out.width,
        force_terminal=out.colour,
        no_color=not out.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with drawing.capture() as drawn:
        drawing.print(table)
    for line in drawn.get().splitlines():
        out.line(line.rstrip())
