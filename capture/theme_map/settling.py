"""Settling points in the plane so that what is alike ends up side by side (t-SNE).

Attraction runs along a graph of nearest neighbours (van der Maaten and Hinton 2008, with even
weights); repulsion is read off a grid by Fourier transform (Linderman and others 2019), so a round
takes time in proportion to the points, draws no random number and gives the same every time.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.sparse import csr_matrix
from scipy.spatial import KDTree

from capture.theming.features import Floats

Indices = NDArray[np.int64]
Progress = Callable[[int, int], None]

ALL_PAIRS = 200
"""Up to so many points every pair is looked at, which is exact."""
CELL = 0.5
"""Width of a cell of the grid, in units of the plane; likeness falls to a half within one unit."""
MOST_CELLS = 320
FEWEST_CELLS = 24
GATHER = 12.0
"""How much stronger attraction is in the first rounds, so that what is far away can still come."""
FASTEST = 5.0
"""The furthest a point goes in one round."""
NEAREST = 0.008
"""Points are kept apart by so much of the whole, about nine of 1,200 pixels"""
EVENLY = 0.35
"""or, where there are many, by so much of what each would have if all lay evenly."""
PUSHES = 12


def neighbours(rows: Floats, among: Indices, count: int) -> Indices:
    """The most alike of the rows `among` for every row, itself left out; shape (n, count)."""
    found = np.empty((len(rows), count), dtype=np.int64)
    single = rows.astype(np.float32)
    others = single[among].T
    for start in range(0, len(rows), 1024):
        block = np.arange(start, min(start + 1024, len(rows)))
        alike = single[block] @ others
        alike[among[None, :] == block[:, None]] = -np.inf
        best = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        found[block] = among[best]
    return found


def joined(near: Indices, size: int) -> csr_matrix:
    """The graph of who is near whom, either way; shape (size, size), its entries add to one.

    Row i of `near` holds the neighbours of point i.
    """
    count = near.shape[1]
    weights = np.ones(near.size)
    ends = (np.repeat(np.arange(len(near)), count), near.ravel())
    graph = csr_matrix((weights, ends), shape=(size, size))
    graph = (graph + graph.T).tocsr()
    graph.sum_duplicates()
    return graph / max(graph.sum(), 1.0)


def settle(
    graph: csr_matrix, start: Floats, rounds: int, gather: int, report: Progress | None = None
) -> Floats:
    """Move points from `start`, shape (n, 2), for so many rounds, gathering in the first of them.

    `graph` is what `joined` gives. `report` hears (done, total) now and then.
    """
    places, moving, gains = start.copy(), np.zeros_like(start), np.ones_like(start)
    rate = max(len(start) / GATHER, 50.0)
    edges = graph.tocoo()
    for number in range(rounds):
        pull = GATHER if number < gather else 1.0
        force = pull * _attraction(edges.row, edges.col, edges.data, places) - repulsion(places)
        steady = np.sign(force) != np.sign(moving)
        gains = np.clip(np.where(steady, gains + 0.2, gains * 0.8), 0.01, None)
        moving = (0.5 if number < gather else 0.8) * moving - rate * gains * force
        furthest = float(np.abs(moving).max(initial=0.0))
        if furthest > FASTEST:
            moving *= FASTEST / furthest
        places += moving
        places -= places.mean(axis=0)
        if report is not None and number % 50 == 49:
            report(number + 1, rounds)
    return places


def _attraction(one: Indices, other: Indices, weights: Floats, places: Floats) -> Floats:
    apart = places[one] - places[other]
    force = weights / (1.0 + (apart**2).sum(axis=1))
    return np.stack(
        [np.bincount(one, force * apart[:, axis], len(places)) for axis in (0, 1)], axis=1
    )


def repulsion(places: Floats) -> Floats:
    """How strongly each point is pushed away by all others; shape (n, 2)."""
    return _by_pairs(places) if len(places) <= ALL_PAIRS else _by_grid(places)


def _by_pairs(places: Floats) -> Floats:
    apart = places[:, None, :] - places[None, :, :]
    near = 1.0 / (1.0 + (apart**2).sum(axis=2))
    np.fill_diagonal(near, 0.0)
    return np.asarray((near[:, :, None] ** 2 * apart).sum(axis=1) / max(near.sum(), 1e-9))


def _by_grid(places: Floats) -> Floats:
    low = places.min(axis=0) - 1.0
    extent = float((places.max(axis=0) + 1.0 - low).max())
    cells = int(np.clip(np.ceil(extent / CELL), FEWEST_CELLS, MOST_CELLS))
    width = extent / (cells - 1)
    at, share = _corners((places - low) / width, cells)
    size = next_fast_len(2 * cells, real=True)
    steps = np.minimum(np.arange(size), size - np.arange(size)) * width
    near = 1.0 / (1.0 + steps[:, None] ** 2 + steps[None, :] ** 2)
    once, twice = rfft2(near), rfft2(near**2)

    def spread(values: Floats) -> NDArray[np.complex128]:
        grid = np.bincount(at.ravel(), (share * values).ravel(), cells * cells)
        return np.asarray(rfft2(grid.reshape(cells, cells), s=(size, size)))

    def read(spectrum: NDArray[np.complex128]) -> Floats:
        grid = irfft2(spectrum, s=(size, size))[:cells, :cells].ravel()
        return np.asarray((share * grid[at]).sum(axis=0))

    everywhere = spread(np.ones(len(places)))
    total = float(read(everywhere * once).sum()) - len(places)
    crowd = read(everywhere * twice)
    away = [places[:, a] * crowd - read(spread(places[:, a]) * twice) for a in (0, 1)]
    return np.stack(away, axis=1) / max(total, 1e-9)


def _corners(units: Floats, cells: int) -> tuple[Indices, Floats]:
    """The four corners of each point's cell, and the point's share in each; shapes (4, n)."""
    corner = np.clip(units.astype(np.int64), 0, cells - 2)
    right, down = (units - corner).T
    at = corner[:, 0] * cells + corner[:, 1]
    share = ((1 - right) * (1 - down), (1 - right) * down, right * (1 - down), right * down)
    return np.stack([at, at + 1, at + cells, at + cells + 1]), np.stack(share)


def untangle(places: Floats) -> Floats:
    """Push points apart that would cover each other, so that each can be seen and pointed at."""
    extent = float(np.ptp(places, axis=0).max(initial=0.0))
    least = extent * min(NEAREST, EVENLY / np.sqrt(max(len(places), 1)))
    places = places.copy()
    for _ in range(PUSHES):
        pairs = KDTree(places).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort(pairs.T[::-1])]
        apart = places[pairs[:, 0]] - places[pairs[:, 1]]
        far = np.linalg.norm(apart, axis=1)
        turn = pairs.sum(axis=1) * np.pi * (3.0 - np.sqrt(5.0))
        anyhow = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        way = np.where(far[:, None] > 1e-9, apart / np.maximum(far, 1e-9)[:, None], anyhow)
        push = way * ((least - far) / 4)[:, None]
        for axis in (0, 1):
            places[:, axis] += np.bincount(pairs[:, 0], push[:, axis], len(places))
            places[:, axis] -= np.bincount(pairs[:, 1], push[:, axis], len(places))
    return places
