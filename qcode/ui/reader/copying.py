"""What is put on the clipboard: the words as they stand, and for word processors also where they come from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData


def copied(text: str, reference: str = "") -> QMimeData:
    """Make the words as plain text and as HTML; the reference follows them only in HTML, so that plain stays plain."""
    data = QMimeData()
    data.setText(text)
    paragraphs = [
        f'<p dir="auto" style="white-space: pre-wrap">{escape(line)}</p>' for line in text.split("\n") if line
    ]
    source = f'<p dir="auto">{escape(reference)}</p>' if reference else ""
    data.setHtml(f"<blockquote>{''.join(paragraphs)}</blockquote>{source}")
    return data
