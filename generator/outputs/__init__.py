"""5. Views → bytes, one form a file.

html       Jinja2 templates of site_templates/portal/
richtext   Markdown that other people wrote → safe HTML
ics        agreed dates → calendars
"""
