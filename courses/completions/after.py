"""What the storeys above add to the page of a completed course."""

_offered = []


def offer(block):
    """Have ``block(completion)``, which gives HTML or nothing, shown after a completion."""
    if block not in _offered:
        _offered.append(block)


def blocks(completion):
    """The blocks for ``completion``, in the order they were offered."""
    return [html for html in (block(completion) for block in _offered) if html]
