"""Quotes on their way to the clipboard, in the form that the researcher chose once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from qcode.errors import InvalidInput, NotFound, QcodeError
from qcode.exchange.citing import DEFAULT, Quoted, Stretch, parse, quoted
from qcode.progress import Progress
from qcode.project import SourceId, sources
from qcode.text.breaks import sentence_at
from qcode.ui import jobs
from qcode.ui.context import Context
from qcode.ui.reader.copying import put_on_clipboard
from qcode.ui.settings import Settings
from qcode.ui.widgets.plain import number_of

KEY = "quote_form"
AT_ONCE = 1_000  # quotes that are written in the blink of an eye; more are written beside the window


def form_of(settings: Settings) -> str:
    """Give the form that quotes are copied in."""
    kept = settings.text(KEY, DEFAULT)
    try:
        parse(kept)
    except InvalidInput:  # of another version, or edited by hand: rather the usual form than none
        return DEFAULT
    return kept


def use_form(settings: Settings, form: str) -> None:
    """Copy quotes in this form from now on. Raises InvalidInput when it cannot be used."""
    parse(form)
    settings.put(KEY, form)


def in_form(context: Context, chosen: Sequence[Stretch]) -> Quoted | None:
    """Write quotes in the chosen form; None, and a sentence, when they are not there any more."""
    if context.project is None:
        return None
    try:
        with context.project.read() as r:
            return quoted(r, chosen, form_of(context.settings))
    except QcodeError as error:
        context.say(str(error))
        return None


def copy_quotes(context: Context, chosen: Sequence[Stretch], parent: QWidget | None = None) -> None:
    """Put quotes with where they stand on the clipboard, as plain words and as rich text, and say so."""
    project, form = context.project, form_of(context.settings)

    def put(made: Quoted) -> None:
        put_quoted(made)
        references = "its reference" if len(chosen) == 1 else "their references"
        context.say(f"Copied {number_of(len(chosen), 'passage')} with {references}.")

    def work(progress: Progress) -> Quoted:
        if project is None:
            raise NotFound("The project was closed.")
        with project.read() as r:
            return quoted(r, chosen, form, progress)

    if len(chosen) > AT_ONCE:
        jobs.run(context, "Copy passages", work, put, parent=parent)
    elif chosen and (made := in_form(context, chosen)) is not None:
        put(made)


def copy_around(context: Context, source: SourceId, start: int, end: int) -> None:
    """Copy the sentence in which words were found, or all that they run through, with where it stands."""
    project = context.project
    if project is None:
        return
    try:
        with project.read() as r:
            text = sources.text(r, source)
    except QcodeError as error:
        context.say(str(error))
        return
    first, last = sentence_at(text, start), sentence_at(text, max(start, end - 1))
    copy_quotes(context, [Stretch(source, min(first[0], start), max(last[1], end))])


def put_quoted(made: Quoted) -> None:
    """Put quotes on the clipboard."""
    data = QMimeData()
    data.setText(made.plain)
    data.setHtml(made.html)
    put_on_clipboard(data)
