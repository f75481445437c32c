"""Days of the past that a training and its test take."""

from __future__ import annotations

from mlsd.sizing.history import days_before_training, days_of_split


def test_what_is_gone_before_the_first_example() -> None:
    assert days_before_training(30, 30, 14, 40).result == 30 + 30 + 14 + 40
    assert days_before_training(30, 10).result == 40


def test_a_split_reaches_back_by_its_test_over_its_share() -> None:
    assert days_of_split(60, 0.15, 18, 18, 365).result == 60 / 0.15 + 18 + 18 + 365
    assert days_of_split(20, 0.1, 10, 10).result == 220
