"""6. One client's pages and files → a portal, open or sealed.

rendering  a project → its pages and files, as anyone could read them
keys       what is derived from the site's one secret
sealing    pages and files → noise to everyone without a link
"""
