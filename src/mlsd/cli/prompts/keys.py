"""The keys that work in every prompt, and how the footer names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from mlsd.cli.prompts.result import Back, Given, LeaveOpen, Quit, Save
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface
from mlsd.cli.text import cells
from mlsd.errors import Message


@dataclass(frozen=True)
class Wish:
    """What a key asks of the terminal before the question goes on: the editor, or the menu of stages."""

    what: str


EDITOR, STAGES = Wish("editor"), Wish("stages")


@dataclass(frozen=True)
class Key:
    """A key and what it does, as the footer shows it."""

    name: str | Message
    does: Message


WORDS = {"↑↓": "Up/Down", "→": "Right"}
"""Names of keys where there is only ASCII."""


CLOSE = Key("Esc", Message("put away"))


def known_everywhere(typing: bool, editable: bool, walking: bool, helping: bool = False) -> list[Key]:
    """The keys of every prompt; ``?`` is one of them until one types; before the interview there is nowhere to go."""
    return [
        *([Key("Shift-Tab", Message("back"))] if walking else []),
        CLOSE if helping else Key("F1" if typing else "?", Message("help")),
        *([Key("F4", Message("editor"))] if editable else []),
        Key("^N", Message("don’t know")),
        *([Key("^G", Message("stages"))] if walking else []),
        Key("^S", Message("save")),
    ]


def everywhere(
    is_empty: Callable[[], bool], toggle_help: Callable[[], None], left: Callable[[], tuple[Given | None, str]]
) -> KeyBindings:
    """Back, help, editor, leave open, stages, save, interrupt. ``?`` is help only while nothing is typed.

    ``left`` tells what stands there when one leaves: what is saved of it, and what cannot be read.
    """
    keys = KeyBindings()
    leave = {
        ("f4",): EDITOR,
        ("c-x", "c-e"): EDITOR,
        ("c-n",): LeaveOpen(),
        ("c-g",): STAGES,
    }
    for sequence, result in leave.items():
        keys.add(*sequence, eager=len(sequence) == 1)(_leaves(result))

    @keys.add("s-tab", eager=True)
    def _back(_: KeyPressEvent) -> None:
        exit_with(Back(*left()))

    @keys.add("c-s", eager=True)
    def _save(_: KeyPressEvent) -> None:
        exit_with(Save(*left()))

    @keys.add("c-c", eager=True)
    @keys.add("<sigint>")
    def _quit(_: KeyPressEvent) -> None:
        exit_with(Quit(*left()))

    @keys.add("f1", eager=True)
    @keys.add("?", filter=Condition(is_empty), eager=True)
    def _help(_: KeyPressEvent) -> None:
        toggle_help()

    @keys.add("c-z", eager=True)
    def _suspend(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    return keys


def closing(is_shown: Callable[[], bool], close_help: Callable[[], None]) -> KeyBindings:
    """Esc puts the help away, before it does anything else."""
    keys = KeyBindings()

    @keys.add("escape", filter=Condition(is_shown))
    def _close(_: KeyPressEvent) -> None:
        close_help()

    return keys


def _leaves(result: object) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        exit_with(result)

    return leave


def exit_with(result: object) -> None:
    """End the running prompt. A second key in the same breath changes nothing."""
    app = get_app()
    if app.is_running and not app.is_done:
        app.exit(result=result)


def footer(keys: Iterable[Key], surface: Surface) -> Fragments:
    """The keys as fragments of one line behind the margin; what does not fit is left out from the end."""
    fragments: Fragments = [("", " " * MARGIN)]
    used = 0
    for key in keys:
        label = surface.look.letters(surface.say(key.does))
        name = surface.say(key.name)
        name = name if surface.look.unicode else WORDS.get(name, name)
        needed = cells(name) + 1 + cells(label) + (2 if used else 0)
        if used + needed > surface.width + 1:
            break
        if used:
            fragments.append(("", "  "))
        fragments += [("class:key", name), ("class:label", f" {label}")]
        used += needed
    return fragments
