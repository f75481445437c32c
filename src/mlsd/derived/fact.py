"""What a derived number is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing.working import Input, Working


class Derived(NamedTuple):
    """One number that follows from a design.

    ``working`` is None where it cannot be computed: ``missing`` then names the written paths that are empty, or
    ``refused`` says which value is out of its range. ``begun`` is False where nothing it needs is given at all, so that
    a list of what is missing need not name it.
    """

    id: str
    stage: str
    name: Message
    working: Working | None
    missing: tuple[str, ...] = ()
    refused: Message | None = None
    begun: bool = True

    @property
    def result(self) -> float | None:
        """The number, if there is one."""
        return self.working.result if self.working else None

    @property
    def obstacle(self) -> Message | None:
        """Why there is no number although none is missing: a value out of its range, or a question without answer."""
        return self.working.note if self.working and self.working.result is None else self.refused

    def as_input(self) -> Input | None:
        """The number as an input of the next computation, which remembers the id it came from."""
        if self.working is None or self.working.result is None:
            return None
        return self.working.as_input(self.name)._replace(path=self.id)


def derive(
    identifier: str,
    stage: str,
    name: Message,
    needs: Mapping[str, Input | None],
    compute: Callable[..., Working | None],
    *,
    core: bool = False,
) -> Derived:
    """The number that ``compute`` makes of the needs in their order; what it lacks, or why sizing refuses it.

    ``needs`` holds an input, or None, for each written path or id. A ``core`` number is missed in every design.
    """
    missing = tuple(path for path, found in needs.items() if found is None)
    if missing:
        return Derived(identifier, stage, name, None, missing, begun=core or len(missing) < len(needs))
    try:
        return Derived(identifier, stage, name, compute(*needs.values()))
    except ValueRefused as error:
        return Derived(identifier, stage, name, None, refused=error.message)


def attempt(compute: Callable[[], Working | None]) -> Working | None:
    """The working, or None where sizing refuses a value: a rule says so, whoever only shows numbers stays silent."""
    try:
        return compute()
    except ValueRefused:
        return None
