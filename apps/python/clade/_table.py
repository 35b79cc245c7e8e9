"""Tables: structured arrays that other libraries take as well."""

import numpy as np


class Table(np.ndarray):
    """A structured array: a row a generation, species or genome; table["best"] is a column, table[3] a row."""

    def to_pandas(self):
        """The table as a pandas.DataFrame; needs pandas."""
        import pandas

        return pandas.DataFrame({name: np.asarray(self[name]) for name in self.dtype.names})

    def to_polars(self):
        """The table as a polars.DataFrame; needs polars."""
        import polars

        return polars.DataFrame({name: np.asarray(self[name]) for name in self.dtype.names})

    def _repr_html_(self):
        return self.to_pandas()._repr_html_() if self.ndim == 1 and self.dtype.names else f"<pre>{self!r}</pre>"


def table_of(columns):
    """A table of arrays by name."""
    rows = len(next(iter(columns.values()), ()))
    table = np.empty(rows, dtype=[(name, column.dtype) for name, column in columns.items()])
    for name, column in columns.items():
        table[name] = column
    return table.view(Table)
