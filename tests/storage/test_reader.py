# ruff: noqa: E501
"""What the reader makes of YAML, and what it says about what it does not take."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import Unreadable
from mlsd.storage.reader import parse, parse_tree


def said(text: str) -> str:
    """The refusal as one line: code, place, message, hint."""
    with pytest.raises(Unreadable) as caught:
        parse(text, "design.yaml")
    (fault,) = caught.value.faults
    return f"{fault.code} {fault.place}: {fault.message} {fault.hint}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("70:30", "70:30"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("1e3", 1000.0),
        ("0755", "0755"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1.10", 1.1),
        ("2026-01-01", "2026-01-01"),
        ("~", None),
        ("null", None),
        ("", None),
        ("NaN", "NaN"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("2_000_000", "2_000_000"),
        ("5%", "5%"),
        ("1.2M", "1.2M"),
        ("-5", -5),
        ("0", 0),
        ("+.5", 0.5),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", "1234567890123456789"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("True", True),
        ("false", False),
        ("tRUE", "tRUE"),
        ('"5"', "5"),
        ("'no'", "no"),
        ("день", "день"),
        ("😀", "😀"),
    ],
)
def test_a_plain_word_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    data, _ = parse(f"a: {written}", "design.yaml")
    assert data == {"a": meant}
    assert type(data["a"]) is type(meant)


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment only\n", "---\n", "~", "\ufeff"])
def test_nothing_reads_as_an_empty_mapping(text: str) -> None:
    assert parse(text, "design.yaml")[0] == {}


def test_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    data, places = parse("\ufefftitle: x\r\nauthors:\r\n  - A\r\n  - |\r\n    B\r\n    C\r\n", "design.yaml")
    assert data == {"title": "x", "authors": ["A", "B\nC\n"]}
    assert str(places.of(("title",))) == "design.yaml:1:1"
    assert str(places.of(("authors", 0))) == "design.yaml:3:5"


def test_every_value_and_key_has_its_place() -> None:
    text = "title: Related items   # why\nproblem:\n  goal: {target: 1.86, by: 2027-06-30}\n  risks:\n  - |\n    one\n\n\nx: [a,\n  b]\n"
    _, places = parse(text, "design.yaml")
    values = {path: text[place.start : place.end] for path, place in places.values.items() if path}
    keys = {path: text[place.start : place.end] for path, place in places.keys.items()}
    assert values == {
        ("title",): "Related items",
        ("problem",): "goal: {target: 1.86, by: 2027-06-30}\n  risks:\n  - |\n    one",
        ("problem", "goal"): "{target: 1.86, by: 2027-06-30}",
        ("problem", "goal", "target"): "1.86",
        ("problem", "goal", "by"): "2027-06-30",
        ("problem", "risks"): "- |\n    one",
        ("problem", "risks", 0): "|\n    one",
        ("x",): "[a,\n  b]",
        ("x", 0): "a",
        ("x", 1): "b",
    }
    assert all(path[-1] == key for path, key in keys.items())
    place = places.values[("x",)]
    assert (place.line, place.column, place.end_line, place.end_column) == (9, 4, 10, 5)
    assert ("x", 2) not in places.values
    assert ("title", "x") not in places.values


LOL = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
WRITE_OUT = "Write the value itself; text that begins so goes in quotes."
ALIGN = "Start the keys of one mapping in the same column, and the entries of a list with “- ”."
QUOTE = 'If it is text, put it in quotes: "70 %: all", "> 0.2", "@home".'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LOL, f"FMT-01 design.yaml:1:4: “&a” names a part to repeat it (an anchor), which a design may not. {WRITE_OUT}"),
        ("a: &a [*a]", f"FMT-01 design.yaml:1:4: “&a” names a part to repeat it (an anchor), which a design may not. {WRITE_OUT}"),
        ("a: [1, *b]", f"FMT-01 design.yaml:1:8: “*b” repeats another part of the file (an alias), which a design may not. {WRITE_OUT}"),
        ("a: !!python/object/apply:os.system [x]", f"FMT-01 design.yaml:1:4: “!!python/object/apply:os.system” sets the type of a value (a tag), which a design may not. {WRITE_OUT}"),
        ("a: !include x.yaml", f"FMT-01 design.yaml:1:4: “!include” sets the type of a value (a tag), which a design may not. {WRITE_OUT}"),
        ("a: !<tag:x,2000:y> b", f"FMT-01 design.yaml:1:4: “tag:x,2000:y” sets the type of a value (a tag), which a design may not. {WRITE_OUT}"),
        ("title: x\nproblem:\n  title: y\ntitle: z", "FMT-01 design.yaml:4:1: The key “title” is given twice, first on line 1. Keep one of the two."),
        ("a: 1\n---\nb: 2", "FMT-01 design.yaml:2:1: A second document begins here, and a design is one document. Delete the “---” between them, or keep the second in a file of its own."),
        ("[a]: b", "FMT-01 design.yaml:1:1: A key must be text, and here stands a list or a mapping. Write a word before the colon; text in brackets or braces goes in quotes."),
        ("? {a: b}\n: c", "FMT-01 design.yaml:1:3: A key must be text, and here stands a list or a mapping. Write a word before the colon; text in brackets or braces goes in quotes."),
        ("404: x", 'FMT-01 design.yaml:1:1: A key must be text, and “404” reads as something else. Put it in quotes: "404".'),
        ("?\n: x", "FMT-01 design.yaml:1:2: A key is missing before the colon. Write the key, or delete the line."),
        ("a: {margin: 0,5}", 'FMT-01 design.yaml:1:15: The comma before “5” ends the value, so a key seems to begin here. Put a number with a comma in quotes: "0,5 %".'),
        ("a: b\x07", "FMT-01 design.yaml:1:5: Here stands a character that nobody sees (U+0007). Delete it, or write it as an escape in double quotes."),
        ("a: b\x85c: d", "FMT-01 design.yaml:1:5: Here stands a character that nobody sees (U+0085). Delete it, or write it as an escape in double quotes."),
        ("a: b\u2028", "FMT-01 design.yaml:1:5: Here stands a character that nobody sees (U+2028). Delete it, or write it as an escape in double quotes."),
        ("\ufeffa: \ufeffb", "FMT-01 design.yaml:1:4: Here stands a character that nobody sees (U+FEFF). Delete it, or write it as an escape in double quotes."),
        ("a: \udc80", "FMT-01 design.yaml:1:4: Here stands a character that nobody sees (U+DC80). Delete it, or write it as an escape in double quotes."),
        ("a:\n\tb: 1", "FMT-01 design.yaml:2:1: A tab stands where spaces indent. Indent with spaces."),
        ("a: b\n\tc", "FMT-01 design.yaml:2:1: A tab stands where spaces indent. Indent with spaces."),
        ("[" * 3000, "FMT-01 design.yaml:1:51: Lists and mappings stand more than 50 deep in one another. Close a bracket: no field of a design is deeper than ten."),
        ("a: Note: all", 'FMT-01 design.yaml:1:8: A second “: ” stands here, where a value has already begun. Put text with a colon in quotes: "Note: all". A key starts in the column of its neighbours.'),
        ("a: > 0.2", f"FMT-01 design.yaml:1:6: After “>” or “|” only a line break may stand. {QUOTE}"),
        ("a: @home", f"FMT-01 design.yaml:1:4: No value can begin with “@”. {QUOTE}"),
        ("a: * b", f"FMT-01 design.yaml:1:5: “*” or “&” begins a name in YAML, and here none follows. {QUOTE}"),
        ("b: 1\na: 'x\ny: z", "FMT-01 design.yaml:2:4: A quote is opened here and never closed. Close the quote; a quote mark inside is written twice ('') or as \\\"."),
        ('a: "\\d"', "FMT-01 design.yaml:1:5: “\\” begins nothing known here. Write “\\\\” for a backslash, or use single quotes: 'C:\\data'."),
        ("x:\n  a: [1,\n    2\nb: 3", "FMT-01 design.yaml:4:2: The bracket opened on line 2 is not closed, or a comma is missing. Close what was opened, and put a comma between entries."),
        ("a: [1, ", "FMT-01 design.yaml:1:8: The file ends here, and a bracket or brace is still open. Close what was opened, and put a comma between entries."),
        ("a: [1,, 2]", "FMT-01 design.yaml:1:7: A value is missing here. Write the value, or leave its key out."),
        ("a:\n  b: 1\n c: 2", f"FMT-01 design.yaml:3:2: This does not belong to the mapping or list above it. {ALIGN}"),
        ("a: 1\nb\nc: 2", f"FMT-01 design.yaml:2:1: This line is neither a key with its “: ” nor the value of one. {ALIGN}"),
        ("a: - b", "FMT-01 design.yaml:1:4: A list cannot begin here. Begin the list on the next line, or write it in brackets: [a, b]."),
        ("  a: 1\nb: 2", f"FMT-01 design.yaml:2:1: The file goes on here, after its one value has ended. {ALIGN}"),
        ("%YAML 3.0\n---\na: 1", "FMT-01 design.yaml:1:1: A line that begins with “%” gives an order to YAML, and this order is not known. Delete the line."),
        ("- a\n- b", "FMT-03 design.yaml:1:1: A design is a mapping of keys to values, and the file holds a list. Begin with a key: title: What is designed"),
        ("title:x", "FMT-03 design.yaml:1:1: A design is a mapping of keys to values, and the file holds “title:x”. Begin with a key: title: What is designed"),
        ("a: " + "x" * (1 << 20), "FMT-01 design.yaml:1:1: The file is larger than 1 MiB. Keep what a reader of the design needs, and link to the rest."),
        ("a: " + "я" * (1 << 19), "FMT-01 design.yaml:1:1: The file is larger than 1 MiB. Keep what a reader of the design needs, and link to the rest."),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place_and_the_next_step(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_large_file_that_is_in_order_passes() -> None:
    lines = "".join(f"k{number}: v\n" for number in range(100_000))
    assert len(lines) < 1 << 20
    data, places = parse(lines, "design.yaml")
    assert len(data) == 100_000
    assert str(places.of(("k99999",))) == "design.yaml:100000:1"


def test_a_long_text_passes() -> None:
    data, _ = parse("a: " + "x" * ((1 << 20) - 3), "design.yaml")
    assert len(data["a"]) == (1 << 20) - 3


def test_fifty_levels_pass() -> None:
    data, _ = parse("a: " + "[" * 49 + "]" * 49, "design.yaml")
    assert str(data["a"]).count("[") == 49


PAGES = [
    "title: x\nproblem:\n  goal: {target: 1.86, by: 2027-06-30}\n  risks:\n  - |\n    one\n\n\n  - >-\n   two\n   three\nx: [a,\n  b]\n",
    "a: 'it''s'\nb:\n- c: 1\n  d:\n- - 2\n  - [3, {e: f}]\nf:\n",
    "\ufeff---\na: |+\n  x\n\n\nb: \"q\\n\"\n...\n",
]  # fmt: skip


@pytest.mark.parametrize("text", PAGES)
def test_without_libyaml_data_and_places_are_the_same(text: str) -> None:
    fast_data, fast = parse_tree(text, "design.yaml")
    slow_data, slow = parse_tree(text, "design.yaml", yaml.SafeLoader)
    assert slow_data == fast_data
    assert dict(slow.places().values) == dict(fast.places().values)
    assert dict(slow.places().keys) == dict(fast.places().keys)


@given(st.text(max_size=60) | st.text("ab:-[]{},#&*!|>'\"%@` \n\t?01", max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        data, places = parse(text, "design.yaml")
    except Unreadable as refused:
        (fault,) = refused.faults
        assert 0 <= fault.place.start <= fault.place.end <= len(text)
        assert fault.place.line >= 1
        assert fault.place.column >= 1
        assert str(fault.message)
        assert str(fault.hint)
    else:
        assert isinstance(data, dict)
        assert all(place.start <= place.end <= len(text) for place in places.values.values())
