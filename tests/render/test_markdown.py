"""The design as Markdown: complete, half finished and empty; and what no answer can do to it."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from printed_designs import HALF, design, example

from mlsd.content.language import language
from mlsd.design import Design
from mlsd.render.chart.curve import CurveChart
from mlsd.render.chart.waterfall import Waterfall
from mlsd.render.context import context
from mlsd.render.diagram import Graph, graph_of
from mlsd.render.escape import one_line
from mlsd.render.markdown import document
from mlsd.render.one_pager import one_pager
from mlsd.render.pictures import mermaid, pictures
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

EN, RU = language("en"), language("ru")
PARSER = MarkdownIt("js-default", {"html": False, "linkify": False}).enable("table")
STAGES = ["1. Problem", "2. Metrics", "3. Data", "4. Pipeline", "5. Model", "6. Deploy", "7. A/B test"]
BLOCKS = {"heading_open", "table_open", "tr_open", "th_open", "td_open", "hr", "blockquote_open", "html_block"}
INLINE = {"link_open", "image", "html_inline"}
PAYLOADS = [
    "CTR | uplift\n## 7. Approved by CTO",
    "x\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "```\n# out\n```\n\n---\n> quote",
    "{{7*7}}{% endraw %}{{ design }}{#",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "\u202eevil\x1b]8;;http://evil\x07",
    "~~~mermaid\nclick a\n~~~",
    '# read("main.typ") $x$ #panic()',
    "| --- | --- |",
    "</details>\n\n1) one\n+ two",
]


def text(data: dict[str, Any], **options: Any) -> str:
    return document(design(data), language=options.pop("language", EN), **options).text


def section(printed: str, heading: str) -> str:
    """What stands between a heading and the next one of any level."""
    return printed.split(f" {heading}\n", 1)[1].split("\n#", 1)[0].strip()


def headings(printed: str) -> list[tuple[str, str]]:
    tokens = PARSER.parse(printed)
    opened = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    return [(tokens[place].tag, tokens[place + 1].content) for place in opened]


def shape(printed: str) -> list[Any]:
    """Headings, tables with the cells of every row, Mermaid fences, links and pictures, in their order."""
    found: list[Any] = []
    for token in PARSER.parse(printed):
        if token.type in BLOCKS:
            found.append(token.type + token.tag)
        elif token.type == "fence" and token.info:
            found.append(token.info)
        elif token.type == "inline":
            children = token.children or []
            found += [child.attrs.get("href") or child.type for child in children if child.type in INLINE]
    return found


def test_the_seven_stages_in_order_then_the_rest() -> None:
    printed = text(example(), template={"name": "recsys", "title": "Recommendations"}, date="2027-01-15")
    second = [words for tag, words in headings(printed) if tag == "h2"]
    assert second[:8] == ["Contents", *STAGES]
    assert second[8:] == ["Assumptions", "Decisions", "Iterations", "Glossary", "Appendix: open findings"]


def test_the_example_reads_as_prose() -> None:
    printed = text(example())
    assert section(printed, "Scale").startswith(
        "2M people a day make 6 requests each. "
        "That is 139\u00a0requests a second on average and 900 at the peak, 6.5 times as many."
    )
    assert (
        "The path answers in at most 130\u00a0ms at p99 (10 + 30 + 80 + 10), 70\u00a0ms under the promised 200\u00a0ms."
        in section(printed, "The path of a request")
    )
    assert "Together 289\u202f693 users" in section(printed, "How many, and how long")
    assert "Together 15\u202f520\u00a0EUR a month, 4480\u00a0EUR under the budget of 20\u202f000\u00a0EUR." in section(
        printed, "Costs"
    )


def test_an_arm_that_is_held_out_needs_nobody() -> None:
    split = {"control": 0.45, "treatment": 0.45, "hold_out": 0.1}
    test = {"primary": "ctr", "split": split, "mde": "5% relative", "eligible_units_day": 40_000, "duration_days": 21}
    printed = text({"metrics": {"online": [{"id": "ctr", "baseline": 0.05, "window_days": 7}]}, "ab_test": test})
    needed = section(printed, "How many, and how long")
    for line in ("| control | 45\u00a0% | 122\u202f124 |", "| treatment | 45\u00a0% | 122\u202f124 |"):
        assert line in needed
    assert "Together 244\u202f248 users" in needed
    assert "At 36\u202f000 a day that takes 7\u00a0days to enrol." in needed


@pytest.mark.parametrize("data", [example(), HALF, {}], ids=["whole", "half", "empty"])
def test_nothing_of_the_machine_shows(data: dict[str, Any]) -> None:
    printed = re.sub(r"`[^`\n]*`", "code", re.sub(r"```.*?```", "picture", text(data), flags=re.DOTALL))
    assert not re.search(r"\b(None|True|False|null|Undefined|Markup)\b|\{\{|\}\}|%\(|p99_ms|false_positive", printed)
    prose = "\n".join(line.lstrip(" ") for line in printed.split("\n") if not line.startswith("|"))
    assert not re.search(r"\.\.|\. \.|,,| ,|\(\)|: \.|“”|  ", prose)
    assert "\n\n\n" not in printed
    assert not any(line.endswith(" ") for line in printed.split("\n"))


def test_an_empty_design_is_one_open_question_after_another() -> None:
    printed = text({})
    assert printed.startswith("# Untitled design\n")
    assert [words for tag, words in headings(printed) if tag == "h2"][1:8] == STAGES
    assert printed.count("> **Open:** ") == 45
    assert section(printed, "Goal") == (
        "> **Open:** What should change, and for whom?\n\n"
        "> **Open:** Which business number says so: from what, to what, by when?"
    )


def test_marks_that_a_person_typed_explain_nothing() -> None:
    goal = {"statement": "x† of ⟨y⟩ and *⟨z⟩*"}
    assert "**Marks:**" not in document(design({"problem": {"goal": goal}}), language=EN).text
    half = document(design({"problem": {"goal": goal | {"metric": "revenue"}}}), language=EN).text
    assert "**Marks:** ⟨open⟩ is not answered yet.\n" in half


def test_the_first_page_begins_with_the_first_paragraph_of_a_long_goal() -> None:
    data = {"problem": {"goal": {"statement": "More sales of companions.\n\n- in the shop\n- in the app"}}}
    text = document(design(data), language=EN).text
    assert text.count("More sales of companions. …\n") == 1
    assert text.count("More sales of companions.\n\n- in the shop\n- in the app\n") == 1


def test_half_a_design_shows_its_holes_in_place() -> None:
    printed = text(HALF)
    assert section(printed, "Decision") == (
        "A machine acts on the prediction and hands some cases to a person: *⟨open⟩*."
    )
    assert section(printed, "Constraints") == (
        "| What | Limit |\n| --- | --- |\n| latency | at most 5000\u00a0ms |\n\n- **Privacy:** *⟨open⟩*"
    )
    effect, new_ones = section(printed, "Assumptions").splitlines()[2:]
    assert re.fullmatch(r"- \*\*A/B test\.\*\* [^?]+\? 3\u00a0% relative \(`ab_test\.mde\.value`\)", effect)
    assert re.fullmatch(r"- \*\*Data, ticket\.\*\* [^?]+\? 300 \(`data\.entities\[ticket\]\.new_per_day`\)", new_ones)
    assert "300† new ones a day" in printed


@pytest.mark.parametrize(("sd", "method"), [(None, "two proportions, two-sided"), (0.4, "two means")])
def test_the_method_is_the_one_that_was_computed(sd: float | None, method: str) -> None:
    metric = {"id": "buyers", "direction": "up", "baseline": 0.2}
    test = {"primary": "buyers", "mde": {"value": 0.02, "kind": "relative"}, "sd": sd}
    printed = text({"metrics": {"online": [metric]}, "ab_test": test})
    assert f"z test of {method}. " in section(printed, "How many, and how long")


def test_an_assumed_list_without_names_says_what_it_holds() -> None:
    flows = [{"from": "log", "to": "lake"}, {"from": "lake", "to": "training"}]
    asked = [{"question": "Which page?", "answer": "The home page."}, {"question": "And clicks?"}]
    printed = text(
        {"problem": {"clarifications": asked}, "pipeline": {"flows": flows},
         "assumed": ["problem.clarifications", "pipeline.flows"]}
    )  # fmt: skip
    first, second = section(printed, "Assumptions").splitlines()[2:]
    assert first.endswith("started? Which page? And clicks? (`problem.clarifications`)")
    assert second.endswith("next? log → lake, lake → training (`pipeline.flows`)")


def test_one_word_for_two_fields_is_said_as_each_means_it() -> None:
    both = {"problem": {"decision": {"actor": "both"}}, "assumed": ["problem.decision.actor"]}
    assert "a machine and a person" in section(text(both), "Assumptions")
    made = {"deploy": {"feature_pipeline": {"tool": "spark", "mode": "both"}}}
    assert "as batch and stream" in text(made)


def test_a_baseline_that_has_a_name_is_said_in_the_language_of_the_print() -> None:
    for kind, said in (("popularity", "(популярность)"), ("our own trick", "(our own trick)")):
        data = {"model": {"baseline": {"kind": kind, "description": "хиты продаж"}}}
        assert f"хиты продаж {said}" in text(data, language=RU)


def test_a_path_that_breaks_its_promise_says_so() -> None:
    data = copy.deepcopy(example())
    data["problem"]["constraints"] = [{"kind": "latency", "op": "<=", "value": 100, "unit": "ms", "percentile": 99}]
    said = section(text(data), "The path of a request").split("\n\n")[1]
    assert said.startswith(
        "The path needs up to 130\u00a0ms at p99 (10 + 30 + 80 + 10), 30\u00a0ms more than the promised 100\u00a0ms."
    )


def test_findings_are_printed_in_the_appendix() -> None:
    finding = {
        "code": "MOD-01", "name": "no_baseline", "severity": "error", "path": "model",
        "message": "There is no *baseline*",
        "question": "What would you ship tomorrow?", "working": "0.31 < 0.34",
        "ways_out": ["closes with one that is named", "closes if it is measured"],
    }  # fmt: skip
    assert section(text(HALF, findings=[finding]), "Appendix: open findings") == (
        "- **Error, MOD-01.** There is no \\*baseline\\*. (`model`)\n"
        "  - Ask yourself: What would you ship tomorrow?\n"
        "  - Working: 0.31 \\< 0.34\n"
        "  - Closes with one that is named; closes if it is measured."
    )


def test_an_id_at_the_beginning_of_a_finding_is_spelt_as_it_is() -> None:
    finding = {"code": "XST-04", "severity": "error", "message": "ranker is not declared in this design."}
    printed = section(text(HALF, findings=[finding]), "Appendix: open findings")
    assert printed == "- **Error, XST-04.** ranker is not declared in this design."


def test_findings_of_one_rule_ask_their_question_once() -> None:
    one = {"code": "XST-07", "severity": "error", "message": "clicks_1 is not logged", "question": "Since when?"}
    printed = section(text(HALF, findings=[one, one, one | {"code": "XST-08"}]), "Appendix: open findings")
    assert printed.splitlines() == [
        "- **Error, XST-07.** clicks_1 is not logged.", "  - Ask yourself: Since when?",
        "- **Error, XST-07.** clicks_1 is not logged.",
        "- **Error, XST-08.** clicks_1 is not logged.", "  - Ask yourself: Since when?",
    ]  # fmt: skip


def test_pictures_are_the_only_fences_and_come_along_in_their_order() -> None:
    printed = document(design(example()), language=EN)
    fences = [token for token in PARSER.parse(printed.text) if token.type == "fence"]
    assert {token.info for token in fences} == {"mermaid"}
    assert [type(picture) for picture in printed.diagrams] == [Graph, Waterfall, CurveChart, CurveChart]
    assert [token.content for token in fences] == [mermaid(picture) for picture in printed.diagrams]
    assert printed.title == design(example()).title
    assert document(Design(), language=EN).diagrams == []


def test_russian_changes_the_scaffold_only_and_numbers_follow() -> None:
    data = example()
    printed = text(data, language=RU)
    assert len(headings(printed)) == len(headings(text(data)))
    assert data["problem"]["why_ml"] in printed
    assert "99,9\u00a0%" in printed
    assert "99.9\u00a0%" not in printed.replace(data["problem"]["why_ml"], "")


def test_the_same_bytes_again() -> None:
    assert text(example()) == text(example())


def leaves(value: Any) -> Iterator[type]:
    """The exact type of every value, keys included."""
    yield type(value)
    if isinstance(value, dict):
        for key, entry in value.items():
            yield type(key)
            yield from leaves(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry)


@pytest.mark.parametrize("data", [example(), HALF, {}], ids=["whole", "half", "empty"])
def test_the_context_is_plain_data(data: dict[str, Any]) -> None:
    whole = design(data)
    graph = graph_of(whole.filled(), EN.say)
    drawn = pictures(whole, graph, Figures(EN, whole.currency), Names(whole, EN.say))
    values = context(whole, EN, pictures=drawn, findings=[{"message": "m", "ways_out": ("a",)}], template={"x": RU})
    assert set(leaves(values)) <= {dict, list, str, int, float, bool, type(None)}
    assert json.loads(json.dumps(values)) == values


def places(data: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """The path of every answer that takes any text at all."""
    untouched = ("template", "currency", "language", "maturity", "mlsd", "assumed")
    found = [path for path, value in design(data).leaves() if isinstance(value, str) and path[0] not in untouched]
    return [path for path in found if accepts(data, path)]


def accepts(data: dict[str, Any], path: tuple[str | int, ...]) -> bool:
    try:
        return bool(Design.model_validate(put(data, [path], PAYLOADS[0])))
    except ValueError:
        return False


def put(data: dict[str, Any], paths: list[tuple[str | int, ...]], value: str) -> dict[str, Any]:
    """The same data with another text at each of the paths."""
    changed = copy.deepcopy(data)
    for path in paths:
        inner: Any = changed
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
    return changed


WHOLE, PART = design(example()).filled(), design(HALF).filled()
EVERYWHERE = {"whole": WHOLE, "half": PART}


@cache
def attacked(name: str) -> list[tuple[str | int, ...]]:
    return places(EVERYWHERE[name])


def printed_with(name: str, answer: str) -> str:
    """The print with this answer everywhere."""
    return text(put(EVERYWHERE[name], attacked(name), answer))


@cache
def harmless(name: str) -> str:
    return printed_with(name, "zq")


def is_shaped_as_ever(name: str, printed: str) -> bool:
    plain = harmless(name)
    return (shape(printed), headings(printed)[1:]) == (shape(plain), headings(plain)[1:])


def test_nearly_every_answer_is_attacked() -> None:
    assert [len(attacked(name)) for name in EVERYWHERE] >= [250, 25]


@pytest.mark.parametrize("name", EVERYWHERE)
@pytest.mark.parametrize("answer", PAYLOADS)
def test_no_payload_changes_the_shape_of_a_print(name: str, answer: str) -> None:
    printed = printed_with(name, answer)
    assert is_shaped_as_ever(name, printed)
    assert not any(sign in printed for sign in "\x1b\u202e\x07\r")


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1) | st.text(alphabet="|#-*`~<>[]()\\\n :1.", min_size=1))
def test_no_text_at_all_changes_the_shape_of_a_print(answer: str) -> None:
    assume(one_line(answer))
    try:
        printed = printed_with("half", answer)
    except ValueError:
        return
    assert is_shaped_as_ever("half", printed)


def without(data: Any, left_out: set[int], count: Iterator[int]) -> Any:
    """The same data without every key whose number in the order of reading is left out."""
    if isinstance(data, dict):
        return {key: without(value, left_out, count) for key, value in data.items() if next(count) not in left_out}
    return [without(entry, left_out, count) for entry in data] if isinstance(data, list) else data


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([WHOLE, PART]), st.sets(st.integers(0, 700), max_size=400))
def test_any_part_may_be_missing(data: dict[str, Any], left_out: set[int]) -> None:
    try:
        thinned = Design.model_validate(without(data, left_out, itertools.count()))
    except ValueError:
        return
    printed = document(thinned, language=EN).text
    assert [words for tag, words in headings(printed) if tag == "h2"][1:8] == STAGES
    assert "None" not in printed
    assert one_pager(thinned, EN, fits=lambda text, code: True).count("**") == 18


def test_numbers_that_can_move_are_named_where_their_path_hides_the_thing() -> None:
    entry = {"now": "2600", "moves": True, "below": None, "above": "7081 (× 2.7): DEP-15 speaks"}
    stressed = [entry | {"path": path} for path in ("deploy.costs[4].month", "pipeline.components[ranker].p99_ms")]
    firm = {"path": "ab_test.power", "now": "0.8", "moves": False, "below": None, "above": None}
    printed = document(design(example()), language=EN, stressed=[*stressed, firm]).text
    appendix = printed[printed.index("## Appendix: how far") :]
    assert "| `deploy.costs[4].month` | Kafka and Flink | 2600 | 7081 (× 2.7): DEP-15 speaks |" in appendix
    assert "| `pipeline.components[ranker].p99_ms` |  | 2600 |" in appendix
    assert appendix.endswith("No rule changes its mind, however these move: `ab_test.power`.\n")
    assert "can move" not in document(design(example()), language=EN).text


def test_entries_assumed_one_by_one_share_the_line_of_their_question() -> None:
    data: dict[str, Any] = {
        "problem": {"constraints": [{"id": "fast", "kind": "latency", "op": "<=", "value": 200, "unit": "ms"},
                                    {"id": "free", "kind": "law", "text": "People may refuse."}],
                    "scale": {"rps_peak": 300}},
        "data": {"entities": [{"id": "user", "new_per_day": 20}], "labels": {"origin": "natural"}},
        "deploy": {"monitoring": [{"id": "slow", "target": "gateway", "threshold": "over 180 ms"}]},
        "pipeline": {"components": [{"id": "gateway"}]},
        "assumed": ["problem.constraints[fast]", "problem.scale.rps_peak", "problem.constraints[free]",
                    "data.entities[user].new_per_day", "data.labels.origin", "deploy.monitoring[slow]"],
    }  # fmt: skip
    lines = section(text(data), "Assumptions").splitlines()[2:]
    assert [line.partition("? ")[2] for line in lines] == [
        "latency – at most 200\u00a0ms; People may refuse. (`problem.constraints`)",
        "300 (`problem.scale.rps_peak`)",
        "20 (`data.entities[user].new_per_day`)",
        "what happens anyway (`data.labels.origin`)",
        "gateway, over 180 ms (`deploy.monitoring[slow]`)",
    ]
    assert [line.partition("**")[2].partition("**")[0] for line in lines] == [
        "Problem.", "Problem.", "Data, user.", "Data.", "Deploy.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "baseline"),
    [
        ({"id": "clickers", "baseline": 0.0015, "target": 0.002}, "0.15\u00a0%"),
        ({"id": "orders", "baseline": 0.8, "target": 1.2}, "0.8"),
        ({"id": "arpu", "baseline": 0.4, "target": 0.5}, "0.4"),
        ({"id": "arpu", "baseline": 0.4, "target": 0.5, "unit": "EUR"}, "0.4\u00a0EUR"),
        ({"id": "bought", "baseline": 0.4, "target": 0.5, "of": "user"}, "40\u00a0%"),
    ],
)
def test_an_online_metric_that_can_only_be_a_share_is_a_percentage(metric: dict[str, Any], baseline: str) -> None:
    printed = text({"metrics": {"online": [metric]}})
    row = next(line for line in printed.splitlines() if line.startswith("| " + metric["id"]))
    assert row.split(" | ")[1] == baseline


def test_an_average_with_a_deviation_and_an_offline_score_stay_numbers() -> None:
    average = {"metrics": {"online": [{"id": "baskets", "baseline": 0.8, "target": 0.9}]},
               "ab_test": {"primary": ["baskets"], "sd": 2}}  # fmt: skip
    assert "| 0.8 | 0.9 |" in text(average)
    assert "| 0.24 | 0.3 |" in text({"metrics": {"offline": [{"id": "ndcg", "baseline": 0.24, "target": 0.3}]}})


def test_tools_and_durations_are_written_as_people_write_them() -> None:
    deploy = {"transport": ["kafka", "great_expectations", "ours v2"],
              "monitoring": [{"target": "x", "threshold": "over 1", "window": "1 d", "tool": "mlflow"}]}  # fmt: skip
    printed = text({"deploy": deploy})
    assert "Data travels by Kafka, Great Expectations, ours v2." in printed
    assert "| 1\u00a0day | MLflow |" in printed
    russian = document(design({"deploy": deploy}), language=language("ru")).text
    assert "| 1\u00a0день | MLflow |" in russian


def test_what_learns_nothing_has_no_truth_to_learn_from() -> None:
    assert "### The truth to learn from" in text({})
    untrained = text({"model": {"llm": {"knowledge": ["rag"]}}})
    assert "### The truth that answers are held against" in untrained
    assert "learn from" not in untrained


def test_a_small_load_is_no_load_of_nought() -> None:
    data = {
        "problem": {"scale": {"volume_day": 6000, "rps_peak": 2}},
        "pipeline": {"components": [{"id": "scorer", "p99_ms": 160}], "request_path": ["scorer"]},
    }
    assert "Under way at once: about 0.32. " in section(text(data), "Scale").replace("\n", " ")
