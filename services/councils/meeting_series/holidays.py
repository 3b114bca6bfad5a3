"""Swedish holidays: the days of the law (1989:253) and the three eves that most are off work."""

from datetime import date, timedelta

_FIXED = {
    (1, 1): "nyårsdagen",
    (1, 6): "trettondedag jul",
    (5, 1): "första maj",
    (6, 6): "nationaldagen",
    (12, 24): "julafton",
    (12, 25): "juldagen",
    (12, 26): "annandag jul",
    (12, 31): "nyårsafton",
}
_EASTER = {
    -2: "långfredagen",
    0: "påskdagen",
    1: "annandag påsk",
    39: "Kristi himmelsfärdsdag",
    49: "pingstdagen",
}
_FRIDAY, _SATURDAY = 4, 5


def holiday(day: date) -> str | None:
    """What a day is called that is a holiday; None where it is none."""
    fixed = _FIXED.get((day.month, day.day))
    return fixed or _EASTER.get((day - easter(day.year)).days) or _saturday(day)


def _saturday(day: date) -> str | None:
    """Midsummer and All Saints are Saturdays between two dates; midsummer has an eve."""
    if day.weekday() == _SATURDAY and (6, 20) <= (day.month, day.day) <= (6, 26):
        return "midsommardagen"
    if day.weekday() == _FRIDAY and (6, 19) <= (day.month, day.day) <= (6, 25):
        return "midsommarafton"
    if day.weekday() == _SATURDAY and (10, 31) <= (day.month, day.day) <= (11, 6):
        return "alla helgons dag"
    return None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, 1) + timedelta(days=day)
