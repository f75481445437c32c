"""The shipped fonts: widths as the font file says, both alphabets, a licence beside each."""

from __future__ import annotations

import pytest

from mlsd.render.fonts import BOLD, REGULAR, folder, font


def test_widths_are_those_of_the_font_file() -> None:
    assert font(REGULAR).width("i", 1000) == pytest.approx(242, abs=15)
    assert font(REGULAR).width("W", 1000) == pytest.approx(986, abs=40)
    assert font(BOLD).width("Ранжирование", 12) > font(REGULAR).width("Ранжирование", 12) > 60


@pytest.mark.parametrize("file", sorted(path.name for path in folder().glob("*.ttf")))
def test_every_font_has_both_alphabets_and_the_signs_a_design_uses(file: str) -> None:
    wanted = "AZaz09АЯаяЁё–—…“”«»≤≥≈×→−·№€½²α±"
    assert [sign for sign in wanted if ord(sign) not in font(file).advances] == []


def test_every_family_has_its_licence_and_all_are_small() -> None:
    files = [path.name for path in folder().iterdir()]
    families = {name.split("-")[0] for name in files if name.endswith(".ttf")}
    assert {f"LICENSE-{family}.txt" for family in families} <= set(files)
    assert sum(path.stat().st_size for path in folder().iterdir()) < 1_500_000
