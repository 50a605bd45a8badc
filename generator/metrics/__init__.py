"""3. `Project` → figures, one question a file; no words, no HTML.

progress      how far is it, by tickets and by hours
changes       what is different from one cut to another
acceptance    what was finished between the last two, for a letter
waiting       since when each ticket waits for the client
flow          how work came in and got done, week by week
times         how long tickets take, and how old they are
throughput    how many tickets are finished, and how many arrive, each week
forecast      when today's open tickets will be finished, as a range
appointments  what is agreed, for when, and how often it was moved
conflicts     which agreed dates are out of service, or at the time of another one
response      how soon support tickets are answered and resolved
shared_clock  who had each ticket for how long
hours         what is used, reserved and left of a policy's hours
likeness      which questions are alike, which article a ticket is about
findings      what is to be corrected in the tracker
"""
