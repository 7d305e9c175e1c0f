"""Walks of both trusts, as the tests of cases have them, each on an empty database of either kind."""

from tests.cases.conftest import bth, cpft, trusts

__all__ = ["bth", "cpft", "trusts"]
