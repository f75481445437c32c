"""``mlsd size llm``: weights, KV cache, GPUs, time of an answer, tokens of a month, training."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

import typer

from mlsd.cli.calculators.flags import Text, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing import domain, tokens, training
from mlsd.sizing import llm as serving
from mlsd.sizing.memory import weights_gb
from mlsd.sizing.working import Input, Working

HELP = Message(
    "GPUs, KV cache, tokens and training of a language model. Example: mlsd size llm --params 70B --layers 80 "
    "--kv-heads 8 --head-dim 128 --context 8k --concurrency 16 --gpu-memory 80GB"
)
Precision = Literal["fp32", "bf16", "fp16", "fp8", "int8", "int4", "fp4"]
Given = dict[str, Input | None]


def llm(
    params: Annotated[Text, flag("--params", Message("Parameters, all experts: 70B."))] = None,
    active: Annotated[Text, flag("--active", Message("Active parameters (all unless given)."))] = None,
    precision: Annotated[
        Precision, typer.Option("--precision", help=say(Message("Precision of the weights.")))
    ] = "bf16",
    layers: Annotated[Text, flag("--layers", Message("Layers."))] = None,
    kv_heads: Annotated[Text, flag("--kv-heads", Message("KV heads (GQA)."))] = None,
    head_dim: Annotated[Text, flag("--head-dim", Message("Size of a head."))] = None,
    latent: Annotated[Text, flag("--latent", Message("MLA: latent and positional dimension together."))] = None,
    kv_bytes: Annotated[Text, flag("--kv-bytes", Message("Bytes of a cached value (2 unless given)."))] = None,
    window: Annotated[Text, flag("--sliding-window", Message("Tokens that a windowed layer keeps."))] = None,
    windowed: Annotated[Text, flag("--windowed", Message("Share of the layers that is windowed."))] = None,
    context: Annotated[Text, flag("--context", Message("Tokens of a sequence: 8k."))] = None,
    concurrency: Annotated[Text, flag("--concurrency", Message("Sequences at once."))] = None,
    context_window: Annotated[
        Text, flag("--context-window", Message("Context window of the model: what tokens in and out leave of it."))
    ] = None,
    gpu_memory: Annotated[Text, flag("--gpu-memory", Message("Memory of a GPU: 80GB."))] = None,
    tflops: Annotated[Text, flag("--tflops", Message("Peak TFLOPS of a GPU."))] = None,
    bandwidth: Annotated[Text, flag("--bandwidth", Message("Memory bandwidth of a GPU, GB/s."))] = None,
    tokens_second: Annotated[
        Text, flag("--tokens-second", Message("Tokens a second, read and written, of all."))
    ] = None,
    gpus: Annotated[Text, flag("--gpus", Message("GPUs there are (else those needed)."))] = None,
    requests: Annotated[Text, flag("--requests-month", Message("Requests a month."))] = None,
    tokens_in: Annotated[Text, flag("--tokens-in", Message("Tokens read by a call."))] = None,
    tokens_out: Annotated[Text, flag("--tokens-out", Message("Tokens written by a call."))] = None,
    price_in: Annotated[Text, flag("--price-in", Message("Price of a million tokens in."))] = None,
    price_out: Annotated[Text, flag("--price-out", Message("Price of a million tokens out."))] = None,
    calls: Annotated[Text, flag("--calls", Message("Calls of a request."))] = None,
    cached: Annotated[Text, flag("--cached", Message("Share of the tokens in that is cached."))] = None,
    cached_price: Annotated[
        Text, flag("--cached-price", Message("Their price, as a share (50% unless given)."))
    ] = None,
    train_tokens: Annotated[Text, flag("--train-tokens", Message("Tokens of a training: 15T."))] = None,
    gpu_hours: Annotated[Text, flag("--gpu-hours", Message("GPU hours there are for it."))] = None,
    utilisation: Annotated[Text, flag("--utilisation", Message("Share of the peak that is reached (40%)."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Everything that the flags given allow."""
    written: dict[str, tuple[str | None, Callable[[object], float]]] = {
        "--params": (params, quantity.count), "--active": (active, quantity.count),
        "--layers": (layers, quantity.count), "--kv-heads": (kv_heads, quantity.count),
        "--head-dim": (head_dim, quantity.count), "--latent": (latent, quantity.count),
        "--kv-bytes": (kv_bytes, quantity.number), "--sliding-window": (window, quantity.tokens),
        "--windowed": (windowed, quantity.share), "--context": (context, quantity.tokens),
        "--concurrency": (concurrency, quantity.count), "--gpu-memory": (gpu_memory, quantity.gigabytes),
        "--tflops": (tflops, quantity.number), "--bandwidth": (bandwidth, quantity.number),
        "--tokens-second": (tokens_second, quantity.number), "--gpus": (gpus, quantity.count),
        "--context-window": (context_window, quantity.tokens),
        "--requests-month": (requests, quantity.number), "--tokens-in": (tokens_in, quantity.tokens),
        "--tokens-out": (tokens_out, quantity.tokens), "--price-in": (price_in, quantity.number),
        "--price-out": (price_out, quantity.number), "--calls": (calls, quantity.number),
        "--cached": (cached, quantity.share), "--cached-price": (cached_price, quantity.share),
        "--train-tokens": (train_tokens, quantity.number), "--gpu-hours": (gpu_hours, quantity.number),
        "--utilisation": (utilisation, quantity.share),
    }  # fmt: skip
    given = {name.removeprefix("--"): read(name, text, parse) for name, (text, parse) in written.items()}
    _sensible(given)
    data: dict[str, Any] = {}
    rows = [*_served(given, precision, data), *_asked(given), *_trained(given)]
    if not rows:
        raise UsageError(
            Message("Nothing can be computed from these flags."), Message("Give --params, see: mlsd size llm --help")
        )
    show(Answer(rows, {row.id: row.result for row in rows} | data, None, list(_remarks(given, rows))), format)
    return ExitCode.OK


