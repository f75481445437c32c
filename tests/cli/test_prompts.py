"""Keys in, answer out: the widgets fed through a pipe."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from asking import TABS, prompt
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from screen import KEYS

from mlsd.cli.console import Console
from mlsd.cli.prompts.field import fillings
from mlsd.cli.prompts.frame import Frame
from mlsd.cli.prompts.plain import Plain
from mlsd.cli.prompts.result import Around, Back, Given, Jump, LeaveOpen, Quit, Result, Save
from mlsd.cli.prompts.search import completed
from mlsd.cli.prompts.terminal import Terminal
from mlsd.cli.prompts.ticks import Ticks
from mlsd.cli.prompts.widget import Prose
from mlsd.interview.prompt import Lines, Option, Prompt

EXAMPLE = prompt("prose", 1).example
GOAL = "revenue_per_session 1.84 to 1.95"


def answer(kind: str, *keys: str) -> Result:
    """What a prompt of this kind hands back after these keys."""
    return answer_to(prompt(kind, 1), *keys)


def answer_to(asked: Prompt, *keys: str) -> Result:
    """What this prompt hands back after these keys."""
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(io.StringIO(), colour=False, unicode=True), str, pipe, DummyOutput())
        pipe.send_text("".join(KEYS.get(key, key) for key in keys))
        return terminal.ask(asked, Around(TABS))


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Enter"], Given("")),
        (["Tab", "Enter"], Given(EXAMPLE)),
        (["Sell more.", "Enter"], Given("Sell more.")),
        (["Продавать больше?", "Enter"], Given("Продавать больше?")),
        (["two", "\x1b\r", "lines", "Enter"], Given("two\nlines")),
        (["\x1b[200~pasted\r\nlines\x1b[201~", "Enter"], Given("pasted\nlines")),
        (["?", "after help", "Enter"], Given("after help")),
        (["F1", "?", "Enter"], Given("")),
    ],
)
def test_prose(keys: list[str], result: Result) -> None:
    given = answer("prose", *keys)
    assert isinstance(given, Given)
    assert given.value == result.value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Enter"], Given(GOAL, untouched=True)),
        (["margin 1 to 2", "Enter"], Given("margin 1 to 2")),
        (["\x1b[200~margin 1 to 2\x1b[201~", "Enter"], Given("margin 1 to 2")),
        (["\x1b[F", "0", "Enter"], Given(GOAL + "0")),
        (["Tab", "0", "Enter"], Given(GOAL + "0")),
        (["\x1b[D", "0", "Enter"], Given(GOAL[:-1] + "05")),
        (["Ctrl-U", "Enter"], Given("")),
        (["Ctrl-U", "Tab", "Enter"], Given(GOAL, untouched=True)),
        (["Ctrl-U", "ret", "Tab", " 0.2 to 0.3", "Enter"], Given("retention_d7 0.2 to 0.3")),
        (["Ctrl-U", "re", "Tab", "Tab", "Tab", " 2 to 3", "Enter"], Given("returns_share 2 to 3")),
        (["Ctrl-U", "margin", "Enter", " 1 to 2", "Enter"], Given("margin 1 to 2")),
        (["margin 1 to ", "\x1b2", "0", "Enter"], Given("margin 1 to 20")),
    ],
)
def test_a_line_is_read_as_one_types_and_a_refused_one_stays(keys: list[str], result: Result) -> None:
    assert answer("line", *keys) == result


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Enter"], Given(Lines(["user", "item"], []), untouched=True)),
        (["Space", "Enter"], Given(Lines(["item"], []))),
        (["Down", "Down", "Space", "Enter"], Given(Lines(["user", "item", "session"], []))),
        (["Up", "Space", "Enter"], Given(Lines(["user", "item", "категория"], []))),
        (["ses", "Tab", "Enter"], Given(Lines(["user", "item", "session"], []))),
        (["Кат", "Tab", "Enter"], Given(Lines(["user", "item", "категория"], []))),
        (["shop: city", "Enter", "Enter"], Given(Lines(["user", "item"], ["shop: city"]))),
        (["session", "Enter", "Enter"], Given(Lines(["user", "item", "session"], []))),
        (["shop", "Enter", ": city", "Enter", "Enter"], Given(Lines(["user", "item"], ["shop: city"]))),
        (["shop: city", "Enter", "Delete", "Enter"], Given(Lines(["user", "item"], []), untouched=True)),
        (["zzz", "\x1b3", "Backspace", "a: b", "Enter", "Enter"], Given(Lines(["user", "item"], ["a: b"]))),
        (["a: b", "Enter", "Right", ", c", "Enter", "Enter"], Given(Lines(["user", "item"], ["a: b, c"]))),
        (["Right", "Enter"], Given(Lines(["user", "item"], []), untouched=True)),
        (["\x1b[200~a: b\nc: d\n\x1b[201~", "Enter"], Given(Lines(["user", "item"], ["a: b", "c: d"]))),
        (["\x1b[200~broken\nc: d\n\x1b[201~", "Enter", ": e", "Enter", "Enter"],
         Given(Lines(["user", "item"], ["c: d", "broken: e"]))),
    ],
)  # fmt: skip
def test_ticks_and_own_lines_in_one_prompt(keys: list[str], result: Result) -> None:
    assert answer("lines", *keys) == result


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Enter"], Given("ranking", untouched=True)),
        (["Down", "Enter"], Given("classification")),
        (["Up", "Enter"], Given("прогноз спроса")),
        (["retr", "Enter"], Given("retrieval")),
        (["ПРОГ", "Enter"], Given("прогноз спроса")),
        (["куе", "Enter"], Given("retrieval")),
        (["out of many", "Enter"], Given("retrieval")),
        (["zzz", "\x1b3", "Backspace", "retr", "Enter"], Given("retrieval")),
        (["nothing", "Enter", "Backspace", "Enter", "Ctrl-U", "Enter"], Given("ranking", untouched=True)),
    ],
)
def test_a_choice_is_searched_by_typing(keys: list[str], result: Result) -> None:
    assert answer("choice", *keys) == result


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Enter"], Given(["ranking", "retrieval"], untouched=True)),
        (["Space", "Enter"], Given(["retrieval"])),
        (["прог", "Space", "Enter"], Given(["ranking", "retrieval", "прогноз спроса"])),
        (["Space", "retr", "Space", "Enter"], Given([])),
    ],
)
def test_choices(keys: list[str], result: Result) -> None:
    assert answer("choices", *keys) == result


@pytest.mark.parametrize("kind", ["prose", "line", "lines", "choice", "choices"])
@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Shift-Tab"], Back()),
        (["Ctrl-N"], LeaveOpen()),
        (["Ctrl-S"], Save()),
        (["Ctrl-C"], Quit()),
        (["Ctrl-G", "Down", "Enter"], Jump("data")),
        (["Ctrl-G", "pip", "Enter"], Jump("pipeline")),
        (["Ctrl-G", "Ctrl-C", "Ctrl-S"], Save()),
    ],
)
def test_keys_that_work_everywhere(kind: str, keys: list[str], result: Result) -> None:
    assert answer(kind, *keys) == result


@pytest.mark.parametrize(
    ("kind", "keys", "result"),
    [
        ("prose", ["Sell more.", "Ctrl-S"], Save(Given("Sell more."))),
        ("prose", ["Tab", "Ctrl-S"], Save(Given(EXAMPLE))),
        ("line", ["margin 1 to 2", "Ctrl-S"], Save(Given("margin 1 to 2"))),
        ("line", ["margin", "Ctrl-S"], Save(unread="margin")),
        ("lines", ["shop: city", "Enter", "Ctrl-S"], Save(Given(Lines(["user", "item"], ["shop: city"])))),
        ("lines", ["shop: city", "Ctrl-S"], Save(Given(Lines(["user", "item"], ["shop: city"])))),
        ("lines", ["a: b", "Enter", "c", "Ctrl-S"], Save(Given(Lines(["user", "item"], ["a: b"])), "c")),
        ("lines", ["c", "Ctrl-S"], Save(unread="c")),
        ("choices", ["Space", "Ctrl-S"], Save(Given(["retrieval"]))),
        ("choice", ["Down", "Ctrl-S"], Save()),
    ],
)
def test_saving_keeps_what_one_was_answering(kind: str, keys: list[str], result: Result) -> None:
    assert answer(kind, *keys) == result


@pytest.mark.parametrize(
    ("kind", "keys", "result"),
    [
        ("line", ["margin 1 to 2", "Shift-Tab"], Back(Given("margin 1 to 2"))),
        ("line", ["margin 1 to 2", "Ctrl-G", "Down", "Enter"], Jump("data", Given("margin 1 to 2"))),
        ("line", ["margin", "Shift-Tab"], Back(unread="margin")),
        ("lines", ["shop: city", "Shift-Tab"], Back(Given(Lines(["user", "item"], ["shop: city"])))),
        ("choices", ["Space", "Ctrl-G", "Ctrl-C", "Enter"], Given(["retrieval"])),
    ],
)
def test_looking_elsewhere_keeps_what_one_was_answering(kind: str, keys: list[str], result: Result) -> None:
    assert answer(kind, *keys) == result


@pytest.mark.parametrize(
    ("keys", "value"), [(["Enter"], ""), (["Down", "Enter"], "ranking"), (["Up", "Enter"], "прогноз спроса")]
)
def test_a_choice_with_nothing_suggested_stays_open_until_one_chooses(keys: list[str], value: str) -> None:
    asked = prompt("choice", 1)
    options = tuple(replace(option, ticked=False) for option in asked.options)
    assert answer_to(replace(asked, initial="", options=options, assumed=False), *keys) == Given(value)


def test_a_choice_among_nothing_is_left_open() -> None:
    assert answer_to(replace(prompt("choice", 1), initial="", options=()), "Down", "Enter") == Given("")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", ["user", "item"]),
        ("us", ["user"]),
        ("user, ", ["user", "item"]),
        ("a>", ["user", "item"]),
        ("1%", []),
        ("b)", []),
    ],
)
def test_tab_completes_only_where_a_word_may_begin(text: str, offered: list[str]) -> None:
    assert completed(text, len(text), ("user", "item")) == offered


@pytest.mark.parametrize(
    ("keys", "own"),
    [
        (["margin 1 to 2", "Enter"], True),
        (["Ctrl-U", "margin 1 to 2", "Enter"], True),
        (["Tab", "5", "Enter"], False),
        (["Enter"], False),
    ],
)
def test_what_is_typed_anew_is_one_s_own(keys: list[str], own: bool) -> None:
    given = answer_to(replace(prompt("line", 1), initial="margin 1 to 2", assumed=True), *keys)
    assert isinstance(given, Given)
    assert (given.own, given.untouched) == (own, keys == ["Enter"])


def an_editor(folder: Path, program: str) -> str:
    """An editor that is a shell script."""
    script = folder / "an editor"
    script.write_text(f"#!/bin/sh\n{program}\n")
    script.chmod(0o755)
    return f"'{script}' --flag"


@pytest.mark.parametrize(
    ("kind", "program", "result"),
    [
        ("prose", "echo from the editor > $3", Given("from the editor")),
        ("prose", ": > $3", Given("typed")),
        ("prose", "echo lost > $3; exit 1", Given("typed")),
        ("line", "echo margin 1 to 2 > $3", Given("margin 1 to 2")),
        ("lines", "sed -i 's/^# session/session/; /^item/d' $3; echo 'shop: city' >> $3",
         Given(Lines(["user", "session"], ["shop: city"]))),
    ],
)  # fmt: skip
def test_the_editor(kind: str, program: str, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, f'[ "$1" = --flag ] && [ "$2" = -- ] || exit 1\n{program}'))
    typed = ["typed"] if kind == "prose" else []
    assert answer(kind, *typed, "Ctrl-X", "Ctrl-E", "Enter") == result
    assert answer(kind, *typed, "F4", "Enter") == result


def test_an_editor_that_fails_is_said_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, "exit 3"))
    written = io.StringIO()
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(written, colour=False, unicode=True), str, pipe, DummyOutput())
        pipe.send_text("".join(KEYS.get(key, key) for key in ("typed", "F4", "Enter")))
        assert terminal.ask(prompt("prose", 1), Around(TABS)) == Given("typed")
    assert written.getvalue() == (
        "  ✗ The editor “an editor” ended with an error.\n"
        "    Nothing was changed. It is given “--” and the file; set $EDITOR to one\n"
        "    that takes them.\n"
    )


def test_a_file_that_comes_back_unchanged_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, ": it wrote another file"))
    written = io.StringIO()
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(written, colour=False, unicode=True), str, pipe, DummyOutput())
        pipe.send_text("".join(KEYS.get(key, key) for key in ("typed", "F4", "Enter")))
        assert terminal.ask(prompt("prose", 1), Around(TABS)) == Given("typed")
    assert written.getvalue() == "  The file came back unchanged.\n"


LISTED = replace(
    prompt("lines", 1),
    options=(Option("user", "user: age", "person", ticked=True), Option("shop", "shop: city", "seller")),
)


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["Right", "Enter", "Enter"], Given(Lines(["user"], []), untouched=True)),
        (["Right", ", city", "Enter", "Enter"], Given(Lines([], ["user: age, city"]))),
        (["Down", "Right", "Ctrl-U", "Enter"], Given(Lines(["user"], []), untouched=True)),
        (["Right", ", city", "Esc", "Enter"], Given(Lines(["user"], []), untouched=True)),
        (["car: age", "Enter", "Right", ", city", "Esc", "Enter"], Given(Lines(["user"], ["car: age"]))),
        (["Right", "Ctrl-U", "car: age", "Esc", "Enter"], Given(Lines([], []))),
    ],
)
def test_a_tick_that_stands_for_a_line_can_be_changed(keys: list[str], result: Result) -> None:
    assert answer_to(LISTED, *keys) == result


@pytest.mark.parametrize(("typed", "shown"), [("user: ag", "✓ user · attributes: ag"), ("user", "")])
def test_a_line_is_shown_as_read_also_where_a_tick_begins_like_it(typed: str, shown: str) -> None:
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(io.StringIO(), colour=False, unicode=True), str, pipe, DummyOutput())
        ticks = Ticks(LISTED, terminal.surface)
        ticks.field.put(typed)
        assert ticks.keys()[1].name == "Tab"
        assert "".join(part[1] for part in ticks._below()).strip() == shown


def test_a_tick_that_is_cut_is_shown_in_full_below_the_list() -> None:
    long = "Did I understand that only the home page is meant, and neither search nor e-mail nor the cart? Yes."
    asked = replace(LISTED, options=(Option("long", long, ticked=True), Option("short", "Who decides?")))
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(io.StringIO(), colour=False, unicode=True), str, pipe, DummyOutput())
        ticks = Ticks(asked, terminal.surface)
        assert ticks.list.are_cut()
        assert " ".join("".join(part[1] for part in ticks.list.whole()).split()) == long
        ticks.list.move(1)
        assert "".join(part[1] for part in ticks.list.whole()).strip() == ""
        assert not Ticks(LISTED, terminal.surface).list.are_cut()


def test_the_editor_shows_the_lines_that_ticks_stand_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", an_editor(tmp_path, f"cp $3 '{tmp_path}/seen'; sed -i 's/age/age, city/; s/^# //' $3"))
    assert answer_to(LISTED, "F4", "Enter") == Given(Lines(["shop"], ["user: age, city"]))
    assert (tmp_path / "seen").read_text().splitlines()[1:] == [
        "#! A line behind # is not ticked. Take the # away to tick it; add lines of your own.",
        "user: age",
        "# shop: city",
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [""]),
        ("one two", ["one two"]),
        ("one two three", ["one two   ", "three"]),
        ("слово слово слово", ["слово     ", "слово     ", "слово"]),
        ("abcdefgh ij", ["abcdefgh  ", "ij"]),
        ("abcdefghijklm no", ["abcdefghij", "klm no"]),
        ("a        b", ["a         ", "b"]),
    ],
)
def test_words_move_to_the_next_row_whole(text: str, rows: list[str]) -> None:
    """Ten cells a row, eight of them for words."""
    gaps = fillings(text, 8, 10)
    filled = "".join(" " * gaps.get(place, 0) + letter for place, letter in enumerate(text))
    assert [filled[start : start + 10] for start in range(0, len(filled) or 1, 10)] == rows


def plainly(asked: Prompt, typed: str) -> tuple[Result, str]:
    """What a plain prompt hands back after these lines, and all that it wrote."""
    written = io.StringIO()
    look = Console(written, colour=False, unicode=True, plain=True)
    result = Plain(look, str, io.StringIO(typed)).ask(asked, Around(TABS))
    return result, written.getvalue()


def test_a_plain_command_that_is_none_is_no_answer() -> None:
    result, written = plainly(prompt("prose", 1), ":frob\nSell more.\n")
    assert result == Given("Sell more.")
    assert "> “:frob” is no command here. The commands are: :back :skip :help" in written


@pytest.mark.parametrize(
    ("typed", "said", "result"),
    [
        (":example\n\n", "There is no example to take here.", Given(Lines(["user"], []), untouched=True)),
        ("7\n\n", "There is no 7: the list goes from 1 to 2.", Given(Lines(["user"], []), untouched=True)),
        ("1-2\n\n", "1. [ ] user: age: person\n2. [x] shop: city: seller\n", Given(Lines(["shop"], []))),
        ("car: age\n3\n\n", "2. [ ] shop: city: seller\nNumbers tick", Given(Lines(["user"], []), untouched=True)),
    ],
)
def test_a_plain_list_says_what_it_did_with_a_line(typed: str, said: str, result: Result) -> None:
    found, written = plainly(LISTED, typed)
    assert found == result
    assert said in written


def test_a_plain_choice_without_options_says_so() -> None:
    result, written = plainly(replace(prompt("choice", 1), options=()), ":skip\n")
    assert result == LeaveOpen()
    assert "There is nothing to choose from yet: it is named in an earlier question.\n" in written
    assert "Type a number" not in written


def test_the_commands_are_told_with_the_first_question_not_with_the_title() -> None:
    _, written = plainly(replace(prompt("prose", 1), number=0), ":quit\n")
    assert ":skip" not in written
    _, written = plainly(prompt("prose", 1), ":goto\n:quit\n")
    assert written.startswith("Enter accepts what is suggested. Also: :back :skip")
    assert ":goto problem (Problem, 3 of 3)\n" in written


def test_plain_sentences_are_broken_at_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, written = plainly(prompt("prose", 1), ":quit\n")
    assert max(map(len, written.splitlines())) < 40
    assert "page should see something worth buying" in written.splitlines()


def test_the_clock_says_what_it_says_behind_its_sign() -> None:
    said = "12 of 7 minutes on Model, Deploy is empty"
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(io.StringIO(), colour=False, unicode=True), str, pipe, DummyOutput())
        widget = Prose(prompt("prose", 1), terminal.surface)
        frame = Frame(prompt("prose", 1), Around(TABS, hurry=lambda: said), widget, terminal.surface)
        assert "".join(part[1] for part in frame.hurry()) == f"  ▲ {said}"


MARGIN = replace(
    prompt("lines", 1),
    options=(Option("margin_per_session", "margin per session: up"), Option("revenue", "revenue: up", ticked=True)),
    own=(),
)


@pytest.mark.parametrize(
    ("keys", "ticked", "own"),
    [
        (["margin", "Enter"], ["margin_per_session", "revenue"], []),
        (["marg", "Enter", "in: up", "Enter"], ["revenue"], ["margin: up"]),
        (["margin: up", "Enter"], ["revenue"], ["margin: up"]),
        (["\x1b[200~- a: up\n* b: up\n3. c: up\n\x1b[201~"], ["revenue"], ["a: up", "b: up", "c: up"]),
        (["x: up", "Enter", "\x1b[3~"], ["revenue"], []),
    ],
)
def test_enter_ticks_what_is_meant_and_bullets_are_no_words(keys: list[str], ticked: list[str], own: list[str]) -> None:
    given = answer_to(MARGIN, *keys, "Enter")
    assert isinstance(given, Given)
    assert given.value == Lines(ticked, own)


def test_every_line_that_is_added_is_written_down_at_once() -> None:
    kept: list[object] = []
    with create_pipe_input() as pipe:
        terminal = Terminal(Console(io.StringIO(), colour=False, unicode=True), str, pipe, DummyOutput())
        pipe.send_text("a: up\rb: up\rc\r\x03")
        left = terminal.ask(MARGIN, Around(TABS, keep=lambda given: kept.append(given.value)))
    assert kept == [Lines(["revenue"], ["a: up"]), Lines(["revenue"], ["a: up", "b: up"])]
    assert left == Quit(Given(Lines(["revenue"], ["a: up", "b: up"])), "c")
