"""Passwords as the product keeps them."""

from argon2 import Type, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from workflows.people import passwords


def test_each_guess_at_a_stolen_hash_costs_what_the_standard_asks() -> None:
    hashed = passwords.new_hash("seven grey herons fishing", email="nia.rowe@cpft.example", name="Dr Nia Rowe")
    cost, asked = extract_parameters(hashed), RFC_9106_LOW_MEMORY
    assert cost.type is Type.ID
    assert (cost.memory_cost, cost.time_cost) >= (asked.memory_cost, asked.time_cost)
    assert passwords.matches(hashed, "seven grey herons fishing")
