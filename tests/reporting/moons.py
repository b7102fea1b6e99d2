"""The Vietnamese lunar calendar once more, from the sky: new moons and solar terms by Meeus, on the meridian of UTC+7.

Written from Jean Meeus, "Astronomical Algorithms" (2nd ed., chapters 25 and 49) and from the rules that Hồ Ngọc Đức
states for the calendar: a month begins on the day of the new moon, month 11 holds the winter solstice, and of thirteen
months between two solstices the first without a principal term is the leap month. It shares nothing with lunar-vn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import cos, floor, radians, sin

MERIDIAN = 7 / 24
J2000 = 2451545.0
SYNODIC = 29.530588861
EPOCH = date(2000, 1, 1)
JDN_OF_EPOCH = 2451545

# Chapter 49: (coefficient, power of E, multiples of M, M', F, Ω) of a new moon.
PERIODIC = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)
PLANETS = (
    (0.000325, 299.77, 0.107408, -0.009173),
    (0.000165, 251.88, 0.016321, 0.0),
    (0.000164, 251.83, 26.651886, 0.0),
    (0.000126, 349.42, 36.412478, 0.0),
    (0.000110, 84.66, 18.206239, 0.0),
    (0.000062, 141.74, 53.303771, 0.0),
    (0.000060, 207.14, 2.453732, 0.0),
    (0.000056, 154.84, 7.306860, 0.0),
    (0.000047, 34.52, 27.261239, 0.0),
    (0.000042, 207.19, 0.121824, 0.0),
    (0.000040, 291.34, 1.844379, 0.0),
    (0.000037, 161.72, 24.198154, 0.0),
    (0.000035, 239.56, 25.513099, 0.0),
    (0.000023, 331.55, 3.592518, 0.0),
)


def delta_t(year: float) -> float:
    """Terrestrial minus universal time, in days: the polynomials of Espenak and Meeus."""
    t = year - 2000
    if year < 1920:
        u = year - 1900
        seconds = -2.79 + 1.494119 * u - 0.0598939 * u**2 + 0.0061966 * u**3 - 0.000197 * u**4
    elif year < 1941:
        u = year - 1920
        seconds = 21.20 + 0.84493 * u - 0.076100 * u**2 + 0.0020936 * u**3
    elif year < 1961:
        u = year - 1950
        seconds = 29.07 + 0.407 * u - u**2 / 233 + u**3 / 2547
    elif year < 1986:
        u = year - 1975
        seconds = 45.45 + 1.067 * u - u**2 / 260 - u**3 / 718
    elif year < 2005:
        seconds = 63.86 + 0.3345 * t - 0.060374 * t**2 + 0.0017275 * t**3 + 0.000651814 * t**4 + 0.00002373599 * t**5
    elif year < 2050:
        seconds = 62.92 + 0.32217 * t + 0.005589 * t**2
    else:
        seconds = -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)
    return seconds / 86400


def civil(jd_terrestrial: float) -> float:
    """The Julian day in Vietnam at a moment, counted from midnight: its whole part is the number of the day."""
    year = 2000 + (jd_terrestrial - J2000) / 365.25
    return jd_terrestrial - delta_t(year) + MERIDIAN + 0.5


def new_moon(k: int) -> float:
    """The k-th new moon after that of 6 January 2000, as a Julian day of terrestrial time."""
    t = k / 1236.85
    mean = 2451550.09766 + SYNODIC * k + 0.00015437 * t**2 - 0.000000150 * t**3 + 0.00000000073 * t**4
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 0.00000011 * t**3
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3 - 0.000000058 * t**4
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3 + 0.000000011 * t**4
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 0.00000215 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    moved = sum(
        size * e**power * sin(radians(m * sun + mp * moon + f * latitude + om * node))
        for size, power, m, mp, f, om in PERIODIC
    )
    planets = sum(size * sin(radians(start + speed * k + bend * t**2)) for size, start, speed, bend in PLANETS)
    return mean + moved + planets


def sun_longitude(jd_terrestrial: float) -> float:
    """The apparent longitude of the sun, in degrees (chapter 25, to about 0.01°)."""
    t = (jd_terrestrial - J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    # Venus, Jupiter and the moon pull the earth about: the largest of the terms that the book gives for 0.01°.
    pulls = (
        0.00134 * cos(radians(153.23 + 22518.7541 * t))
        + 0.00154 * cos(radians(216.57 + 45037.5082 * t))
        + 0.00200 * cos(radians(312.69 + 32964.3577 * t))
        + 0.00179 * sin(radians(350.74 + 445267.1142 * t))
        + 0.00178 * sin(radians(231.19 + 20.20 * t))
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre + pulls - 0.00569 - 0.00478 * sin(node)) % 360


def sector_at_midnight(day: int) -> int:
    """In which twelfth of the sky the sun stands when a day begins in Vietnam."""
    universal = day - 0.5 - MERIDIAN
    return int(sun_longitude(universal + delta_t(2000 + (universal - J2000) / 365.25)) // 30)


@dataclass(frozen=True)
class Month:
    """A lunar month: the year and number it bears, its first day, how many days it has."""

    year: int
    number: int
    leap: bool
    first: date
    days: int
    from_midnight: float  # seconds between midnight and the nearer of the new moons that begin and end it


@cache
def _moon_days() -> list[int]:
    return [floor(moment) for moment in _moons()]


@cache
def _moons() -> list[float]:
    return [civil(new_moon(k)) for k in range(-1250, 1280)]


def _solstice_month(year: int) -> int:
    """Which of the new moons begins the month that holds the winter solstice of a solar year."""
    days = _moon_days()
    begin = next(at for at, day in enumerate(days) if _date(day) > date(year, 11, 15))
    for at in (begin + 1, begin, begin - 1):
        # The sun enters the ninth twelfth (270°) at the solstice: this month begins before it, the next after it.
        if sector_at_midnight(days[at]) < 9 <= sector_at_midnight(days[at + 1]):
            return at
    raise AssertionError(year)


def _date(day: int) -> date:
    return EPOCH + timedelta(days=day - JDN_OF_EPOCH)


def months_of(year: int) -> Iterator[Month]:
    """The months from month 11 of the lunar year before to month 10 of this one."""
    days = _moon_days()
    begin, end = _solstice_month(year - 1), _solstice_month(year)
    leap_at = -1
    if end - begin == 13:
        leap_at = next(
            at for at in range(begin + 1, end) if sector_at_midnight(days[at]) == sector_at_midnight(days[at + 1])
        )
    number = 10
    for at in range(begin, end):
        leap = at == leap_at
        number += not leap
        shown = (number - 1) % 12 + 1
        near = min(abs((moment + 0.5) % 1 - 0.5) * 86400 for moment in _moons()[at : at + 2])
        yield Month(year - (number <= 12), shown, leap, _date(days[at]), days[at + 1] - days[at], near)
