"""Installation IDs and Confirmation IDs with the check digits of `activation::groups`."""


def check_digit(group):
    """Digits before the check digit -> the check digit: odd places count once, even places twice, modulo 7."""
    return sum(d * (1 + (i & 1)) for i, d in enumerate(group)) % 7


def number(rng, length):
    """A number of 63 or 54 digits (nine groups) or 48 (eight groups of six)."""
    groups = 8 if length == 48 else 9
    out = ""
    for _ in range(groups):
        group = [int(d) for d in rng.integers(0, 10, length // groups - 1)]
        out += "".join(map(str, group)) + str(check_digit(group))
    return out


def groups(digits):
    size = len(digits) // (8 if len(digits) == 48 else 9)
    return [digits[i : i + size] for i in range(0, len(digits), size)]
