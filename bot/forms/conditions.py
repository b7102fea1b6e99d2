"""Conditions and small sums over answers, written as they read: `answer("resolved") <= answer("opinions")`.

A value that is not known (not asked, skipped) is None, and everything computed from it is None too: a `relevant` that
is None is false, a `constraint` that is None holds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.forms.facts import Facts


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may look at: the answers on the path, as values, and the facts of the unit."""

    answers: Mapping[str, Any]
    facts: Facts


class Expression:
    """Something computed from answers and facts."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def value(self, scope: Scope) -> Any:
        """Compute it; None when something it needs is not known."""
        raise TypeError(type(self))

    def reads(self) -> frozenset[str]:
        """Name the answers it looks at, so that a form can be checked when it is declared."""
        raise TypeError(type(self))

    def holds(self, scope: Scope) -> bool:
        """Tell whether it is certainly true."""
        return self.value(scope) is True

    def fails(self, scope: Scope) -> bool:
        """Tell whether it is certainly false."""
        return self.value(scope) is False

    def has(self, code: str) -> Expression:
        """Tell whether a multiple choice includes this code."""
        return Operation(_contains, self, Constant(code))

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]
        return Operation(operator.eq, self, _expression(other))

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]
        return Operation(operator.ne, self, _expression(other))

    def __lt__(self, other: object) -> Expression:
        return Operation(operator.lt, self, _expression(other))

    def __le__(self, other: object) -> Expression:
        return Operation(operator.le, self, _expression(other))

    def __gt__(self, other: object) -> Expression:
        return Operation(operator.gt, self, _expression(other))

    def __ge__(self, other: object) -> Expression:
        return Operation(operator.ge, self, _expression(other))

    def __add__(self, other: object) -> Expression:
        return Operation(operator.add, self, _expression(other))

    def __sub__(self, other: object) -> Expression:
        return Operation(operator.sub, self, _expression(other))

    def __mul__(self, other: object) -> Expression:
        return Operation(operator.mul, self, _expression(other))

    def __and__(self, other: Expression) -> Expression:
        return Operation(operator.and_, self, other)

    def __or__(self, other: Expression) -> Expression:
        return Operation(operator.or_, self, other)

    def __invert__(self) -> Expression:
        return Operation(operator.not_, self)


class Constant(Expression):
    """A plain value."""

    __slots__ = ("constant",)

    def __init__(self, constant: Any) -> None:
        self.constant = constant

    def value(self, scope: Scope) -> Any:
        """Give the value itself."""
        del scope
        return self.constant

    def reads(self) -> frozenset[str]:
        """Read nothing."""
        return frozenset()


class Answer(Expression):
    """The answer to a field, when it is on the path."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code

    def value(self, scope: Scope) -> Any:
        """Give the answer, or None."""
        return scope.answers.get(self.code)

    def reads(self) -> frozenset[str]:
        """Read the field."""
        return frozenset({self.code})


class Operation(Expression):
    """An operator over expressions; unknown as soon as one of them is."""

    __slots__ = ("operands", "operate")

    def __init__(self, operate: Callable[..., Any], *operands: Expression) -> None:
        self.operate = operate
        self.operands = operands

    def value(self, scope: Scope) -> Any:
        """Apply the operator."""
        values = [operand.value(scope) for operand in self.operands]
        return None if None in values else self.operate(*values)

    def reads(self) -> frozenset[str]:
        """Read what the operands read."""
        return frozenset().union(*(operand.reads() for operand in self.operands))


class Derived(Expression):
    """A function of the scope, with the names of the answers it looks at."""

    __slots__ = ("compute", "names")

    def __init__(self, compute: Callable[[Scope], Any], *names: str) -> None:
        self.compute = compute
        self.names = frozenset(names)

    def value(self, scope: Scope) -> Any:
        """Call the function."""
        return self.compute(scope)

    def reads(self) -> frozenset[str]:
        """Read the named answers."""
        return self.names


def answer(code: str) -> Answer:
    """Stand for the answer to a field."""
    return Answer(code)


def derived(compute: Callable[[Scope], Any], *reads: str) -> Derived:
    """Stand for a function of answers and facts; `reads` names the answers it looks at."""
    return Derived(compute, *reads)


def zero_if_skipped(code: str) -> Derived:
    """Stand for a number that counts as 0 when it was skipped or never asked."""
    return Derived(lambda scope: scope.answers.get(code) or 0, code)


def _expression(value: object) -> Expression:
    return value if isinstance(value, Expression) else Constant(value)


def _contains(codes: Any, code: str) -> bool:
    return code in codes
