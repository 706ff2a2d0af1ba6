"""Rows of a form: what a field is called stands level with what is written in it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QWidget

from qcode.ui.style import label

INDENT = 8  # pixels by which words in a box with numbers begin where they do in other fields
ONE_LINE = 32  # pixels: higher fields have their name beside their first line


def add_row(form: QFormLayout, name: str | QWidget, field: QWidget, *, width: int = 0) -> None:
    """Put a field into a form, with its name, or what stands for one, before it; `width` keeps names of forms in line.

    By itself Qt makes the name lower than the field, at its top.
    """
    named = label(name) if isinstance(name, str) else name
    field.ensurePolished()
    named.setFixedHeight(min(ONE_LINE, max(field.minimumHeight(), field.sizeHint().height())))
    named.setMinimumWidth(width)
    if isinstance(field, QAbstractSpinBox):
        field.lineEdit().setTextMargins(INDENT, 0, 0, 0)  # a style sheet's padding is not heeded here
    form.addRow(named, field)
