"""Quantities in words."""

from __future__ import annotations

from datetime import date

import pytest

from mlsd.content.language import language
from mlsd.render.view.figures import Figures

EN = Figures(language("en"), "EUR")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (EN.ms(200), "200\u00a0ms"),
        (EN.ms(30000), "30\u00a0s"),
        (EN.minutes(5), "5\u00a0min"),
        (EN.minutes(0.05), "3\u00a0s"),
        (EN.minutes(120), "2\u00a0h"),
        (EN.minutes(2880), "2\u00a0days"),
        (EN.hours(24), "24\u00a0h"),
        (EN.hours(72), "3\u00a0days"),
        (EN.days(1), "1\u00a0day"),
        (EN.days(0.5), "0.5\u00a0days"),
        (EN.days(10 / 1440), "10\u00a0min"),
        (EN.days(1 / 24), "1\u00a0h"),
        (EN.days(400), "400\u00a0days"),
        (EN.days(1825), "5\u00a0years"),
        (EN.duration("5 min"), "5\u00a0min"),
        (EN.duration("1 d"), "1\u00a0day"),
        (EN.duration("2 w"), "14\u00a0days"),
        (EN.duration("a while"), "a while"),
        (EN.percent(-0.15), "\u221215\u00a0%"),
        (EN.number(-0.02), "\u22120.02"),
        (EN.number(0.1 + 0.2), "0.3"),
        (EN.every(1), "every hour"),
        (EN.every(24), "every day"),
        (EN.every(6), "every 6\u00a0h"),
        (EN.every(168), "every week"),
        (EN.every(72), "every 3 days"),
        (EN.gigabytes(8), "8\u00a0GB"),
        (EN.gigabytes(1500), "1.5\u00a0TB"),
        (EN.money(180000), "180\u202f000\u00a0EUR"),
        (EN.money(5, "USD"), "5\u00a0USD"),
        (EN.percentile(99.9), "p99.9"),
        (EN.date(date(2027, 6, 30)), "30\u00a0June\u00a02027"),
        (EN.unit(8.76, "h/year"), "8.76\u00a0h a year"),
        (EN.unit(20000, "EUR/month"), "20\u202f000\u00a0EUR a month"),
        (EN.unit(139, "rps"), "139\u00a0requests a second"),
        (EN.unit(5, "widgets"), "5\u00a0widgets"),
        (EN.unit(0.999, "share"), "99.9\u00a0%"),
        (EN.unit(60_000, "ms"), "60\u00a0s"),
        (EN.unit(2880, "min"), "2\u00a0days"),
        (EN.unit(150, "min"), "150\u00a0min"),
        (EN.unit(60, "min"), "60\u00a0min"),
        (EN.unit(9_000, "ms"), "9000\u00a0ms"),
        (EN.unit(10_500, "ms"), "10\u202f500\u00a0ms"),
    ],
)
def test_in_english(written: str, words: str) -> None:
    assert written == words


def test_numbers_follow_the_language() -> None:
    assert Figures(language("ru"), "RUB").percent(0.005) == "0,5\u00a0%"
