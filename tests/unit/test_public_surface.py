"""What `import qcode` promises, and what it costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import qcode
from qcode import errors

PUBLIC = [
    "Conflict",
    "FileDamaged",
    "FileFull",
    "FileLocked",
    "FileProblem",
    "FileReadOnly",
    "FileTooNew",
    "FormatProblem",
    "InvalidInput",
    "NotAProject",
    "NotFound",
    "Project",
    "QcodeError",
    "new_project",
    "open_project",
    "restore",
]


def test_the_public_names_are_exactly_these() -> None:
    assert qcode.__all__ == PUBLIC
    assert set(PUBLIC) <= set(dir(qcode))


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_there_and_says_why_to_use_it(name: str) -> None:
    assert inspect.getdoc(getattr(qcode, name))


def test_all_errors_are_public() -> None:
    tree = {name for name, thing in vars(errors).items() if inspect.isclass(thing)}
    assert tree <= set(PUBLIC)


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = qcode.nonsense


def test_importing_qcode_imports_nothing_heavy() -> None:
    code = "import sys, qcode; print(sorted(set(sys.modules) & {'sqlalchemy', 'click', 'PySide6', 'numpy'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
