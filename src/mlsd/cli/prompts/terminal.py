"""Prompts on a real terminal, drawn by prompt_toolkit."""

from __future__ import annotations

import sys
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import ColorDepth, Output, create_output

from mlsd.cli.console import Console
from mlsd.cli.prompts.choice import Choice, Choices
from mlsd.cli.prompts.editor import edit
from mlsd.cli.prompts.frame import Frame
from mlsd.cli.prompts.keys import EDITOR, STAGES, closing, everywhere
from mlsd.cli.prompts.menu import pick, stage_menu
from mlsd.cli.prompts.result import Around, Jump, Quit, Result, Say
from mlsd.cli.prompts.surface import STYLE, WIDEST, Surface
from mlsd.cli.prompts.ticks import Ticks
from mlsd.cli.prompts.widget import Line, Prose, Widget
from mlsd.cli.text import wrap
from mlsd.errors import Message, MlsdError
from mlsd.interview.prompt import Option, Prompt

WIDGETS: dict[str, type[Widget]] = {"prose": Prose, "line": Line, "lines": Ticks, "choice": Choice, "choices": Choices}
ESCAPE_SECONDS = 0.05
"""How long to wait after Esc for the rest of a key's code."""


class Prompts(Application[object]):
    """An application in which an error ends the prompt and reaches the caller, instead of waiting for Enter."""

    def _handle_exception(self, loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None and self.future is not None and not self.future.done():
            self.future.set_exception(error)


class Terminal:
    """Asks on a terminal: draws on stderr, reads stdin, keeps the terminal raw between two questions.

    Kept raw, so that what is typed while an answer is being saved is neither echoed in the wrong place nor lost.
    """

    def __init__(self, look: Console, say: Say, source: Input | None = None, output: Output | None = None) -> None:
        self.look = look
        self.say = say
        self.input = source or create_input(sys.stdin)
        self.output = output or create_output(look.stream)
        if hasattr(self.output, "enable_cpr"):
            self.output.enable_cpr = False
        self.surface = Surface(look, say)

    @contextmanager
    def session(self) -> Iterator[None]:
        """While the interview lasts."""
        with self.input.raw_mode():
            try:
                yield
            finally:
                self._in_order()

    def _in_order(self) -> None:
        """Undo what a prompt has set that was broken off while it was drawn; the terminal may have gone away."""
        with suppress(OSError):
            self.output.disable_bracketed_paste()
            self.output.reset_attributes()
            self.output.enable_autowrap()
            self.output.show_cursor()
            self.output.flush()

    def ask(self, prompt: Prompt, around: Around) -> Result:
        """Ask one question until it is answered or left."""
        widget = WIDGETS[prompt.kind](prompt, self.surface)
        widget.keep = around.keep
        frame = Frame(prompt, around, widget, self.surface)
        while True:
            result = self._run(frame, widget)
            if result is EDITOR:
                self._edit(widget)
            elif result is STAGES:
                stage = stage_menu(self, around, prompt.stage) if around.tabs else None
                if stage is not None:
                    return Jump(stage, *widget.left())
            else:
                return result  # type: ignore[return-value]

    def pick(self, asked: str, options: tuple[Option, ...]) -> str | None:
        """One of a few things, outside the interview; None if the person goes away."""
        return pick(self, asked, options)

    def line(self, text: str = "") -> None:
        """Write one line that stays, painted already."""
        self.look.line(text)

    def _run(self, frame: Frame, widget: Widget) -> object:
        keys = merge_key_bindings(
            [
                everywhere(widget.is_empty, frame.toggle_help, widget.left),
                widget.bindings(),
                closing(lambda: frame.help_shown, frame.close_help),
            ]
        )
        return self.run(Layout(frame.container(), focused_element=widget.focus), keys)

    @cached_property
    def _app(self) -> Prompts:
        """One for all prompts: its own several hundred key bindings take longer to build than a prompt does."""
        app = Prompts(
            style=STYLE,
            input=self.input,
            output=self.output,
            color_depth=None if self.look.colour else ColorDepth.DEPTH_1_BIT,
            erase_when_done=True,
            refresh_interval=1,
        )
        app.ttimeoutlen = ESCAPE_SECONDS
        app.timeoutlen = 0.5
        return app

    def run(self, layout: Layout, keys: KeyBindingsBase) -> object:
        """Show a layout until a key ends it; then take it off the screen again."""
        self._app.layout, self._app.key_bindings = layout, keys
        try:
            return self._app.run(handle_sigint=False)
        except (EOFError, KeyboardInterrupt):
            return Quit()

    def _edit(self, widget: Widget) -> None:
        draft = widget.draft()
        if draft is None:
            return
        try:
            with self.input.cooked_mode():
                text = edit(draft)
        except MlsdError as error:
            self._complain(error)
            return
        if text == draft.strip():
            self._say(Message("The file came back unchanged."), "  ", "dim")
        elif text is not None:
            widget.take(text)

    def _complain(self, error: MlsdError) -> None:
        self._say(f"{self.look.symbol('error')} {self.say(error.message)}", "  ", "red")
        if error.hint is not None:
            self._say(error.hint, "    ", "dim")

    def _say(self, text: Message | str, indent: str, style: str) -> None:
        for part in wrap(self.look.letters(self.say(text)), min(self.look.width, WIDEST) - len(indent), indent):
            self.line(self.look.paint(part, style))
