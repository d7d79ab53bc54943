"""Certificates: issued, printed, verified, revoked."""
