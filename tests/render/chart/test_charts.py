"""Charts of a design: the same bytes every time, words inside their picture, inert whatever the names say."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_designs import design, example

from mlsd.content.language import language
from mlsd.derived.what_if import replaced
from mlsd.lint.stress import numbers
from mlsd.render.chart.waterfall import Waterfall
from mlsd.render.diagram.words import width
from mlsd.render.pictures import Picture, Pictures, mermaid, pictures, svg
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "rect", "path", "circle", "text", "g"}


def drawn(data: dict[str, Any], code: str = "en") -> Pictures:
    made, spoken = design(data), language(code)
    return pictures(made, None, Figures(spoken, made.currency), Names(made, spoken.say))


def charts(data: dict[str, Any], code: str = "en") -> list[Picture]:
    return drawn(data, code).drawn()


def named(name: str) -> dict[str, Any]:
    data = example()
    for block in data["pipeline"]["components"]:
        block["name"] = name
    return data


def path_of(data: dict[str, Any]) -> Waterfall:
    found = drawn(data).path
    assert found
    return found


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_chart_is_there_names_itself_and_is_the_same_again(code: str) -> None:
    found = charts(example(), code)
    assert len(found) == 3
    for chart, again in zip(found, charts(example(), code), strict=True):
        root = ElementTree.fromstring(svg(chart))
        assert svg(chart) == svg(again)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title")
        assert len(root.findtext(f"{SVG}desc") or "") > 40


@pytest.mark.parametrize("code", ["en", "ru"])
@pytest.mark.parametrize("change", ["", "slow", "tiny", "short", "unpromised"])
def test_words_stay_inside_their_picture(code: str, change: str) -> None:
    data = named("Очень длинное имя компонента, которое никуда не влезает") if change == "slow" else example()
    if change == "slow":
        data["pipeline"]["components"][0]["p99_ms"] = 12_345.678
    elif change == "tiny":
        data["ab_test"]["eligible_units_day"] = 40
    elif change == "short":
        data["ab_test"]["duration_days"] = 3
    elif change == "unpromised":
        data["problem"]["constraints"] = []
    for chart in charts(data, code):
        root = ElementTree.fromstring(svg(chart))
        wide, tall = float(root.get("width", 0)), float(root.get("height", 0))
        for text in root.iter(f"{SVG}text"):
            size = float(text.get("font-size") or root.get("font-size") or 0)
            long = width(text.text or "", size, bold=text.get("font-weight") == "600")
            left = float(text.get("x", 0)) - long * {"end": 1, "middle": 0.5}.get(text.get("text-anchor", ""), 0)
            assert left >= -0.6, text.text
            assert left + long <= wide + 0.6, text.text
            assert 0 < float(text.get("y", 0)) < tall


def test_the_path_says_what_is_left_and_what_waits() -> None:
    chart = path_of(example())
    assert [(bar.label, bar.time, bar.share) for bar in chart.rows][-2:] == [
        ("whole path", "130\u00a0ms", "65\u00a0%"),
        ("left", "70\u00a0ms", "35\u00a0%"),
    ]
    assert [(bar.step, bar.beside) for bar in chart.bars] == [(1, False), (2, True), (2, True), (3, False), (4, False)]
    assert 'stroke-dasharray="2 3"' in svg(chart)
    assert chart.legend in svg(chart)


def test_a_path_that_is_too_long_shows_by_how_much() -> None:
    data = example()
    data["pipeline"]["components"][0]["p99_ms"] = 110
    chart = path_of(data)
    assert chart.too_long
    assert chart.rest
    assert (chart.rest.label, chart.rest.time) == ("over the promise", "30\u00a0ms")
    assert 'class="over"' in svg(chart)


def test_a_block_without_a_time_is_open_and_one_without_a_promise_is_measured_by_the_path() -> None:
    data = example()
    del data["pipeline"]["components"][0]["p99_ms"]
    data["problem"]["constraints"] = []
    chart = path_of(data)
    assert (chart.bars[0].time, chart.bars[0].kind) == ("open", "missing")
    assert (chart.rest, chart.promise, chart.heads[1]) == (None, None, "of the path")


def test_a_path_of_many_blocks_is_told_in_words_alone() -> None:
    data = example()
    data["pipeline"]["request_path"] = ["gateway"] * 25
    assert drawn(data).path is None


def test_the_fences_of_the_example() -> None:
    path, power, sample = (mermaid(chart).splitlines() for chart in charts(example()))
    assert path[:4] == [
        "gantt",
        "  title The request path in time, each block at its p99",
        "  dateFormat x",
        "  axisFormat %Q",
    ]
    assert path[5:7] == [
        "  2. candidate retrieval – 30 ms (15 %) :10, 40",
        "  2. online features – 15 ms (7.5 %) :10, 25",
    ]
    assert path[-1] == "  left – 70 ms (35 %) :done, 130, 200"
    assert power[0] == sample[0] == "xychart-beta"
    assert power[2] == '  x-axis "days from its start" 9 --> 21'
    assert sample[2:4] == [
        '  x-axis "smallest effect seen, relative, %" 3 --> 10',
        '  y-axis "units in all arms" 0 --> 800000',
    ]
    assert power[-1] == f"  line [{', '.join(['80'] * 30)}]"


@pytest.mark.parametrize(("window", "ramp", "daily"), [(0, 0, 90_000), (7, 2, 90_000), (75, 7, 9_000), (30, 0, 3_000)])
def test_the_fence_reaches_the_wanted_power_on_the_day_that_is_computed(window: int, ramp: int, daily: int) -> None:
    data = {
        "metrics": {"online": [{"id": "openers", "baseline": 0.05, "window_days": window}]},
        "ab_test": {
            "primary": ["openers"], "mde": "5% relative", "eligible_units_day": daily, "ramp_days": ramp,
            "duration_days": 14 + 7 * (window + ramp),
        },
    }  # fmt: skip
    chart = drawn(data).power
    assert chart is not None
    lines = mermaid(chart).splitlines()
    first, last = map(float, lines[2].rpartition('" ')[2].split(" --> "))
    powers = [float(power) for power in lines[4].partition("[")[2].rstrip("]").split(", ")]
    step = (last - first) / (len(powers) - 1)
    crossed = next(number for number, power in enumerate(powers) if power >= 80)
    before = first + step * (crossed - 1)
    assert before - 0.02 * step <= ramp + window + 244_248 / daily <= before + 1.02 * step


def test_a_path_of_few_milliseconds_is_a_fence_of_microseconds() -> None:
    blocks = [{"id": "parse", "p99_ms": 0.05}, {"id": "score", "p99_ms": 0.15}]
    limit = {"id": "fast", "kind": "latency", "op": "<=", "value": 0.5, "unit": "ms"}
    pipeline = {"components": blocks, "request_path": ["parse", "score"]}
    path = mermaid(path_of({"problem": {"constraints": [limit]}, "pipeline": pipeline})).splitlines()
    assert path[1] == "  title The request path in time, each block at its p99 (µs)"
    assert path[4:] == [
        "  1. parse – 0.05 ms (10 %) :0, 50",
        "  2. score – 0.15 ms (30 %) :50, 200",
        "  whole path – 0.2 ms (40 %) :crit, 0, 200",
        "  left – 0.3 ms (60 %) :done, 200, 500",
    ]
    limit["value"] = 20
    path = mermaid(path_of({"problem": {"constraints": [limit]}, "pipeline": pipeline})).splitlines()
    assert path[4] == "  1. parse – 0.05 ms (0.25 %) :0, 1"


HOSTILE = [
    "</text><script>x</script>",
    "\x00\x1b[31m\u202e",
    'section x": 1',
    "click a :b; c",
    "%%{init: {}}%%",
    "a\n\nb",
]


def across(chart: Picture, words: str) -> list[float]:
    """Where the curve runs through these words."""
    root = ElementTree.fromstring(svg(chart))
    found = next(node for node in root.iter(f"{SVG}text") if (node.text or "").replace("\u00a0", " ").startswith(words))
    left, baseline = float(found.get("x", "0")), float(found.get("y", "0"))
    right = left + width(found.text or "", float(found.get("font-size", "0")))
    trace = next(node for node in root.iter(f"{SVG}path") if node.get("class") == "trace").get("d", "")
    points = [tuple(map(float, part.split())) for part in trace.removeprefix("M").split("L")]
    return [x for x, y in points if left <= x <= right and baseline - 9 <= y <= baseline + 2]


@pytest.mark.parametrize("daily", [5_000, 20_000, 100_000, 400_000])
@pytest.mark.parametrize("days", [42, 56, 70])
@pytest.mark.parametrize("window", [1, 14, 28])
def test_no_curve_runs_through_the_words_of_its_level_or_of_its_mark(daily: int, days: int, window: int) -> None:
    data = {
        "metrics": {"online": [{"id": "openers", "baseline": 0.2, "window_days": window}]},
        "ab_test": {"primary": ["openers"], "mde": "2% relative", "eligible_units_day": daily, "duration_days": days},
    }
    chart = drawn(data).power
    assert chart is not None
    assert across(chart, "wanted") == across(chart, f"{days} days") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    harmless(path_of(named(name)))


@given(st.text(min_size=1, max_size=200))
def test_any_name_stays_a_name(name: str) -> None:
    harmless(path_of(named(name)))


def harmless(chart: Waterfall) -> None:
    root = ElementTree.fromstring(svg(chart))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
    tasks = mermaid(chart).split("\n")[4:-3]
    assert len(tasks) == 5
    assert all(re.fullmatch(r"  \d\. [^:\"<>{}]+ :\d+, \d+", task) for task in tasks)


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300])
def test_every_number_of_a_design_may_be_anything(value: float) -> None:
    whole, spoken = design(example()), language("en")
    for path, _, is_whole in numbers(whole, everything=True):
        moved = replaced(whole, path, int(value) if is_whole else value)
        for picture in pictures(moved, None, Figures(spoken, "EUR"), Names(moved, spoken.say)).drawn():
            ElementTree.fromstring(svg(picture))
            assert not re.search(r"nan|\binf\b", mermaid(picture))