def _sensible(given: Given) -> None:
    """Refuse flags that contradict one another or say nothing alone."""
    params, active = given["params"], given["active"]
    if params is not None and active is not None and active.value > params.value:
        raise UsageError(
            Message("--active is more than --params: only a part of all parameters is active."),
            Message("Give all parameters, experts included, as --params."),
        )
    if given["windowed"] is not None and given["sliding-window"] is None:
        raise UsageError(
            Message("{flag} says nothing without {other}.", flag="--windowed", other="--sliding-window"),
            Message("Give it, for example: {flag} {example}", flag="--sliding-window", example="4096"),
        )


def _served(given: Given, precision: str, data: dict[str, Any]) -> Iterator[Derived]:
    """Weights, cache, GPUs, and how fast they answer; ``data`` learns what binds."""
    params, active = given["params"], given["active"] or given["params"]
    if params is None:
        return
    weights = weights_gb(params, None, precision)
    yield Derived("weights_gb", "", Message("memory of the weights"), weights)
    shape = (given["layers"], given["kv-heads"], given["head-dim"], given["kv-bytes"], given["latent"])
    token = serving.kv_bytes_per_token(*shape)
    cache = None
    if given["context"] is not None or any(shape):
        yield Derived("kv_bytes_token", "", Message("KV cache of a token"), token)
    if token.result is not None and given["context"] is not None:
        each = token.as_input(Message("KV bytes of a token"))
        cache = serving.kv_cache_gb(
            each, given["context"], given["concurrency"], given["sliding-window"], given["windowed"]
        )
        yield Derived("kv_cache_gb", "", Message("KV cache of all sequences"), cache)
    count = given["gpus"]
    if given["gpu-memory"] is not None and (cache is not None or given["context"] is None):
        kept: Input | float = cache.as_input(Message("KV cache")) if cache else 0.0
        found = serving.gpus_needed(
            weights.as_input(Message("weights")), kept, given["gpu-memory"], None,
            active, given["tokens-second"], given["tflops"], given["utilisation"],
        )  # fmt: skip
        data |= {"gpus_by_memory": found.by_memory, "gpus_by_compute": found.by_compute, "binding": found.binding}
        yield Derived("gpus", "", Message("GPUs that serve the model"), found.working)
        count = count or found.working.as_input(Message("GPUs"))
    if count is not None and active is not None:
        read_each_step = weights_gb(active, None, precision)
        yield from _speed(given, active, count, read_each_step, cache)


