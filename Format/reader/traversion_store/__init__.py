"""The second reader of stores: manifests, id indexes and keyframes, written from Store.md and Index.md alone."""

from .indexes import IndexFile
from .store import DamagedFile, Store

__all__ = ["DamagedFile", "IndexFile", "Store"]
