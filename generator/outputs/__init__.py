"""5. Views → bytes, one form a file.

html       Jinja2 templates of site_templates/portal/
xlsx       the task list as a workbook
csv        the task list as CSV for a spreadsheet
data       the project as JSON for programs
richtext   Markdown that other people wrote → safe HTML
ics        agreed dates → calendars
messages   a digest as the text of a chat or a mail
pdf        Typst template of site_templates/report/
booklet    a section of the documentation by the same means
"""
