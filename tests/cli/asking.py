"""Asks prompts that no session made, and prints what came back: ``python asking.py KIND… [--plain]``"""

from __future__ import annotations

import sys

from mlsd.cli.console import console
from mlsd.cli.prompts.result import Around, Given, Tab
from mlsd.errors import Message, ValueRefused
from mlsd.interview.prompt import Option, Prompt, Understood

STAGES = ("Problem", "Metrics", "Data", "Pipeline", "Model", "Deploy", "A/B test")
TABS = tuple(
    Tab(name.lower(), name, "done" if at < 1 else "part" if at == 1 else "empty", f"{max(0, 3 - at)} of 3")
    for at, name in enumerate(STAGES)
)


def as_goal(text: str) -> Understood:
    words = text.split()
    if not words:
        return Understood("")
    try:
        today, target = (float(word) for word in words[1:4:2])
    except ValueError:
        return Understood(
            "",
            ValueRefused(
                Message("“{text}” is no goal yet.", text=text),
                Message("Write the metric, from what and to what: revenue_per_session 1.84 to 1.95"),
            ),
        )
    return Understood(f"{words[0]}: from {today} to {target}", derived=f"{target / today - 1:+.1%} on today")


def as_entity(text: str) -> Understood:
    name, _, attributes = text.partition(":")
    if not text:
        return Understood("")
    if not attributes.strip():
        return Understood(
            "",
            ValueRefused(
                Message("“{name}” has no attributes.", name=name), Message("Write them behind a colon: user: age, city")
            ),
        )
    return Understood(f"{name.strip()} · attributes: {attributes.strip()}")


def prompt(kind: str, number: int) -> Prompt:
    common = {"part": 1, "parts": 1, "stage": "metrics", "number": number, "of": 35}
    why = "The interviewer wants to hear one number that says whether the business is better off."
    help_ = (
        "Say the number of the business, not of the model. A better ranking that sells no more has changed nothing.",
        "If you do not know today’s value, assume one and say so.",
    )
    if kind == "prose":
        return Prompt(
            "1",
            kind="prose",
            asked=Message("Did I understand correctly: what should change, and for whom?"),
            why=why,
            help=help_,
            flag="--set problem.goal.statement=…",
            **common,
            example="Whoever opens the home page should see something worth buying on the first screen, and buy it.",
        )
    if kind == "line":
        return Prompt(
            "3",
            kind="line",
            asked=Message("Which business number says so: from what, to what, by when?"),
            why=why,
            help=help_,
            initial="revenue_per_session 1.84 to 1.95",
            understand=as_goal,
            flag="--set problem.goal.metric=…",
            assumed=True,
            completions=("revenue_per_session", "retention_d7", "returns_share", "margin"),
            example="revenue_per_session 1.84 to 1.95",
            **common,
        )
    if kind == "lines":
        return Prompt(
            "11",
            kind="lines",
            asked=Message("What are the entities, and what characterises each?"),
            why=why,
            help=help_,
            options=(
                Option("user", "user", "user_id: country, tenure, age", ticked=True),
                Option("item", "item", "item_id: price, brand, description", ticked=True),
                Option("session", "session", "session_id: device, referrer"),
                Option("interaction", "interaction", "user_id, item_id, time: kind, position"),
                Option("категория", "категория", "дерево каталога"),
            ),
            shape=Message("name (key): attribute, attribute"),
            example="user (user_id): country, tenure, age",
            completions=("user", "item"),
            understand=as_entity,
            flag="--set data.entities=…",
            assumed=True,
            **common,
        )
    tasks = (
        "ranking",
        "classification",
        "regression",
        "retrieval",
        "forecasting",
        "generation",
        "agent",
        "clustering",
        "прогноз спроса",
    )
    hints = (
        "an order of things",
        "one of several classes",
        "a number",
        "candidates out of many",
        "a number in time",
        "",
        "",
        "",
        "",
    )
    options = tuple(
        Option(task, task, hint, ticked=task in ("ranking", "retrieval"))
        for task, hint in zip(tasks, hints, strict=True)
    )
    if kind == "choice":
        return Prompt(
            "22",
            kind="choice",
            asked=Message("What kind of task is it?"),
            why=why,
            help=help_,
            options=options,
            initial="ranking",
            flag="--set model.task=ranking",
            assumed=True,
            **common,
        )
    return Prompt(
        "L2", kind="choices", asked=Message("Where does its knowledge come from?"), why=why, help=help_,
        options=options,
        flag="--set model.llm.knowledge=…", again=True, **common,
    )  # fmt: skip


MENU = tuple(
    Option(
        f"kind-{number:02}",
        f"kind-{number:02}",
        f"Things that are chosen, checked, counted or written, number {number} of them all.",
    )
    for number in range(1, 23)
)
"""As long as a list of templates may become, with summaries longer than a row."""


def main(kinds: list[str]) -> None:
    look = console(sys.stderr)

    def say(message: Message | str) -> str:
        return str(message)

    if "--plain" in kinds:
        from mlsd.cli.prompts.plain import Plain

        asker: object = Plain(look, say)
        kinds.remove("--plain")
    else:
        from mlsd.cli.prompts.terminal import Terminal

        asker = Terminal(look, say)
    around = Around(TABS, lambda: "02:14", lambda: "")
    with asker.session():  # type: ignore[attr-defined]
        for number, kind in enumerate(kinds, 1):
            if kind == "menu":
                asker.line(f"got {asker.pick('What kind of problem is it?', MENU)}")  # type: ignore[attr-defined]
                continue
            result = asker.ask(prompt(kind, number), around)  # type: ignore[attr-defined]
            asker.line(
                f"got {result.value!r}, untouched {result.untouched}" if isinstance(result, Given) else f"got {result}"
            )  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1:])
