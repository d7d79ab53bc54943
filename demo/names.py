"""Fictional people with the names of the province: Tày and Nùng, Kinh, Mông and Dao."""
import json
from pathlib import Path

NAMES = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))


def weighted(chance, words):
    """One of ``words``, a word → how often it should come."""
    return chance.choices(list(words), list(words.values()))[0]


def name(chance, gender):
    """A full name; one in ten is Mông, one in fourteen Dao, built their own way."""
    draw = chance.random()
    if draw < 0.10:
        return chance.choice(NAMES["mong"][gender])
    if draw < 0.17:
        return chance.choice(NAMES["dao"][gender])
    return " ".join((weighted(chance, NAMES["families"]),
                     weighted(chance, NAMES["middles"][gender]),
                     chance.choice(NAMES["given"][gender])))


def birth(chance):
    """A birth date between 1966 and 1999; of one in nine only the year is known."""
    year = chance.randint(1966, 1999)
    if chance.random() < 0.11:
        return str(year)
    return f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
