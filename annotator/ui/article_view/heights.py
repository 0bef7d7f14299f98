"""Heights of many sections one below another, with fast sums (a Fenwick tree)."""

from __future__ import annotations

from collections.abc import Sequence


class Heights:
    """Heights by index; `top` and `at` take the logarithm of their number."""

    def __init__(self, heights: Sequence[float] = ()) -> None:
        self._heights = list(heights)
        self._tree = [0.0, *self._heights]
        for at in range(1, len(self._tree)):
            above = at + (at & -at)
            if above < len(self._tree):
                self._tree[above] += self._tree[at]
        self._step = 1 << max(0, len(self._heights).bit_length() - 1)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def set(self, index: int, height: float) -> None:
        """Store the height of one section."""
        more = height - self._heights[index]
        if not more:
            return
        self._heights[index] = height
        at = index + 1
        while at < len(self._tree):
            self._tree[at] += more
            at += at & -at

    def top(self, index: int) -> float:
        """Return the sum of the heights before `index`."""
        total = 0.0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    @property
    def total(self) -> float:
        """The sum of all heights."""
        return self.top(len(self._heights))

    def at(self, y: float) -> int:
        """Return the index of the section at height `y`; the nearest one when `y` is outside."""
        index, step = 0, self._step
        while step:
            if index + step < len(self._tree) and self._tree[index + step] <= y:
                index += step
                y -= self._tree[index]
            step >>= 1
        return max(0, min(index, len(self._heights) - 1))
