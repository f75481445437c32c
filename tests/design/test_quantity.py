"""Numbers as people write them, in English and Russian, and what is refused with a right example."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.design import quantity
from mlsd.errors import ValueRefused


def euros(value: object) -> float:
    return quantity.money(value, "EUR")


READ = {
    quantity.number: {
        "1.2M": 1_200_000, "300k": 300_000, "2B": 2e9, "1,2 млн": 1_200_000, "300 тыс.": 300_000, "3 млрд": 3e9,
        "15T": 15e12,
        "3_000_000": 3e6, "1 000 000": 1e6, "1\u202f000\u00a0000": 1e6,
        "1,200,000": 1.2e6, "1,200.5": 1200.5,
        "0,5": 0.5, "0,500": 0.5, "1e6": 1e6, "-5": -5, "\u22120,5": -0.5, "5%": 0.05, "0,5 %": 0.005,
        "99.95 %": 0.9995,
        "0.05": 0.05, "5 процентов": 0.05, "1.1M": 1_100_000, 7: 7, 0.25: 0.25,
    },
    quantity.count: {"1.1M": 1_100_000, "300 тыс.": 300_000, 3.0: 3, "0": 0, "1 000 000": 1_000_000},
    quantity.tokens: {"8k": 8000, "8k tokens": 8000, "1,2 млн токенов": 1_200_000, 800: 800},
    quantity.share: {"5%": 0.05, "0,5 %": 0.005, "99.95 %": 0.9995, 0.05: 0.05, 0: 0, 1: 1, "100 %": 1},
    quantity.ratio: {"30%": 0.3, "250 %": 2.5, 1.5: 1.5},
    quantity.percentile: {"p99": 99, "p99.9": 99.9, "P50": 50, "р99,9": 99.9, 99: 99, "99": 99},
    quantity.in_ms: {"200 ms": 200, "1.5 s": 1500, "15 min": 900_000, "200 мс": 200, "1,5 с": 1500, 30: 30, "30": 30},
    quantity.in_minutes: {"15 min": 15, "90 s": 1.5, "6 h": 360, "15 мин": 15, "2 ч": 120, 5: 5},
    quantity.in_hours: {"6 h": 6, "1 d": 24, "30 min": 0.5, "2 сут": 48, 24: 24},
    quantity.in_days: {"3 d": 3, "2w": 14, "6 mo": 180, "1y": 365, "12 h": 0.5, "3 д": 3, "2 нед.": 14, "6 мес": 180,
                       "1 г": 365, "5 лет": 1825, 400: 400},
    quantity.gigabytes: {"512 MB": 0.512, "24 GB": 24, "1.5 TB": 1500, "24 ГБ": 24, 8: 8},
    euros: {"180k EUR": 180_000, "€300": 300, "300": 300, "300 €": 300, "EUR 300": 300, "€1.2M": 1.2e6,
            "1,2 млн евро": 1.2e6},
    quantity.iso_date: {"2027-06-30": dt.date(2027, 6, 30), dt.date(2027, 6, 30): dt.date(2027, 6, 30)},
    quantity.duration: {"5 min": "5 min", " 1 d": "1 d", "15 мин": "15 мин"},
    quantity.shares: {"70/30": (0.7, 0.3), "60/20/20": (0.6, 0.2, 0.2), "0.7/0.3": (0.7, 0.3), "70% / 30%": (0.7, 0.3),
                      "70:30": (0.7, 0.3), "33,3/33,3/33,4": (0.333, 0.333, 0.334)},
}  # fmt: skip

REFUSED = [
    (quantity.number, "1,200", "“1,200” can be read two ways. Write 1200 or 1.2."),
    (quantity.number, "nan", "“nan” is not a finite number. Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, float("inf"), "“inf” is not a finite number. Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, "1e309", "“1e309” is not a finite number. Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, 10**400, "The number is too large to compute with. Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, True, "“true” is a yes or a no, not a number. Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, "3m", "“3m” has a word beside the number that is not known here: “m”. "
                            "Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.number, [1], "A number belongs here, not a list, a group of fields or a date. "
                           "Write it as 1200, 1.2M, 300k, 0.5 or 5 %."),
    (quantity.count, "2.5", "“2.5” is not a whole number. Write a whole number from 0: 1200, 300k or 1.2M."),
    (quantity.count, -1, "“-1” is below zero. Write a whole number from 0: 1200, 300k or 1.2M."),
    (quantity.share, 5, "“5” is more than the whole: a share goes from 0 to 1. Write 5 % or 0.05."),
    (quantity.share, "105 %", "“105 %” is more than the whole: a share goes from 0 to 100 %. "
                              "Write a share from 0 to 1, or its percentage: 0.05 or 5 %."),
    (quantity.ratio, "-1%", "“-1%” is below zero. Write a number from 0, where 1 is 100 %: 0.3 or 30 %."),
    (quantity.percentile, 0.99, "“0.99” is not a percentile. Write it as p99, p99.9 or 99."),
    (quantity.percentile, "p101", "“p101” is not a percentile. Write it as p99, p99.9 or 99."),
    (quantity.in_ms, "5 GB", "“5 GB” is not a time. Write it as 200 ms, 1.5 s, 15 min, 6 h, 3 d, 2 w, 6 mo or 1 y."),
    (quantity.in_days, "6m", "“6m” can be read two ways: minutes or months. Write 6 min or 6 mo."),
    (quantity.in_days, "6M", "“6M” can be read two ways: minutes or months. Write 6 min or 6 mo."),
    (quantity.gigabytes, "512M", "“512M” is not an amount of memory. "
                                 "Write it as 512 MB, 24 GB or 1.5 TB; a bare number is in GB."),
    (euros, "$300", "“$300” is not in EUR, the currency of this file. "
                    "Convert it, and write the number alone: all money of a file is in one currency."),
    (euros, "-€5", "“-€5” is below zero. Write it as 300, 180k or 1.2M, with the file's currency or without one."),
    (quantity.iso_date, "2027-06", "“2027-06” is not a full date. Write year, month and day: 2027-06-30."),
    (quantity.iso_date, 2027, "“2027” is not a full date. Write year, month and day: 2027-06-30."),
    (quantity.iso_date, "2027-02-30",
     "“2027-02-30” is not a day of the calendar. Write year, month and day: 2027-06-30."),
    (quantity.duration, 5, "“5” has no unit: minutes, hours, days? Write a number with its unit: 5 min, 1 h or 7 d."),
    (quantity.shares, "80/30",
     "The parts of “80/30” make 110, not 100. Write shares that make 100, such as 70/30 or 80/10/10."),
    (quantity.data_split, "25/25/25/25", "“25/25/25/25” has 4 parts; data has train, validation and test. "
                                         "Write 80/10/10, or 80/20 for train and test."),
    (quantity.effect, 5, "“5” can be read two ways: relative to today, or in points. Write 5 % or 5 pp."),
    (quantity.effect, "5 relative", "“5 relative” is more than the whole. Write 5% relative."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "written", "meant"),
    [
        pytest.param(read, written, meant, id=f"{read.__name__} {written}")
        for read, table in READ.items()
        for written, meant in table.items()
    ],
)
def test_what_is_read(read: Callable[[object], Any], written: object, meant: object) -> None:
    got = read(written)
    assert (tuple(got) if isinstance(got, list) else got) == meant


@pytest.mark.parametrize(
    ("read", "written", "said"), REFUSED, ids=lambda value: getattr(value, "__name__", str(value))[:30]
)
def test_what_is_refused_says_what_was_read_and_shows_a_right_example(
    read: Callable[[object], Any], written: object, said: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        read(written)
    assert f"{refused.value.message} {refused.value.hint}" == said


def test_money_follows_the_currency_of_the_file() -> None:
    assert quantity.money("1,2 млн руб.", "RUB") == 1_200_000
    assert quantity.money("300 ₽", "руб.") == 300
    assert quantity.money("$5", "CAD") == 5
    assert quantity.money("5 CHF", None) == 5


def test_splits_take_the_names_of_their_parts() -> None:
    assert quantity.ab_split("70/30") == {"control": 0.7, "treatment": 0.3}
    assert quantity.ab_split("60/20/20") == {"control": 0.6, "treatment_1": 0.2, "treatment_2": 0.2}
    assert quantity.ab_split({"old": 0.5, "new": "50 %"}) == {"old": 0.5, "new": "50 %"}
    assert quantity.data_split("80/10/10") == {"train": 0.8, "validation": 0.1, "test": 0.1}
    assert quantity.data_split("80/20") == {"train": 0.8, "test": 0.2}


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("5% relative", 0.05, "relative"),
        ("+5% rel", 0.05, "relative"),
        ("5%", 0.05, "relative"),
        ("5 % относительно", 0.05, "relative"),
        ("0.25 pp", 0.0025, "absolute"),
        ("0,25 п.п.", 0.0025, "absolute"),
        ("5 percentage points", 0.05, "absolute"),
        ("0.4 absolute", 0.4, "absolute"),
        ("0,4 абс.", 0.4, "absolute"),
    ],
)
def test_effects(written: str, value: float, kind: str) -> None:
    assert quantity.effect(written) == {"value": value, "kind": kind}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Пользователь сайта", "polzovatel_sayta"),
        ("Объём щёток", "obyom_shchyotok"),
        ("Cart users", "cart_users"),
        ("ndcg@10", "ndcg_at_10"),
        ("Café Straße", "cafe_strasse"),
        ("β", "beta"),
        ("7-day rate", "n7_day_rate"),
        ("中文", "u4e2du6587"),
    ],
)
def test_ids_are_made_from_names(name: str, made: str) -> None:
    assert quantity.slugify(name) == made
    with pytest.raises(ValueRefused, match="is not an id"):
        quantity.slug(name)


@given(st.text())
def test_whatever_an_id_is_made_from_it_is_an_id(name: str) -> None:
    try:
        made = quantity.slugify(name)
    except ValueRefused:
        assert not any(letter.isascii() and letter.isalnum() for letter in name)
    else:
        assert quantity.slug(made) == made


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (1_200_000, "1.2M", "1,2\u00a0млн"),
        (2e9, "2B", "2\u00a0млрд"),
        (289_693, "289\u202f693", "289\u202f693"),
        (1_234_567, "1\u202f234\u202f567", "1\u202f234\u202f567"),
        (3000, "3000", "3000"),
        (0.05, "0.05", "0,05"),
        (1.536, "1.536", "1,536"),
        (-0.0, "0", "0"),
    ],
)
def test_numbers_are_written_for_people(value: float, english: str, russian: str) -> None:
    assert (quantity.number_text(value), quantity.number_text(value, "ru")) == (english, russian)


def test_digits_cut_what_follows_the_point_only() -> None:
    assert [quantity.number_text(value, digits=3) for value in (138.8889, 0.0123456, 289_693.4, 1e300)] == [
        "139", "0.0123", "289\u202f693", "1e300",
    ]  # fmt: skip
    assert quantity.percent_text(0.123456, "ru", digits=3) == "12,3\u00a0%"


FINITE = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15).map(float)


def read_again(read: Callable[[object], float], written: str) -> float:
    """What is read from the words, with a point where a comma before three digits could be read two ways."""
    ambiguous = re.match(r"-?[1-9][0-9]{0,2},[0-9]{3}(?![0-9])", written)
    return read(written.replace(",", ".") if ambiguous else written)


@given(FINITE, st.sampled_from(["en", "ru"]))
def test_a_number_written_is_read_again(value: float, language: str) -> None:
    assert read_again(quantity.number, quantity.number_text(value, language)) == value


@given(st.floats(0, 1, allow_subnormal=False), st.sampled_from(["en", "ru"]))
def test_a_percentage_written_is_read_again(value: float, language: str) -> None:
    assert read_again(quantity.share, quantity.percent_text(value, language)) == value


@pytest.mark.parametrize(("read", "written", "value"), [
    (quantity.number, quantity.number_text(1.536, "ru"), 1.536),
    (quantity.share, quantity.percent_text(0.01536, "ru"), 0.01536),
])  # fmt: skip
def test_three_digits_behind_a_comma_are_asked_back_about(
    read: Callable[[object], float], written: str, value: float
) -> None:
    with pytest.raises(ValueRefused, match="two ways"):
        read(written)
    assert read_again(read, written) == value


@given(st.text() | st.text("0123456789.,%kM p-/ мсд€", max_size=8) | st.booleans() | st.floats() | st.integers())
def test_nothing_but_a_refusal_is_ever_raised(value: object) -> None:
    for read in READ:
        try:
            read(value)
        except ValueRefused as refused:
            assert all(map(str, (refused.message, refused.hint)))  # noqa: PT017
