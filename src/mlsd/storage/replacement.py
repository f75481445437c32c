"""A new value in the place of an old one."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from mlsd.design import STAGES, Path
from mlsd.storage.ground import Ground
from mlsd.storage.layout import after_key, entry, flow
from mlsd.storage.spans import Entry, Node

_COMMENT: Final = re.compile(r"[ \t]*#[^\r\n]*")
_COMMENT_BELOW: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n[ \t]*)*\r?\n([ ]*)#")


class Slot(NamedTuple):
    """Where a value hangs: the offset behind its colon or dash, and that key's or dash's column."""

    anchor: int
    column: int


def replace(ground: Ground, path: Path, value: Any) -> str:
    """The text with a new value at a path that is there."""
    if ground.in_flow(path):
        return _in_flow(ground, path, value)
    found, node = ground.tree.entry(path) or (None, ground.node(path))
    slot = slot_of(ground, path, found)
    if _is_text_at_the_end(value) and _is_followed_by_a_deeper_comment(ground, slot, node):
        new = " " + flow(value)  # as a block the text would take the comment for its next line
    elif found is not None:
        new = after_key(value, slot.column, ground.column(slot.anchor), spread=len(path) == 1 and path[0] in STAGES)
    else:
        new = entry(value, slot.column)[1:]
    return _in_block(ground, slot, node, new)


def slot_of(ground: Ground, path: Path, found: Entry | None) -> Slot:
    """The slot of a value outside braces and brackets."""
    if found is not None:
        return Slot(ground.text.index(":", found[1]) + 1, ground.column(found[0]))
    dash = dash_of(ground, path)
    return Slot(dash + 1, ground.column(dash))


def dash_of(ground: Ground, path: Path) -> int:
    """The offset of the dash of a list entry."""
    parent = ground.node(path[:-1])
    position = path[-1]
    if position == 0 or not isinstance(parent[2], list) or not isinstance(position, int):
        return parent[0]
    begin, column = parent[2][position - 1][1], ground.column(parent[0])
    dash = re.compile(rf"^[ ]{{{column}}}-", re.MULTILINE).search(
        ground.text, begin, max(begin, parent[2][position][0])
    )
    return dash.end() - 1 if dash else ground.text.rindex("-", begin, parent[2][position][0])


def _in_flow(ground: Ground, path: Path, value: Any) -> str:
    found, node = ground.tree.entry(path) or (None, ground.node(path))
    start, end = node[:2]
    lead = ""
    if found is not None:
        between = ground.text[found[1] : start]
        lead = "" if between[-1:].isspace() else " " if ":" in between else ": "
    return ground.text[:start] + lead + flow(value) + ground.text[end:]


def _is_text_at_the_end(value: Any) -> bool:
    while value and isinstance(value, dict | list):
        value = list(value.values())[-1] if isinstance(value, dict) else value[-1]
    return isinstance(value, str) and "\n" in value


def _is_followed_by_a_deeper_comment(ground: Ground, slot: Slot, node: Node) -> bool:
    following = _COMMENT_BELOW.match(ground.text, node[1])
    return bool(following and len(following.group(1)) > slot.column)


def _in_block(ground: Ground, slot: Slot, node: Node, new: str) -> str:
    text, newline = ground.text, ground.newline
    gap = text[slot.anchor : node[0]]
    tail, tail_end = ground.comment_after(node[1])
    comments = [
        found.group() if found.start() == 0 else "  " + found.group().strip() for found in _COMMENT.finditer(gap)
    ]
    comments += [comment for comment in (ground.header_comment(node), tail) if "#" in comment]
    end = tail_end if "#" in tail else node[1]
    head, line_break, body = new.partition("\n")
    if head and gap and not gap.strip(" "):
        head = gap + head.lstrip(" ")
    begin = ground.line_start(slot.anchor)
    indent = re.compile(r"[ ]*").match(text, begin)
    above = "".join((indent.group() if indent else "") + comment.strip() + newline for comment in comments[1:])
    piece = head + "".join(comments[:1]) + line_break + body + ("\n" if body and end == len(text) else "")
    return text[:begin] + above + text[begin : slot.anchor] + piece.replace("\n", newline) + text[end:]
