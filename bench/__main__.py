"""All the measurements, one after the other."""
from bench import certificates, coverage, imports, pages

for part in (pages, certificates, imports, coverage):
    part.main()
