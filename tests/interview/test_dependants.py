import pytest
from sitting import accept_all, begun, finished, go_to, session

from mlsd.errors import ValueRefused
from mlsd.interview.prompt import Lines


def again(sitting):
    return [step.key for step in sitting.steps if step.key in sitting.walk.again]


def change(sitting, question, value, part=1):
    while (sitting.prompt() is None) or (sitting.prompt().question, sitting.prompt().part) != (question, part):
        sitting.back()
    sitting.answer(value)


def test_another_task_asks_for_the_loss_and_the_metrics_again(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "22", "binary")
    assert again(sitting) == ["10", "14", "22/2", "23/1", "23/2", "25", "26"]
    assert sitting.prompt().question == "22"
    assert sitting.prompt().again
    assert sitting.prompt().initial == "lambdarank"


def test_an_entity_less_asks_for_what_refers_to_it_again(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "11", Lines(["user", "item", "interaction"], []))
    assert again(sitting) == ["12", "13", "24"]


def test_a_block_less_asks_for_the_path_the_funnel_and_the_flows_again(tmp_path):
    sitting = finished(tmp_path)
    blocks = ["gateway", "retrieval", "ranker", "popular", "feature_jobs", "training", "stream_features"]
    change(sitting, "17", Lines(blocks, []))
    assert set(again(sitting)) >= {"18", "19", "20"}


def test_a_metric_less_asks_for_the_primary_and_the_guardrails_again(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "9", Lines(["hide_users"], []))
    assert set(again(sitting)) == {"29", "31/1", "31/2"}
    assert sitting.design.ab_test.guardrails == ["hide_users", "tail_share", "p99_latency"]


def test_what_was_marked_is_asked_and_then_done(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "9", Lines(["hide_users"], []))
    met = [prompt.question for prompt in accept_all(sitting)]
    assert met == ["29", "31", "31", "33"]
    assert sitting.design.ab_test.guardrails == ["hide_users"]
    assert again(sitting) == []


def test_the_same_answer_again_marks_nothing(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "22", "ranking")
    assert again(sitting) == []


def test_marks_survive_a_kill(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "9", Lines(["hide_users"], []))
    assert again(session(tmp_path / "design.yaml")) == again(sitting)


def test_another_template_in_the_file_asks_everything_again(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "4")
    file = tmp_path / "design.yaml"
    file.write_text(file.read_text().replace("template: recsys", "template: generic"))
    assert sitting.prompt().question == "4"
    assert again(sitting) == ["1", "2", "3"]
    assert sitting.template.name == "generic"


def test_another_goal_is_what_online_metrics_then_link_to(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "3", "trips 5 to 6")
    assert [one.id for one in sitting.design.metrics.business] == ["trips"]
    assert {"7", "8", "9"} <= set(again(sitting))
    prompt = go_to(sitting, "8")
    shelf = prompt.options[0]
    assert (shelf.title, shelf.hint, shelf.ticked) == (
        "shelf_clickers up 20% to 21% -> trips", "no longer declared: revenue_per_session", True,
    )  # fmt: skip
    sitting.accept()
    assert sitting.design.metrics.online[0].links_to == ["trips"]
    assert "metrics.online[shelf_clickers]" in sitting.design.assumed
    go_to(sitting, "10")
    assert [one.links_to for one in sitting.design.metrics.online] == [["trips"]] * 3 + [["shelf_clickers"]]


def test_a_line_of_ones_own_is_mended_where_its_link_is_gone(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "8")
    sitting.answer(Lines([], ["fans up 5% to 6% -> revenue_per_session"]))
    change(sitting, "3", "trips 5 to 6")
    prompt = go_to(sitting, "8")
    assert prompt.own == ("fans up 5% to 6% -> trips",)
    sitting.answer(Lines([], list(prompt.own)))
    assert [(one.id, one.links_to) for one in sitting.design.metrics.online] == [("fans", ["trips"])]


def test_an_offline_metric_loses_its_link_to_an_online_one_that_is_gone_and_says_so(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "8", Lines([], ["fans up 5% to 6% -> revenue_per_session"]))
    prompt = go_to(sitting, "10")
    assert (prompt.options[0].title, prompt.options[0].hint) == (
        "ndcg_at_10 up to 0.3", "no longer declared: shelf_clickers",
    )  # fmt: skip
    sitting.accept()
    assert sitting.design.metrics.offline[0].links_to == []


def test_a_metric_that_is_gone_decides_nothing(tmp_path):
    sitting = finished(tmp_path)
    decides = sitting.design.ab_test.primary[0]
    change(sitting, "8", Lines([], ["saves_per_user up 5% -> revenue_per_session"]))
    while (sitting.prompt().question, sitting.prompt().part) != ("31", 1):
        sitting.accept()
    asked = sitting.prompt()
    assert asked.initial != decides
    assert [option.hint for option in asked.options if option.value == decides] == ["no longer declared"]
    with pytest.raises(ValueRefused):
        sitting.answer(decides)
    sitting.accept()
    assert sitting.design.ab_test.primary == []


def test_a_suggested_flow_goes_with_its_block(tmp_path):
    sitting = finished(tmp_path)
    before = {(flow.from_, flow.to) for flow in sitting.design.pipeline.flows}
    kept = [block.id for block in sitting.design.pipeline.components if block.id != "training"]
    change(sitting, "17", Lines(kept, []))
    while sitting.prompt().question != "20":
        sitting.accept()
    assert not [line for line in sitting.prompt().own if "training" in line]
    sitting.accept()
    after = {(flow.from_, flow.to) for flow in sitting.design.pipeline.flows}
    assert before - after == {pair for pair in before if "training" in pair} != set()


def test_another_way_of_serving_asks_for_the_path_again(tmp_path):
    sitting = finished(tmp_path)
    change(sitting, "16", "batch, 10")
    assert "18" in again(sitting)
