"""Which record of one version is which of the other, when files were renamed, moved, merged or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chamberbook.load import Loaded, LoadedChamber


@dataclass(frozen=True, slots=True)
class Pairing:
    """`kept`: the same chamber in both. `removed`: gone, with the record that took over its address, if any."""

    kept: tuple[tuple[LoadedChamber, LoadedChamber], ...]
    added: tuple[LoadedChamber, ...]
    removed: tuple[tuple[LoadedChamber, LoadedChamber | None], ...]


def pair(old: Loaded, new: Loaded) -> Pairing:
    """Pair by slug, then by former slug, by credit code, by name. What cannot be read is not called gone or new."""
    kept = {slug: slug for slug in old.chambers if slug in new.chambers}
    unread_new, unread_old = _slugs(new.unread), _slugs(old.unread)
    gone = [slug for slug in old.chambers if slug not in kept and slug not in unread_new]
    come = [slug for slug in new.chambers if slug not in kept and slug not in unread_old]
    heirs = {former: slug for slug, one in new.chambers.items() for former in one.chamber.former_slugs}
    for candidates in (_by_former(heirs), _by_code(new, come), _by_name(new, come)):
        for slug in [slug for slug in gone if slug not in kept]:
            found = candidates(old.chambers[slug])
            if found in come and found not in kept.values():
                kept[slug] = found
    taken = set(kept.values())
    removed = [slug for slug in gone if slug not in kept]
    return Pairing(
        tuple((old.chambers[slug], new.chambers[kept[slug]]) for slug in sorted(kept)),
        tuple(new.chambers[slug] for slug in sorted(come) if slug not in taken),
        tuple((old.chambers[slug], new.chambers.get(heirs.get(slug, ""))) for slug in sorted(removed)),
    )


_Find = Callable[[LoadedChamber], str | None]


def _by_former(heirs: Mapping[str, str]) -> _Find:
    return lambda old: heirs.get(old.slug)


def _by_code(new: Loaded, come: Iterable[str]) -> _Find:
    codes = {new.chambers[slug].chamber.uscc: slug for slug in come}
    return lambda old: codes.get(old.chamber.uscc) if old.chamber.uscc else None


def _by_name(new: Loaded, come: Iterable[str]) -> _Find:
    names = {new.chambers[slug].chamber.name: slug for slug in come}
    return lambda old: names.get(old.chamber.name)


def _slugs(paths: Iterable[str]) -> set[str]:
    return {path.rpartition("/")[2].removesuffix(".yml") for path in paths}
