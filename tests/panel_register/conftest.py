"""Walks of both trusts, each on an empty database of either kind; and an entry for a register."""

from datetime import date

import pytest

from tests.cases.conftest import bth, cpft, trusts
from workflows.panel_register import Entry

__all__ = ["bth", "cpft", "trusts"]

BODIES = ("NHS Employers", "BMA", "BDA")


@pytest.fixture
def entry() -> Entry:
    """What is said of somebody whom every body has approved."""
    approvals: dict[str, date | None] = dict.fromkeys(BODIES, date(2026, 12, 1))
    return Entry("Tyne Moor Partnership", "Psychotherapy", date(2027, 1, 1), date(2029, 12, 31), approvals)
