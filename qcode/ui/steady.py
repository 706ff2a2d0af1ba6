"""Keep Python 3.11 on its feet under PySide6 6.12.

That build takes None, True and False for immortal, which they are only from Python 3.12 on: in 3.11 each call that
returns one of them drops a reference that was never taken. After some thousands of calls, less than a minute of
reading, the count is at zero and the interpreter aborts ("deallocating None"). Measured: 1,000 calls of a method
without a result lower the count of None by 1,000.
"""

from __future__ import annotations

import ctypes
import sys


def keep_singletons() -> None:
    """Give None, True and False more references than can ever be dropped; does nothing where they are immortal."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for singleton in (None, True, False):
        # The reference count is the first field of every object in CPython.
        ctypes.c_ssize_t.from_address(id(singleton)).value = sys.maxsize // 2
