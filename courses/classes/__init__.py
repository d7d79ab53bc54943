"""Classes, sessions, enrolment, attendance."""
