"""What the storeys above add to the first page of a trainee."""

_offered = []


def offer(block):
    """Have ``block(person)``, which gives HTML or nothing, shown under "My work"."""
    if block not in _offered:
        _offered.append(block)


def blocks(person):
    """The blocks for ``person``, in the order they were offered."""
    return [html for html in (block(person) for block in _offered) if html]
