"""What nodes may use outside data pages."""

from .errors import CorruptSegment
from .primitives import Budget


class PlainContext:
    """What nodes may use in a resource, a section or an overflow page: no resources and no other columns."""

    def __init__(self):
        self.budget = Budget()
        self.affix = 0
        self.root_codes = None

    def _nothing(self, *arguments):
        raise CorruptSegment(arguments[-1], "names a resource or a column where none can be named")

    zstd_dictionary = map_table = text_dictionary = fixed_dictionary = symbol_table = templates = _nothing
    integer_dictionary = integer_source = code_source = text_source = fixed_source = _nothing
