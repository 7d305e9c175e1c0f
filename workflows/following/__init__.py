"""What somebody keeps to follow disputes: views of the board under names of their own, and a calendar of its dates."""

from workflows.following.feeds import end_feed, make_feed, note_export
from workflows.following.views import remove_view, rename_view, save_view

__all__ = ["end_feed", "make_feed", "note_export", "remove_view", "rename_view", "save_view"]
