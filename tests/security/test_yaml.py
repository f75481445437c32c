"""A file that is no design, or a trap of YAML, gets one clear answer from every command that reads files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from security_run import Ran, hidden, snapshot

Command = Callable[..., Ran]

_LOL = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
REFUSED = {
    "unknown key": ("problem: {gaol: {}}\n", "FMT-02", "Did you mean “goal”?"),
    "key at another place": ("request_path: [a]\n", "FMT-02", "“request_path” belongs under pipeline."),
    "text for a number": ("problem: {scale: {items: many}}\n", "FMT-03", ""),
    "number for a text": ("title: 1.10\n", "FMT-03", "Put it in quotes: it is text then."),
    "truth for a text": ("title: true\n", "FMT-03", "Put it in quotes: it is text then."),
    "list for a mapping": ("problem: [a]\n", "FMT-03", "Its keys are"),
    "text for a mapping": ("problem: yes\n", "FMT-03", "Its keys are"),
    "mapping for a text": ("title: {a: b}\n", "FMT-03", "Put it in quotes: it is text then."),
    "yes of YAML 1.1": ("problem: {decision: {reversible: yes}}\n", "FMT-03", "Write true or false."),
    "no of YAML 1.1": ("problem: {decision: {reversible: no}}\n", "FMT-03", "Write true or false."),
    "octal": ("problem: {scale: {items: 0x1F}}\n", "FMT-03", ""),
    "sexagesimal": ("problem: {scale: {items: 12:30}}\n", "FMT-03", ""),
    "not a number": ("problem: {goal: {target: .nan}}\n", "FMT-03", ""),
    "infinity": ("problem: {goal: {target: -.inf}}\n", "FMT-03", ""),
    "overflow": ("problem: {goal: {target: 1e999}}\n", "FMT-03", ""),
    "huge number": (f"problem: {{scale: {{items: {'9' * 5000}}}}}\n", "FMT-03", ""),
    "date that is none": ("problem: {goal: {by: 2027-02-30}}\n", "FMT-03", ""),
    "newer version": ("mlsd: 99\n", "FMT-04", "Upgrade mlsd"),
    "python tag": ("title: !!python/object/apply:os.system [touch pwned]\n", "FMT-01", "Write the value itself"),
    "python name": ("title: !!python/name:os.system\n", "FMT-01", "Write the value itself"),
    "include": ("title: !include /etc/passwd\n", "FMT-01", "Write the value itself"),
    "verbatim tag": ("title: !<tag:yaml.org,2002:python/object/new:os.system> x\n", "FMT-01", "Write the value itself"),
    "tag directive": ("%TAG ! tag:evil.example,2000:\n---\ntitle: !x y\n", "FMT-01", "Write the value itself"),
    "binary": ("title: !!binary aGk=\n", "FMT-01", "Write the value itself"),
    "merge key": ("a: &a {title: x}\n<<: *a\n", "FMT-01", "Write the value itself"),
    "lol": (_LOL, "FMT-01", "Write the value itself"),
    "self": ("a: &a [*a]\n", "FMT-01", "Write the value itself"),
    "depth": ("a: " + "[" * 3000, "FMT-01", "no field of a design is deeper than ten"),
    "depth of mappings": ("".join(f"{' ' * n}a:\n" for n in range(200)), "FMT-01", "deeper than ten"),
    "duplicate": ("title: a\ntitle: b\n", "FMT-01", "Keep one of the two."),
    "long key": (f"glossary: {{{'k' * 5000}: x}}\n", "FMT-01", "Shorten it"),
    "half a character": ('title: "\\ud800"\n', "FMT-01", "Write the character itself"),
    "second document": ("title: a\n---\ntitle: b\n", "FMT-01", "Delete the “---” between them"),
    "escape": ("title: a\x1b[31mb\n", "FMT-01", "write it as an escape in double quotes"),
    "nul": ("title: a\x00b\n", "FMT-01", "write it as an escape in double quotes"),
    "next line": ("title: a\x85b\n", "FMT-01", "write it as an escape in double quotes"),
    "tab": ("problem:\n\tgoal: {}\n", "FMT-01", "Indent with spaces."),
    "too large": ("title: " + "x" * (1 << 20), "FMT-01", "link to the rest"),
    "thirty keys": ("".join(f"k{n}: 1\n" for n in range(30)), "FMT-02", "The keys that may stand here"),
}
READERS = {
    "check": ("check", "design.yaml"),
    "check a folder": ("check", "."),
    "render": ("render", "design.yaml", "-o", "x.md"),
    "render html": ("render", "design.yaml", "-o", "x.html", "--document", "one-pager"),
    "render pdf": ("render", "design.yaml", "-o", "x.pdf", "-o", "x.md"),
    "new --data": ("new", "recsys", "--data", "design.yaml", "-o", "out", "--no-input"),
    "new --from": ("new", "recsys", "--from", "design.yaml", "-o", "out", "--defaults"),
    "new --dry-run": ("new", "--data", "design.yaml", "--dry-run"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_has_place_reason_and_next_step_whoever_reads(mlsd: Command, here: Path, name: str) -> None:
    """S7, S8, S9: exit 65, a place, a sentence and a hint from every command; nothing run, nothing written."""
    text, code, hint = REFUSED[name]
    (here / "design.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    before = snapshot(here)
    for arguments in READERS.values():
        ran = mlsd(*arguments)
        assert ran.code == 65, arguments
        assert "design.yaml:" in ran.said
        assert hint in ran.said
        assert hidden(ran.said) == []
        assert "Traceback" not in ran.said
        assert max(map(len, ran.err.splitlines()), default=0) < 600
    assert snapshot(here) == before
    [report] = json.loads(mlsd("check", "--format", "json").out)["files"]
    first = report["diagnostics"][0]
    assert (first["code"], first["severity"]) == (code, "error")
    assert (first["line"], first["column"]) >= (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfet\x00", "The file is not UTF-8: the byte 0xFF stands here."),
        ("title: день".encode("cp1251"), "The file is not UTF-8: the byte 0xE4 stands here."),
        (b"\x80" * 3_000_000, "The file is larger than 1 MiB."),
        (b"%PDF-1.7\n\x00\x01", "Here stands a character that nobody sees (U+0000)."),
    ],
    ids=["utf-16", "cp1251", "bytes", "a pdf"],
)
def test_what_is_no_text(mlsd: Command, here: Path, content: bytes, said: str) -> None:
    """S8: bytes that are no text are refused as such, from a file and from standard input."""
    (here / "design.yaml").write_bytes(content)
    assert said in mlsd("check").out
    assert said in mlsd("render").err
    assert said in mlsd("check", "-", given=content).out
    assert said in mlsd("new", "recsys", "--data", "-", "--no-input", given=content).err
    assert sorted(path.name for path in here.iterdir()) == ["design.yaml"]


def test_what_an_unreadable_file_says_does_not_shape_the_report(mlsd: Command, here: Path) -> None:
    """S10: line breaks inside a value make no line of their own that looks like a verdict."""
    (here / "design.yaml").write_text('model: {split: {strategy: "x\\n\\n✓ No findings\\n::error::x"}}\n')
    lines = mlsd("check").out.splitlines()
    assert not [line for line in lines if line.startswith(("✓", "::"))]
    assert lines[-1] == "1 finding (1 error) · 1 file not read"


@pytest.mark.parametrize("value", ["70:30", "no", "on", "0755", "1.10.0", "12:30", "~x", "NaN", "=", "0o17"])
def test_words_of_other_yamls_are_words_here(mlsd: Command, here: Path, value: str) -> None:
    """S9: what YAML 1.1 would turn into numbers and truths is the text one sees, and stays so in a new file."""
    (here / "design.yaml").write_text(f"problem: {{current_solution: {value}}}\n")
    assert mlsd("new", "recsys", "--data", "design.yaml", "--no-input", "-o", "out").code == 0
    from mlsd.storage import read

    assert read("out/design.yaml").design.problem.current_solution == value.strip()
