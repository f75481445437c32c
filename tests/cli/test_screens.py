"""What a person sees of each widget, whole screens."""

from __future__ import annotations

import time
from pathlib import Path

from screen import Screen

ASKING = str(Path(__file__).parent / "asking.py")


def shown(screen: Screen) -> str:
    """The prompt on the screen: from its header on."""
    lines = screen.text.splitlines()
    start = max(number for number, line in enumerate(lines) if "/35" in line)
    return "\n".join(lines[start:])


def sees(screen: Screen, expected: str) -> None:
    """The prompt is drawn to its end, and is this: a redraw may come in several pieces."""
    end = time.monotonic() + 20
    while shown(screen) != expected and time.monotonic() < end:
        screen.read(0.2)
    assert shown(screen) == expected


def test_prose_line_ticks_and_choices() -> None:
    with Screen(ASKING, "prose", "line", "lines", "choice", "choices", rows=30) as screen:
        screen.until("1/35", "^S save")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       1/35   02:14

  Did I understand correctly: what should change, and for whom?
  The interviewer wants to hear one number that says whether the business is
  better off.

  › Whoever opens the home page should see something worth buying on the first
    screen, and buy it.

  Tab take the example  Enter leave open
  Shift-Tab back  ? help  F4 editor  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press("Sell more.").until("new line")
        assert "home page" not in screen.text
        screen.press("Enter").until("got 'Sell more.'", "2/35", "^S save")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       2/35   02:14

  Which business number says so: from what, to what, by when?
  The interviewer wants to hear one number that says whether the business is
  better off.

  › revenue_per_session 1.84 to 1.95
    ✓ revenue_per_session: from 1.84 to 1.95
    = +6.0% on today

  Enter accept the suggestion  type replace  Tab edit
  Shift-Tab back  F1 help  F4 editor  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press("Ctrl-U", "re", "Tab").until("retention_d7")
        assert "    revenue_per_session  retention_d7  returns_share" in screen.text
        screen.press(" 1", "Enter").until("Write the metric")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       2/35   02:14

  Which business number says so: from what, to what, by when?
  The interviewer wants to hear one number that says whether the business is
  better off.

  › revenue_per_session 1
    ✗ “revenue_per_session 1” is no goal yet.
      Write the metric, from what and to what: revenue_per_session 1.84 to
      1.95

  Enter next
  Shift-Tab back  F1 help  F4 editor  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press(" to 2", "Enter").until("3/35", "^S save")
        screen.press("session: device", "Enter", "Up", "Up", "кат").until("tick категория")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       3/35   02:14

  What are the entities, and what characterises each?
  The interviewer wants to hear one number that says whether the business is
  better off.

    ◉ user         user_id: country, tenure, age
    ◉ item         item_id: price, brand, description
    ○ session      session_id: device, referrer
    ○ interaction  user_id, item_id, time: kind, position
  › ○ категория    дерево каталога
    ◉ session · attributes: device

  › кат

  Enter add  Tab tick категория  Esc clear
  Shift-Tab back  F1 help  F4 editor  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press("Tab", "Enter").until("4/35", "^S save")
        screen.press("прог").until("› прог")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       4/35   02:14

  What kind of task is it?
  The interviewer wants to hear one number that says whether the business is
  better off.

  › прогноз спроса

  › прог

  ↑↓ choose  Enter next
  Shift-Tab back  F1 help  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press("Esc").until("type to search")
        screen.press("Enter").until("5/35", "Asked again")
        screen.press("Ctrl-G").until("Go on with which stage?", "Esc leave")
        assert "  › ◐ Metrics   2 of 3\n    ○ Data      1 of 3\n" in screen.text


def test_help_takes_the_place_of_the_reason() -> None:
    with Screen(ASKING, "lines") as screen:
        screen.until("1/35", "^S save").press("?").until("Without a terminal")
        sees(
            screen,
            """\
 ✓Problem  Metrics  Data  Pipeline  Model  Deploy  A/B test       1/35   02:14

  What are the entities, and what characterises each?

  name (key): attribute, attribute
  For example: user (user_id): country, tenure, age
  Without a terminal: --set data.entities=…
  Say the number of the business, not of the model. A better ranking that
  sells no more has changed nothing.
  If you do not know today’s value, assume one and say so.

  › ◉ user         user_id: country, tenure, age
    ◉ item         item_id: price, brand, description
    ○ session      session_id: device, referrer
    ○ interaction  user_id, item_id, time: kind, position
    ○ категория    дерево каталога

  › own entry, such as user (user_id): country, tenure, age
    name (key): attribute, attribute

  Enter accept the suggestion  Space tick  ↑↓ move  type an entry of your own
  Shift-Tab back  Esc put away  F4 editor  ^N don’t know  ^G stages  ^S save""",
        )
        screen.press("?").until("The interviewer wants to hear")


def test_no_line_of_the_help_is_lost_above_a_long_list() -> None:
    with Screen(ASKING, "lines", rows=21) as screen:
        screen.until("1/35", "^S save")
        screen.press("?").until("name (key)", "A better ranking that\n", "F1 goes on (1 of 2)", "own entry")
        screen.press("?").until("sells no more has changed nothing.", "If you do not know today’s value")


def test_a_small_terminal() -> None:
    with Screen(ASKING, "lines", rows=14, columns=40) as screen:
        screen.until("1/35", "user", "own entry")
        assert max(len(line) for line in screen.text.splitlines()) <= 40
        assert "◉ user" in screen.text
        screen.press("Enter").until("untouched True")


def test_a_long_menu_scrolls_and_shows_in_full_what_is_cut() -> None:
    with Screen(ASKING, "menu") as screen:
        screen.until("kind-01", "number 1 of them", "more below", "type to search", "Esc leave")
        assert "more above" not in screen.text
        assert "kind-22" not in screen.text
        screen.press("Up").until("› kind-22", "number 22 of them", "more above")
        screen.press("kind-1").until("› kind-10", "number 10 of them")
        screen.press("Ctrl-U", "number 7 of").until("› kind-07  Things").press("Enter").until("got kind-07")


def test_a_search_that_finds_nothing_offers_no_enter() -> None:
    with Screen(ASKING, "choices") as screen:
        screen.until("1/35", "^S save").press("granite").until("Nothing is called that", "  Esc clear")
        assert "Enter" not in screen.text
        screen.press("Esc").until("Space tick  ↑↓ choose  Enter next")
