"""Tables: structured arrays that other libraries take as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


class Table(np.ndarray):
    """A structured array: a row a generation, species or genome; table["best"] is a column, table[3] a row."""

    def to_pandas(self) -> Any:
        """The table as a pandas.DataFrame; needs pandas."""
        import pandas

        return pandas.DataFrame(self._columns())

    def to_polars(self) -> Any:
        """The table as a polars.DataFrame; needs polars."""
        import polars

        return polars.DataFrame(self._columns())

    def _columns(self) -> dict[str, np.ndarray]:
        return {name: np.asarray(self[name]) for name in self.dtype.names or ()}

    def _repr_html_(self) -> str | None:
        try:
            return str(self.to_pandas()._repr_html_())
        except (ImportError, TypeError):  # no pandas, or no table: a row, a column
            return None


def table_of(columns: Mapping[str, np.ndarray]) -> Table:
    """A table of arrays by name."""
    rows = len(next(iter(columns.values()), ()))
    table = np.empty(rows, dtype=[(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        table[name] = column
    return table.view(Table)
