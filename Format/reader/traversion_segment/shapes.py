"""Which rows have a value of a column, by their shapes (section 4.2)."""

from bisect import bisect_left
from collections import defaultdict


class ShapePage:
    def __init__(self, segment, page, decoded):
        self.page = page
        self.rows_of_code: dict[int, list[int]] = defaultdict(list)
        for row, code in zip(decoded.rows, decoded.values):
            self.rows_of_code[code].append(row)
        self.codes_of_column: dict[int, list[int]] = defaultdict(list)
        """Only shapes that rows of this page have."""
        for code in sorted(self.rows_of_code):
            for ordinal in decoded.shape_table[code]:
                self.codes_of_column[ordinal].append(code)

    def rows(self, ordinal: int, first: int, end: int) -> list[int]:
        """The rows in first ..< end whose shape has the column."""
        rows = []
        for code in self.codes_of_column.get(ordinal, ()):
            of_code = self.rows_of_code[code]
            rows += of_code[bisect_left(of_code, first) : bisect_left(of_code, end)]
        rows.sort()
        return rows
