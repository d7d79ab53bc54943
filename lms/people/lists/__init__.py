"""How clerks write lists of people: their headers, rows, dates, numbers and names; pure craft."""
