"""A paper drawn three ways from the same contents: Word, PDF, workbook."""
from courses.reports.drawing.book import workbook
from courses.reports.drawing.pdf import pdf
from courses.reports.drawing.word import word

#: The ending of a file → what draws a paper so.
DRAWN = {"docx": word, "pdf": pdf, "xlsx": workbook}

__all__ = ["DRAWN", "pdf", "word", "workbook"]
