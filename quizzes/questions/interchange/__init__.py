"""Questions in and out: the files of other systems, and of people who write by hand."""
