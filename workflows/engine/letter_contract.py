"""What letters say of a doctor's contract: its kind, and what is contracted for under which of its clauses."""

from fractions import Fraction

from workflows.domain.extra_pa import contract_lines, limits
from workflows.domain.fields import number_in_words
from workflows.domain.letters import Table
from workflows.domain.people import CONTRACT_KINDS
from workflows.engine.moves import Move
from workflows.store import extra_pa as extra_rows
from workflows.store import posts as post_rows
from workflows.store.models import Contract


def contract_of(move: Move) -> Contract | None:
    """The doctor's contract of today, as payroll holds it."""
    subject = move.case.subject_id
    return post_rows.contract_of(move.session, person_id=subject, on=move.today) if subject else None


def contract_kind(move: Move) -> str:
    """Its kind in words; "" where none is on record."""
    contract = contract_of(move)
    return CONTRACT_KINDS.get(contract.kind, contract.kind) if contract else ""


def contract_pas(move: Move) -> Table:
    """Standard activities under clause 7.1, the agreement of this case under 7.6: never in one line (BTH-App3.3-a)."""
    contract, row = contract_of(move), extra_rows.of_case(move.session, case_id=move.case.id)
    if contract is None or row is None:
        return Table(())
    agreements = [(row.reference, Fraction(row.pas), row.basis)]
    full_time = limits(move.loaded.policy.values).full_time_pas
    lines = contract_lines(Fraction(contract.programmed_activities), agreements, full_time)
    return Table(
        ("Clause of your contract", "What", "Programmed activities"),
        tuple(
            (one.clause, one.words, f"{number_in_words(one.pas)} {'a week' if one.weekly else 'in all, as needed'}")
            for one in lines
        ),
    )
