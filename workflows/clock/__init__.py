"""The clock: time as a way in. It does what is due, each thing in its own transaction, and delivers the outbox."""

from workflows.clock.daily import begin_day
from workflows.clock.demonstration import move_forward, now, pass_time
from workflows.clock.looking import Tally
from workflows.clock.passing import pass_on
from workflows.clock.ticking import deliver, next_due, tick

__all__ = ["Tally", "begin_day", "deliver", "move_forward", "next_due", "now", "pass_on", "pass_time", "tick"]
