"""All the measurements, one after the other."""
from bench import certificates, coverage, exam, imports, memory, pages

for part in (pages, memory, exam, certificates, imports, coverage):
    part.main()
