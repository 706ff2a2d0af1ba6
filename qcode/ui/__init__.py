"""The window: the only room that knows Qt."""

from qcode.ui.steady import keep_singletons

keep_singletons()
