"""``mlsd size agent``: how often a task of several steps succeeds, and what a success costs."""

from collections.abc import Iterator
from typing import Annotated

from mlsd.cli.calculators.flags import Text, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing import agent as chain
from mlsd.sizing.working import Input

HELP = Message(
    "Success of a task of several steps and its cost. Example: "
    "mlsd size agent --step-success 95% --steps 10 --target 80% --task-cost 0.12"
)


def agent(
    step_success: Annotated[Text, flag("--step-success", Message("How often one step succeeds: 95%."))] = None,
    steps: Annotated[Text, flag("--steps", Message("Steps of a task."))] = None,
    target: Annotated[Text, flag("--target", Message("How often a task should succeed: 80%."))] = None,
    task_success: Annotated[Text, flag("--task-success", Message("Or: how often a task succeeds."))] = None,
    task_cost: Annotated[Text, flag("--task-cost", Message("Cost of an attempt: gives that of a success."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Everything that the flags given allow."""
    rows = list(
        _rows(
            read("--step-success", step_success, quantity.share),
            read("--steps", steps, quantity.number),
            read("--target", target, quantity.share),
            read("--task-success", task_success, quantity.share),
            read("--task-cost", task_cost, quantity.number),
        )
    )
    if not rows:
        raise UsageError(
            Message("Nothing can be computed from these flags."),
            Message("Give --step-success and --steps: mlsd size agent --step-success 95% --steps 10"),
        )
    show(Answer(rows, {row.id: row.result for row in rows}), format)
    return ExitCode.OK


def _rows(
    step: Input | None, steps: Input | None, target: Input | None, known: Input | None, cost: Input | None
) -> Iterator[Derived]:
    if step is not None and steps is not None:
        success = chain.task_success(step, steps)
        yield Derived("success", "", Message("success of a task"), success)
        known = known or success.as_input(Message("success of a task"))
    if target is not None and steps is not None:
        needed = chain.step_success_needed(target, steps)
        yield Derived("step_needed", "", Message("success that each step needs"), needed)
    if target is not None and step is not None:
        most = chain.steps_possible(step, target)
        yield Derived("steps_possible", "", Message("most steps that reach the target"), most)
    if cost is not None and known is not None:
        price = chain.cost_per_success(cost, known)
        yield Derived("success_cost", "", Message("cost of a task that succeeds"), price)
