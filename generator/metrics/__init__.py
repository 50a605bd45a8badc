"""3. `Project` → figures, one question a file; no words, no HTML.

progress   how far is it, and what is in each state
changes    what is different from one cut to the next
throughput how many tickets are finished, and how many arrive, each week
forecast   when today's open tickets will be finished, as a range
"""
