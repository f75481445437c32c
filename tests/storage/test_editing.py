"""Whatever the style of a file: an edit changes its value, keeps every comment, and touches nothing else."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from yaml_styles import keys, mappings, paths, scalars, values, written

from mlsd.storage.editor import remove, set_value
from mlsd.storage.layout import dump
from mlsd.storage.reader import parse


def read(text: str) -> Any:
    return parse(text, "design.yaml")[0]


def changed(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    copy = deepcopy(data)
    parent = copy
    for step in path[:-1]:
        parent = parent[step]
    if isinstance(parent, list) and path[-1] == len(parent):
        parent.append(value)
    else:
        parent[path[-1]] = value
    return copy


def untouched(before: str, after: str) -> tuple[int, int]:
    """How many characters are the same at the start and at the end."""
    return alike(before, after), alike(before[::-1], after[::-1])


def alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


@given(written())
def test_the_styles_of_these_tests_hold_the_data_they_were_made_from(made: Any) -> None:
    text, data, _ = made
    assert read(text) == data


@given(written(), st.data(), scalars)
def test_a_word_replaced(made: Any, data: Any, value: Any) -> None:
    text, old, comments = made
    leaves = [path for path in paths(old) if not isinstance(changed_at(old, path), dict | list)]
    assume(leaves)
    path = data.draw(st.sampled_from(leaves))
    edited = set_value(text, path, value)
    assert read(edited) == changed(old, path, value)
    assert all(comment in edited for comment in comments)
    if "\n" not in str(value) and "\n" not in str(changed_at(old, path)):
        place = parse(text, "")[1].values[path]
        head, tail = untouched(text, edited)
        assert head >= place.start
        assert tail >= len(text) - place.end


@given(written(), st.data(), values)
def test_a_key_added(made: Any, data: Any, value: Any) -> None:
    text, old, comments = made
    parents = [(), *(path for path in paths(old) if isinstance(changed_at(old, path), dict))]
    parent = data.draw(st.sampled_from(parents))
    key = data.draw(keys)
    assume(key not in changed_at(old, parent))
    edited = set_value(text, (*parent, key), value)
    assert read(edited) == changed(old, (*parent, key), value)
    assert all(comment in edited for comment in comments)
    if changed_at(old, parent):
        head, tail = untouched(text, edited)
        assert head + tail >= len(text)


@given(written(), st.data(), values)
def test_an_entry_appended(made: Any, data: Any, value: Any) -> None:
    text, old, comments = made
    lists = [path for path in paths(old) if isinstance(changed_at(old, path), list)]
    assume(lists)
    parent = data.draw(st.sampled_from(lists))
    path = (*parent, len(changed_at(old, parent)))
    edited = set_value(text, path, value)
    assert read(edited) == changed(old, path, value)
    assert all(comment in edited for comment in comments)
    if len(changed_at(old, parent)):
        head, tail = untouched(text, edited)
        assert head + tail >= len(text)


@given(written(), st.data(), values)
def test_anything_replaced(made: Any, data: Any, value: Any) -> None:
    text, old, _ = made
    assume(old)
    path = data.draw(st.sampled_from(paths(old)))
    assert read(set_value(text, path, value)) == changed(old, path, value)


@given(written(), st.data())
def test_anything_removed(made: Any, data: Any) -> None:
    text, old, comments = made
    assume(old)
    path = data.draw(st.sampled_from(paths(old)))
    place, key = (parse(text, "")[1].values[path], parse(text, "")[1].keys.get(path))
    edited = remove(text, path)
    expected = deepcopy(old)
    del changed_at(expected, path[:-1])[path[-1]]
    assert read(edited) == expected
    start = (key or place).start
    lines = text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", place.end)]
    assert all(comment in edited for comment in comments if comment not in lines)


@given(mappings)
def test_what_is_dumped_is_read_again(data: dict[str, Any]) -> None:
    assert read(dump(data, "a header")) == data


def changed_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
