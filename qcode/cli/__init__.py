"""The command line: a module a noun, thin over the core. `main` is the way in."""

from qcode.cli.program import main

__all__ = ["main"]
