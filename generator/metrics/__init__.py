"""3. `Project` → figures, one question a file; no words, no HTML.

progress   how far is it, and what is in each state
changes    what is different from one cut to the next
likeness   which questions are alike, which article a ticket is about
"""
