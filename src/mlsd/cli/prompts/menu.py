"""Menus beside the questions: the stages with how complete each is, and the choice of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import AnyContainer, FormattedTextControl, HSplit, Layout, Window

from mlsd.cli.prompts.choice import Choice
from mlsd.cli.prompts.keys import Key, exit_with, footer
from mlsd.cli.prompts.result import Around, Given, Quit
from mlsd.cli.prompts.surface import Fragments
from mlsd.errors import Message
from mlsd.interview.prompt import Option, Prompt

if TYPE_CHECKING:
    from mlsd.cli.prompts.terminal import Terminal


def stage_menu(terminal: Terminal, around: Around, here: str) -> str | None:
    """The stage to jump to; None if the person stays."""
    signs = {"done": "done", "part": "half", "empty": "open"}
    options = tuple(
        Option(tab.stage, f"{terminal.look.symbol(signs[tab.state])} {tab.title}", tab.detail) for tab in around.tabs
    )
    return pick(terminal, terminal.say(Message("Go on with which stage?")), options, here)


def pick(terminal: Terminal, asked: str, options: tuple[Option, ...], initial: str = "") -> str | None:
    """One of the options, by the same list as any choice; None on Esc, Ctrl-C or Shift-Tab."""
    first = options[0].value if options else ""
    prompt = Prompt(
        "", 1, 1, "choice", "", 1, 1, Message("{asked}", asked=asked), options=options, initial=initial or first
    )
    widget = Choice(prompt, terminal.surface)
    keys = KeyBindings()
    for name in ("escape", "c-c", "s-tab", "c-g"):
        keys.add(name, eager=name != "escape")(_leave)
    result = terminal.run(
        Layout(_container(terminal, widget, asked), focused_element=widget.focus),
        merge_key_bindings([keys, widget.bindings()]),
    )
    return str(result.value) if isinstance(result, Given) else None


def _leave(_: KeyPressEvent) -> None:
    exit_with(Quit())


def _container(terminal: Terminal, widget: Choice, asked: str) -> AnyContainer:
    surface = terminal.surface

    def below() -> Fragments:
        return footer([*widget.keys(), Key("Esc", Message("leave"))], surface)

    return HSplit(
        [
            Window(height=1),
            Window(FormattedTextControl(lambda: surface.paragraph("question", asked)), dont_extend_height=True),
            Window(height=1),
            widget.container(),
            Window(height=1),
            Window(FormattedTextControl(below), height=1),
        ]
    )
