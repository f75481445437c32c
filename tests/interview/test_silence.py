"""What the rules say right after pass 1: little, and first what an interviewer would ask first."""

import pytest
from sitting import begun, session

from mlsd import lint
from mlsd.content.template import names
from mlsd.design import STAGES
from mlsd.interview.holes import prompts_for
from mlsd.interview.prompt import Lines

DOZEN = 12


def takes_all(sitting, prompt):
    sitting.accept()


def leaves_prose_open(sitting, prompt):
    sitting.leave_open() if prompt.kind == "prose" else sitting.accept()


def leaves_the_end_open(sitting, prompt):
    sitting.leave_open() if prompt.stage in ("deploy", "ab_test") else sitting.accept()


def unticks_half(sitting, prompt):
    ticked = [option.value for option in prompt.options if option.ticked]
    half = ticked[: (len(ticked) + 1) // 2]
    if prompt.kind == "lines":
        sitting.answer(Lines(half, list(prompt.own)))
    elif prompt.kind == "choices":
        sitting.answer(half)
    else:
        sitting.accept()


def leaves_all_open(sitting, prompt):
    sitting.leave_open()


PEOPLE = (takes_all, leaves_prose_open, leaves_the_end_open, unticks_half, leaves_all_open)


@pytest.fixture(scope="module", params=names())
def template(request):
    return request.param


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda person: person.__name__)
def person(request):
    return request.param


@pytest.fixture(scope="module")
def sitting(template, person, tmp_path_factory):
    """After a whole pass by this person."""
    walked = session(begun(tmp_path_factory.mktemp(template), template))
    while (prompt := walked.prompt()) is not None:
        person(walked, prompt)
    return walked


@pytest.fixture(scope="module")
def said(sitting):
    return lint.check(sitting.design).diagnostics


def test_a_design_right_after_pass_1_gets_at_most_a_dozen_findings(said):
    assert len(said) <= DOZEN


def test_whoever_takes_every_suggestion_hears_nothing(person, said):
    assert person is not takes_all or said == []


def test_whoever_leaves_all_open_hears_something(person, said):
    assert person is not leaves_all_open or said


def test_the_worst_comes_first_then_what_comes_first_on_the_walk(said):
    order = [(-found.severity, STAGES.index(found.stage)) for found in said]
    assert order == sorted(order)


def test_what_was_just_left_open_is_said_once_for_each_question(sitting, said):
    """A question left open brings one finding, not one for each rule that would have read the answer."""
    about = [tuple(step.key for step in prompts_for(found.at, found.code, sitting.steps)) for found in said]
    assert all(about.count(keys) == 1 for keys in about if keys)


def test_every_finding_is_closed_by_a_prompt_of_the_pass(sitting, said):
    assert [found.code for found in said if not prompts_for(found.at, found.code, sitting.steps)] == []
