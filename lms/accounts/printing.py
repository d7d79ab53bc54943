"""Phones as an office writes them."""

#: How the digits of a mobile phone (10) and of a landline (11) stand in groups.
GROUPS = {10: (4, 7), 11: (4, 8)}


def phone(number):
    """``+84912345678`` or ``0912345678`` as 0912 345 678; anything else as it stands."""
    digits = "".join(c for c in number if c.isdigit())
    if number.startswith("+84"):
        digits = "0" + digits[2:]
    if not digits.startswith("0") or len(digits) not in GROUPS:
        return number
    first, second = GROUPS[len(digits)]
    return f"{digits[:first]} {digits[first:second]} {digits[second:]}"
