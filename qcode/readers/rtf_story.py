"""What rich text (RTF) is taken apart to, before it is written as one text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """Words with their look, or a break: "words", "par", "line", "tab", "cell", "row", "gap"."""

    kind: str
    text: str = ""
    bold: bool = False
    italic: bool = False
    heading: str = ""
    in_table: bool = False


@dataclass(slots=True)
class Story:
    """A run of text: the body, a note or a text box; boxes wait for the end of the paragraph they hang on."""

    events: list[Event] = field(default_factory=list)
    boxes: list[Story] = field(default_factory=list)


@dataclass(slots=True)
class Parsed:
    """What a file holds: its body, its notes with their marks, its title, and how often something was left out."""

    body: Story = field(default_factory=Story)
    notes: list[tuple[str, Story]] = field(default_factory=list)
    title: str = ""
    left_out: Counter[str] = field(default_factory=Counter)
    codec: str = "cp1252"
    is_whole: bool = False
