"""On-call rotas of a team: set up, manned, and valued by a diary that its doctors keep and its manager agrees from."""

from workflows.on_call.agreeing import agree_average, tell_of_diaries
from workflows.on_call.diaries import CAPACITY, KINDS, Done, open_diary, record_work, remove_work
from workflows.on_call.keeping import MAY_AGREE, MAY_KEEP
from workflows.on_call.members import add_member, end_member
from workflows.on_call.rotas import About, add_rota, change_rota, close_rota, set_category

__all__ = [
    "CAPACITY",
    "KINDS",
    "MAY_AGREE",
    "MAY_KEEP",
    "About",
    "Done",
    "add_member",
    "add_rota",
    "agree_average",
    "change_rota",
    "close_rota",
    "end_member",
    "open_diary",
    "record_work",
    "remove_work",
    "set_category",
    "tell_of_diaries",
]