def _speed(given: Given, active: Input, count: Input, weights: Working, cache: Working | None) -> Iterator[Derived]:
    """The first token, each one after it, and the whole answer."""
    first = step = None
    prompt = given["tokens-in"] or given["context"]
    if prompt is not None and given["tflops"] is not None:
        first = serving.time_to_first_token(active, prompt, count, given["tflops"], given["utilisation"])
        yield Derived("ttft_ms", "", Message("time to the first token"), first)
    if given["bandwidth"] is not None:
        kept = cache.as_input(Message("KV cache")) if cache else None
        step = serving.ms_per_token(weights.as_input(Message("active weights")), count, given["bandwidth"], kept)
        yield Derived("ms_per_token", "", Message("time of one token"), step)
    written = given["tokens-out"]
    if first is not None and step is not None and step.result and written is not None:
        speed = Input(Message("tokens a second"), 1000 / step.result, "1/s", origin="computed")
        whole = serving.generation_ms(first.as_input(Message("time to the first token")), written, speed)
        yield Derived("answer_ms", "", Message("time of the whole answer"), whole)


def _asked(given: Given) -> Iterator[Derived]:
    """What is left of the context window, and the bill for tokens."""
    window = given["context-window"]
    if window is not None:
        left = serving.context_left(window, question=given["tokens-in"], output=given["tokens-out"])
        yield Derived("context_left", "", Message("tokens left in the context window"), left)
    wanted = [given[name] for name in ("requests-month", "tokens-in", "tokens-out", "price-in", "price-out")]
    requests, read_, out, price_in, price_out = wanted
    if requests is None or read_ is None or out is None or price_in is None or price_out is None:
        return
    working = tokens.token_cost_month(
        requests, read_, out, price_in, price_out, given["calls"], given["cached"], given["cached-price"]
    )
    yield Derived("cost_month", "", Message("tokens of a month"), working)


def _trained(given: Given) -> Iterator[Derived]:
    """Operations and time of a training."""
    active, tokens = given["active"] or given["params"], given["train-tokens"]
    if active is None or tokens is None:
        return
    flops = training.training_flops(active, tokens)
    yield Derived("flops", "", Message("operations of the training"), flops)
    if given["tflops"] is not None:
        hours = training.gpu_hours(flops.as_input(Message("operations")), given["tflops"], given["utilisation"])
        yield Derived("gpu_hours", "", Message("GPU hours of the training"), hours)
    best = training.optimal_tokens(active)
    yield Derived("optimal_tokens", "", Message("tokens that suit this size best"), best)
    ratio = training.tokens_per_parameter(active, tokens)
    yield Derived("tokens_per_parameter", "", Message("tokens a parameter"), ratio)
    if given["gpus"] is not None and given["tflops"] is not None:
        days = training.training_days(active, tokens, given["gpus"], given["tflops"], given["utilisation"])
        yield Derived("training_days", "", Message("days of the training"), days)


def _remarks(given: Given, rows: list[Derived]) -> Iterator[Message]:
    """The training against the hours there are."""
    needed = next((row.result for row in rows if row.id == "gpu_hours"), None)
    there = given["gpu-hours"]
    if needed is None or there is None:
        return
    left = float(f"{domain.amount(Message('GPU hours there are'), there, 'GPU h').value - needed:.4g}")
    if left >= 0:
        yield Message("{left} GPU hours are left after the training.", left=left)
    else:
        yield Message("The training takes {over} GPU hours more than there are.", over=-left)
