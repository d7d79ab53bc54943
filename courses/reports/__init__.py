"""Locked reports, and everything that is signed or read on paper."""
