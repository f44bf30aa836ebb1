"""Terms of service as software firms write them: numbered clauses with a few words of each firm's own."""

from __future__ import annotations

from demo.world.records import Clause


def clauses(name: str, law: str, *, liability: str, notice: str = "thirty days") -> tuple[Clause, ...]:
    """Return the clauses of a firm's terms; ``liability`` and ``notice`` are periods in words."""
    return (
        Clause(
            name="Scope",
            text=f"These terms govern the use of the {name} services by business customers. "
            "Other terms of the customer apply only where both sides agreed to them in writing.",
        ),
        Clause(
            name="Accounts",
            text="The customer keeps its access data secret and tells us without delay when it has reason "
            "to believe that somebody else has learned of them.",
        ),
        Clause(
            name="Acceptable use",
            text="The customer may not use the services to discriminate unlawfully, to build a competing "
            "service or to probe the services for weaknesses without our written consent.",
        ),
        Clause(
            name="Fees",
            text="Fees are due within fourteen days of the invoice. Late payments bear interest at the "
            "statutory rate.",
        ),
        Clause(
            name="Personal data",
            text="We process personal data on the customer's behalf as described in the data processing "
            "agreement, which forms part of these terms.",
        ),
        Clause(
            name="Availability",
            text="We aim for availability of 99.9 percent in a calendar month, planned maintenance excepted.",
        ),
        Clause(
            name="Liability",
            text="Our liability is limited to the fees that the customer paid in the "
            f"{liability} before the event. Liability for intent stays unlimited.",
        ),
        Clause(
            name="Termination",
            text=f"Either side may end the agreement with notice of {notice} to the end of a month.",
        ),
        Clause(name="Governing law", text=f"The law of {law} applies."),
    )
