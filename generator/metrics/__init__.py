"""3. `Project` → figures, one question a file; no words, no HTML.

progress       how far is it, and what is in each state
changes        what is different from one cut to the next
appointments   what is agreed, for when, and how often it was moved
conflicts      which agreed dates are out of service, or at the time of another one
"""
