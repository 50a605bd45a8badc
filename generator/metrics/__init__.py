"""3. `Project` → figures, one question a file; no words, no HTML.

progress   how far is it, and what is in each state
changes    what is different from one cut to the next
response   how soon support tickets are answered and resolved
shared_clock  who had each ticket for how long
"""
