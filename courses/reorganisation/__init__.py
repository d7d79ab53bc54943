"""Reorganisations: what an act does to units, and to everybody and everything in them."""
