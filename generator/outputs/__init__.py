"""5. Views → bytes, one form a file.

html       Jinja2 templates of site_templates/portal/
richtext   Markdown that other people wrote → safe HTML
pdf        Typst template of site_templates/report/
"""
