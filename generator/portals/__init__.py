"""6. One client's pages and files → a portal, open or sealed.

rendering  a project → its pages and files, as anyone could read them
sealed     those pages and files → one neutral page, a container and files under opaque names
keyring    who can open what: contacts by the policy, executives
keys       what is derived from the site's one secret
sealing    bytes → noise to everyone without a key: the format
vault      where the secret is kept
links      each contact's link, ready to be sent; `renewals`: made anew
notices    a digest → a message for each of the client's contacts
exposure   whether data/ itself can be read by others
"""
