"""Tells how a share was worked out: which sentences, and the figures in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from dripdesk.estimate.share import Plan, Share

Step = tuple[str, Mapping[str, str]]
"""The ending of a response utter_estimate_step_<ending>, and the figures for its placeholders."""


def steps(one: Share, plan: Plan, is_limit_unknown: bool = False) -> Iterator[Step]:
    """Yield the steps of a share that was worked out by a plan."""
    if one.rest == 0 and one.deductible:
        left, allowed = show(plan.deductible_left), show(one.allowed)
        yield "deductible_all", {"left": left, "allowed": allowed}
    elif one.deductible:
        yield "deductible", {"deductible": show(one.deductible)}
    else:
        yield "deductible_paid", {}
    if one.rest and plan.copay is not None:
        yield "copay", {"rest": show(one.rest), "part": show(one.part)}
    elif one.rest:
        part, rate = show(one.part), f"{plan.rate.normalize():f}%"
        yield "coinsurance", {"rest": show(one.rest), "rate": rate, "part": part}
    whole = one.deductible + one.part
    if one.deductible and one.part:
        deductible, part = show(one.deductible), show(one.part)
        yield "sum", {"deductible": deductible, "part": part, "whole": show(whole)}
    if plan.limit_left == 0:
        yield "limit_reached", {}
    elif plan.limit_left is not None:
        yield "limit" if one.is_limited else "within_limit", {"limit": show(plan.limit_left)}
    elif is_limit_unknown:
        yield "limit_unknown", {}


def show(amount: Decimal) -> str:
    """Return a sum as a patient reads it: "$2,857", "$854.40"."""
    return f"${amount:,.2f}".removesuffix(".00")
