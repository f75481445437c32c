"""Training a language model: operations, hours, days, tokens."""

from __future__ import annotations

from math import ceil

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

KAPLAN = "Kaplan et al.: Scaling Laws for Neural Language Models (2020)"
CHINCHILLA = "Hoffmann et al.: Training Compute-Optimal Large Language Models (2022)"
TOKENS_PER_PARAMETER = 20.0
UTILISATION = 0.4


def training_flops(active_params: Value, tokens: Value) -> Working:
    """Floating-point operations of a training: 6 · N · D, with N active parameters and D tokens."""
    n = domain.positive(Message("parameters"), active_params)
    d = domain.amount(Message("training tokens"), tokens, "tokens")
    return Working("FLOP = 6 · N · D", (n, d), 6 * n.value * d.value, "FLOP", KAPLAN)


def gpu_hours(flops: Value, peak_tflops: Value, utilisation: Value | None = None) -> Working:
    """GPU hours for so many operations (up to 1e35): FLOP ÷ (10¹² · peak · utilisation · 3600); .4 is used."""
    work = domain.number(Message("operations"), flops, unit="FLOP", at_least=0, at_most=1e35)
    peak = domain.positive(Message("peak TFLOPS of a GPU"), peak_tflops, "TFLOPS")
    used = domain.some_share(Message("utilisation"), utilisation, default=UTILISATION)
    hours = work.value / (1e12 * peak.value * used.value * 3600)
    formula = "h = FLOP ÷ (10¹² · TFLOPS · utilisation · 3600)"
    return Working(formula, (work, peak, used), hours, "GPU h", KAPLAN)


def training_days(
    active_params: Value, tokens: Value, gpus: Value, peak_tflops: Value, utilisation: Value | None = None
) -> Working:
    """Days of a training on ``gpus`` GPUs: 6·N·D ÷ (GPUs · 10¹² · peak · utilisation · 86,400)."""
    work = training_flops(active_params, tokens)
    count = domain.positive(Message("GPUs"), gpus)
    hours = gpu_hours(work.as_input(Message("operations")), peak_tflops, utilisation)
    formula = "days = 6 · N · D ÷ (GPUs · 10¹² · TFLOPS · utilisation · 86 400)"
    inputs: tuple[Input, ...] = (*work.inputs, count, *hours.inputs[1:])
    return Working(formula, inputs, (hours.result or 0.0) / count.value / 24, "days", KAPLAN)


def training_gpus(
    active_params: Value, tokens: Value, days: Value, peak_tflops: Value, utilisation: Value | None = None
) -> Working:
    """GPUs that train in so many days: ⌈6·N·D ÷ (days · 86,400 · 10¹² · peak · utilisation)⌉."""
    work = training_flops(active_params, tokens)
    time = domain.positive(Message("days of training"), days, "days")
    hours = gpu_hours(work.as_input(Message("operations")), peak_tflops, utilisation)
    formula = "GPUs = ⌈6 · N · D ÷ (days · 86 400 · 10¹² · TFLOPS · utilisation)⌉"
    inputs: tuple[Input, ...] = (*work.inputs, time, *hours.inputs[1:])
    count = ceil((hours.result or 0.0) / 24 / time.value - 1e-9)
    return Working(formula, inputs, float(max(1, count)), "GPUs", KAPLAN)


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
