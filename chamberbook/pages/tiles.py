"""The tile map: the prefectures of a province as squares about where they lie, darker where there are more chambers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chamberbook.derive import Directory
from chamberbook.formats import short_place
from chamberbook.records import Region

#: Column and row of each prefecture, for provinces with at most four of either (the grid of the style sheet). The
#: places are read off a map and rounded: Jiangsu's top right is left free for the sea. A province that is not here
#: gets a plain list.
_GRIDS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "320000": {
        "320300": (1, 1),  # 徐州
        "320700": (2, 1),  # 连云港
        "321300": (1, 2),  # 宿迁
        "320800": (2, 2),  # 淮安
        "320900": (3, 2),  # 盐城
        "320100": (1, 3),  # 南京
        "321000": (2, 3),  # 扬州
        "321200": (3, 3),  # 泰州
        "320600": (4, 3),  # 南通
        "321100": (1, 4),  # 镇江
        "320400": (2, 4),  # 常州
        "320200": (3, 4),  # 无锡
        "320500": (4, 4),  # 苏州
    },
}
#: A tile is darker than the first shade from these shares of the fullest tile on.
_SHADES = (0.11, 0.44, 0.80)


@dataclass(frozen=True, slots=True)
class Tile:
    """A prefecture on the map; shade 0 has no chambers, 4 is the darkest."""

    name: str
    url: str
    count: int
    shade: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """A province and its prefectures, row by row."""

    name: str
    count: int
    tiles: tuple[Tile, ...]


def tile_map(directory: Directory, province: Region) -> TileMap | None:
    """The map of a province, None when the places of its prefectures are not known to the last one."""
    grid = _GRIDS.get(province.code, {})
    prefectures = [r for r in directory.regions.values() if r.parent == province.code]
    if not prefectures or any(region.code not in grid for region in prefectures):
        return None
    counts = {region.code: len(directory.by_region.get(region.code, ())) for region in prefectures}
    fullest = max(counts.values())
    tiles = (
        Tile(
            name=short_place(region.name),
            url=f"regions/{region.code}/" if counts[region.code] else f"regions/#r{region.code}",
            count=counts[region.code],
            shade=_shade(counts[region.code], fullest),
            x=grid[region.code][0],
            y=grid[region.code][1],
        )
        for region in prefectures
    )
    return TileMap(
        province.name,
        len(directory.by_region.get(province.code, ())),
        tuple(sorted(tiles, key=lambda tile: (tile.y, tile.x))),
    )


def _shade(count: int, fullest: int) -> int:
    return 1 + sum(count >= share * fullest for share in _SHADES) if count else 0
