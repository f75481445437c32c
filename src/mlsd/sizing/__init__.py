"""The numbers a design stands on: pure functions, each result with its working.

Standard library and ``mlsd.errors`` only. Nothing is imported here, so that asking for one number stays cheap:
``from mlsd.sizing.ab_test import two_proportions``.

A number may be passed plainly or as an ``Input`` that remembers where it came from. An impossible question is
answered with ``None`` and a note; a value outside its range raises ``ValueRefused``.
"""
