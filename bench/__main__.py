"""All the measurements, one after the other."""
from bench import certificates, coverage, pages

for part in (pages, certificates, coverage):
    part.main()
