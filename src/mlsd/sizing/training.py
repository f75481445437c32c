"""Training a language model: operations, hours, days, tokens."""

from __future__ import annotations

from math import ceil

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

KAPLAN = "Kaplan et al.: Scaling Laws for Neural Language Models (2020)"
LORA = f"{KAPLAN}; Hu et al.: LoRA (2021); Dettmers et al.: QLoRA (2023)"
CHINCHILLA = "Hoffmann et al.: Training Compute-Optimal Large Language Models (2022)"
TOKENS_PER_PARAMETER = 20.0
UTILISATION = 0.4


def training_flops(active_params: Value, tokens: Value, *, frozen: bool = False) -> Working:
    """Floating-point operations of a training: 6 · N · D, with N active parameters and D tokens.

    ``frozen``: only an adapter in the model learns. Every token still runs forward and back through all N parameters
    of the model, but their own gradients are not computed: 4 · N · D. The adapter adds below a hundredth to that;
    activations that are computed twice to save memory add 2 · N · D, and neither is counted.
    """
    n = domain.positive(Message("parameters of the frozen model") if frozen else Message("parameters"), active_params)
    d = domain.amount(Message("training tokens"), tokens, "tokens")
    each = _each(frozen)
    return Working(f"FLOP = {each} · N · D", (n, d), each * n.value * d.value, "FLOP", _source(frozen))


def _each(frozen: bool) -> int:
    """Operations for each parameter and token: 2 forward, 2 back through it, 2 for its own gradient if it learns."""
    return 4 if frozen else 6


def _source(frozen: bool) -> str:
    return LORA if frozen else KAPLAN


def gpu_hours(flops: Value, peak_tflops: Value, utilisation: Value | None = None) -> Working:
    """GPU hours for so many operations (up to 1e35): FLOP ÷ (10¹² · peak · utilisation · 3600); .4 is used."""
    work = domain.number(Message("operations"), flops, unit="FLOP", at_least=0, at_most=1e35)
    peak = domain.positive(Message("peak TFLOPS of a GPU"), peak_tflops, "TFLOPS")
    used = domain.some_share(Message("utilisation"), utilisation, default=UTILISATION)
    hours = work.value / (1e12 * peak.value * used.value * 3600)
    formula = "h = FLOP ÷ (10¹² · TFLOPS · utilisation · 3600)"
    return Working(formula, (work, peak, used), hours, "GPU h", KAPLAN)


def training_days(
    active_params: Value,
    tokens: Value,
    gpus: Value,
    peak_tflops: Value,
    utilisation: Value | None = None,
    *,
    frozen: bool = False,
) -> Working:
    """Days of a training on ``gpus`` GPUs: operations ÷ (GPUs · 10¹² · peak · utilisation · 86,400).

    The operations are 6·N·D, or 4·N·D if the model is ``frozen`` and an adapter learns.
    """
    work = training_flops(active_params, tokens, frozen=frozen)
    count = domain.positive(Message("GPUs"), gpus)
    hours = gpu_hours(work.as_input(Message("operations")), peak_tflops, utilisation)
    formula = f"days = {_each(frozen)} · N · D ÷ (GPUs · 10¹² · TFLOPS · utilisation · 86 400)"
    inputs: tuple[Input, ...] = (*work.inputs, count, *hours.inputs[1:])
    return Working(formula, inputs, (hours.result or 0.0) / count.value / 24, "days", work.source)


def training_gpus(
    active_params: Value,
    tokens: Value,
    days: Value,
    peak_tflops: Value,
    utilisation: Value | None = None,
    *,
    frozen: bool = False,
) -> Working:
    """GPUs that train in so many days: ⌈operations ÷ (days · 86,400 · 10¹² · peak · utilisation)⌉.

    The operations are 6·N·D, or 4·N·D if the model is ``frozen`` and an adapter learns.
    """
    work = training_flops(active_params, tokens, frozen=frozen)
    time = domain.positive(Message("days of training"), days, "days")
    hours = gpu_hours(work.as_input(Message("operations")), peak_tflops, utilisation)
    formula = f"GPUs = ⌈{_each(frozen)} · N · D ÷ (days · 86 400 · 10¹² · TFLOPS · utilisation)⌉"
    inputs: tuple[Input, ...] = (*work.inputs, time, *hours.inputs[1:])
    count = ceil((hours.result or 0.0) / 24 / time.value - 1e-9)
    return Working(formula, inputs, float(max(1, count)), "GPUs", work.source)


def tokens_per_parameter(params: Value, tokens: Value) -> Working:
    """Training tokens for each parameter; about 20 is compute-optimal, models that serve much are trained longer."""
    n = domain.positive(Message("parameters"), params)
    d = domain.amount(Message("training tokens"), tokens, "tokens")
    note = None
    if d.value / n.value < TOKENS_PER_PARAMETER / 2:
        note = Message("Fewer than ten tokens a parameter: a smaller model on more tokens is better at the same cost.")
    return Working("D ÷ N", (n, d), d.value / n.value, "tokens/parameter", CHINCHILLA, note)


def optimal_tokens(params: Value) -> Working:
    """Compute-optimal number of training tokens: about 20 for each parameter."""
    n = domain.positive(Message("parameters"), params)
    each = domain.positive(Message("tokens a parameter"), None, default=TOKENS_PER_PARAMETER)
    return Working("D = 20 · N", (n, each), n.value * each.value, "tokens", CHINCHILLA)
