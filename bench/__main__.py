"""All the measurements, one after the other."""
from bench import certificates, coverage, exam, imports, pages

for part in (pages, exam, certificates, imports, coverage):
    part.main()
