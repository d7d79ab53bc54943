"""The facts folder: all dated facts in and out, as files that any program can read."""
