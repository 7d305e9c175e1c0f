"""What is asked to show an agreement on extra programmed activities in pay."""

from fractions import Fraction

from workflows.domain.fields import Field

SALARY = (
    Field(
        "salary",
        "number",
        "Whole-time basic salary in pounds a year",
        hint="It is used for this sum alone and is not kept.",
        required=True,
        minimum=Fraction(1),
        maximum=Fraction(1_000_000),
    ),
)
