from __future__ import annotations

import io
import subprocess
import sys

import pytest

from mlsd.cli.console import Colour, Console, wants_colour, wants_plain, wants_unicode


@pytest.mark.parametrize(
    ("environ", "terminal", "choice", "colour"),
    [
        ({}, True, "auto", True),
        ({}, False, "auto", False),
        ({"NO_COLOR": "1"}, True, "auto", False),
        ({"NO_COLOR": ""}, True, "auto", True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, "auto", False),
        ({"NO_COLOR": "1"}, True, "always", True),
        ({"FORCE_COLOR": "1"}, False, "auto", True),
        ({"FORCE_COLOR": "0"}, False, "auto", False),
        ({"CLICOLOR_FORCE": "1"}, False, "auto", True),
        ({"CLICOLOR": "0"}, True, "auto", False),
        ({"CLICOLOR": "1"}, False, "auto", False),
        ({"TERM": "dumb"}, True, "auto", False),
        ({"FORCE_COLOR": "1"}, True, "never", False),
    ],
)
def test_who_decides_on_colour(environ: dict[str, str], terminal: bool, choice: Colour, colour: bool) -> None:
    assert wants_colour(environ, terminal, choice) is colour


@pytest.mark.parametrize(
    ("environ", "encoding", "unicode"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "utf-8", True),
        ({}, "utf-8", True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "utf-8", False),
        ({"LC_ALL": "C.UTF-8"}, "utf-8", True),
        ({"LANG": "POSIX"}, "utf-8", False),
        ({}, "cp866", False),
        ({}, "cp1251", False),
        ({}, "ascii", False),
    ],
)
def test_who_decides_on_symbols(environ: dict[str, str], encoding: str, unicode: bool) -> None:
    assert wants_unicode(environ, encoding) is unicode


@pytest.mark.parametrize(
    ("environ", "plain"),
    [({}, False), ({"TERM": "dumb"}, True), ({"MLSD_ACCESSIBLE": "1"}, True), ({"MLSD_ACCESSIBLE": "0"}, False)],
)
def test_who_gets_plain_prompts(environ: dict[str, str], plain: bool) -> None:
    assert wants_plain(environ) is plain


def encoded(encoding: str) -> tuple[io.BytesIO, io.TextIOWrapper]:
    raw = io.BytesIO()
    return raw, io.TextIOWrapper(raw, encoding=encoding)


def test_a_sentence_in_ascii() -> None:
    raw, stream = encoded("ascii")
    plain = Console(stream, colour=False, unicode=False)
    plain.line(plain.paint(f"{plain.symbol('done')} “goal” → 5 %…", "green"))
    assert raw.getvalue() == b'+ "goal" -> 5 %...\n'


def test_letters_that_the_encoding_lacks_are_escaped() -> None:
    raw, stream = encoded("ascii")
    Console(stream, colour=False, unicode=False).line("цель")
    assert raw.getvalue() == rb"\u0446\u0435\u043b\u044c" + b"\n"


def test_painted_values_cannot_paint() -> None:
    _, stream = encoded("utf-8")
    assert Console(stream, colour=True, unicode=True).paint("a\x1b[31mb", "bold") == "\x1b[1ma‹U+001B›[31mb\x1b[0m"


def test_a_reader_that_goes_away_is_no_error() -> None:
    program = "from mlsd.cli.streams import ready\nready()\nfrom mlsd.cli.console import product\nout = product()\n"
    program += "for _ in range(100000): out.line('x' * 80)"
    writer = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    assert writer.stdout.readline() == "x" * 80 + "\n"
    writer.stdout.close()
    assert writer.stderr.read() == ""
    writer.stderr.close()
    assert writer.wait() == 141


@pytest.mark.parametrize(
    ("text", "room", "unicode", "cut"),
    [
        ("a sentence that goes on", 12, True, "a sentence…"),
        ("a sentence that goes on", 13, False, "a sentence..."),
        ("5 % → 6 %", 9, True, "5 % → 6 %"),
        ("5 % → 6 %", 10, False, "5 % -> 6 %"),
        ("two\nlines", 20, True, "two lines"),
    ],
)
def test_cut_to_a_width(text: str, room: int, unicode: bool, cut: str) -> None:
    assert Console(io.StringIO(), colour=False, unicode=unicode).cut(text, room) == cut
