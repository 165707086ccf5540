"""Answers to what other capabilities ask about units and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.actors import Role

from .. import policy
from ..model import Contact, OnDuty, Staff
from ..ports import Directory, People


@dataclass(frozen=True)
class Institution:
    """Reads only; units and members as they were at most a minute ago."""

    people: People
    directory: Directory

    def working(self, unit: str, now: datetime) -> dict[str, frozenset[str]]:
        """Give who works in a unit and is not away, with their roles."""
        return _roles(self._there(unit, now))

    def suited(self, unit: str, language: str, skill: str, now: datetime) -> dict[str, frozenset[str]]:
        """Give who of them speaks the language and knows the matter.

        Where nobody does both, the language counts before the matter; where nobody speaks it, everybody there is given.
        """
        there = self._there(unit, now)
        speaking = [member for member in there if language in ("", member.language) or language in member.languages]
        skilled = [member for member in speaking if skill and skill in member.skills]
        return _roles(skilled or speaking or there)

    def on_duty(self, unit: str, at: datetime) -> Mapping[str, OnDuty]:
        """Give the agents and supervisors of a unit who are not away at an instant, by their id."""
        there = [one for one in self._there(unit, at) if one.roles & {Role.AGENT, Role.SUPERVISOR}]
        return {one.id: OnDuty(one.id, one.languages | {one.language}, one.skills, one.capacity) for one in there}

    def capacities(self, unit: str) -> Mapping[str, float]:
        """Give how much of a whole person's work each member of a unit takes."""
        return {member.id: member.capacity for member in self.directory.members(unit)}

    def _there(self, unit: str, now: datetime) -> list[Staff]:
        return [member for member in policy.active(self.directory.members(unit)) if member.there(now)]

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]:
        """Give time zone, calendar, regimes, parent and language of a unit; raises KeyError for an unknown one."""
        found = self.directory.units()[unit]
        return found.timezone, found.calendar, found.regimes, found.parent, found.language

    def named(self, unit: str, staff: str) -> tuple[str, str]:
        """Give the names of a unit and of one of its members, as customers may read them; empty for who is not there."""
        units, members = self.directory.units(), self.directory.members(unit)
        name = next((member.name for member in members if member.id == staff and member.active), "")
        return units[unit].name if unit in units else "", name

    def zones(self) -> dict[str, str]:
        """Name every unit, and its time zone."""
        return {unit.id: unit.timezone for unit in self.directory.units().values()}

    def below(self, unit: str) -> frozenset[str]:
        """Give a unit and all units under it; empty for one that is not known."""
        units = self.directory.units()
        return policy.below(units, unit) if unit in units else frozenset()

    def contacts(self, to: str, unit: str, owner: str, customer: str) -> tuple[Contact, ...]:
        """Give whom to write to: the customer, the owner, or a level of a unit.

        A level that nobody fills is passed on upwards, from owner to lead to head to compliance to whoever administers;
        empty only where the institution has no such people at all.
        """
        if to == "customer":
            return self._customer(customer)
        unit = unit or policy.top(self.directory.units()).id  # what is nobody's in particular is the head office's
        if to == "owner":
            return self._owner(owner) or self.contacts("lead", unit, "", "")
        if to == "lead":
            return self._level(unit, Role.SUPERVISOR) or self.contacts("head", unit, "", "")
        units = self.directory.units()
        above = units[unit].parent if unit in units else ""
        if to == "head":
            found = self._level(above or unit, Role.SUPERVISOR)
            return found or (
                self.contacts("head", above, "", "") if above else self.contacts("compliance", unit, "", "")
            )
        found = self._level(unit, Role.COMPLIANCE)
        if found or not above:
            return found or self._level(unit, Role.ADMIN)
        return self.contacts("compliance", above, "", "")

    def _customer(self, id_: str) -> tuple[Contact, ...]:
        customer = self.people.customer(id_)
        return () if customer is None else (Contact(customer.id, "sms", customer.phone, customer.language),)

    def _owner(self, id_: str) -> tuple[Contact, ...]:
        staff = self.people.staff(id_) if id_ else None
        return (_by_mail(staff),) if staff and staff.active else ()

    def _level(self, unit: str, role: Role) -> tuple[Contact, ...]:
        members = policy.active(self.directory.members(unit))
        return tuple(_by_mail(member) for member in members if role in member.roles)


def _roles(members: list[Staff]) -> dict[str, frozenset[str]]:
    return {member.id: frozenset(role.value for role in member.roles) for member in members}


def _by_mail(staff: Staff) -> Contact:
    return Contact(staff.id, "mail", staff.mail, staff.language)
