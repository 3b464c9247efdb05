# A decision and the calculation behind it.
verdict-title = Decision for { $month }
verdict-granted = This is what you get for { $month }.
verdict-why = Why
verdict-note = From your caseworker
verdict-payouts = Payouts
verdict-facts = About the decision
verdict-case = Case
verdict-arrived = The application arrived
verdict-decided = The decision was made
verdict-by = Decided by
verdict-presented-by = Presented by
verdict-provisions = The decision rests on

# The calculation behind a decision.
counted-title = Calculation for { $month }
counted-lead = This is how we counted. The decision was: { $outcome }.
counted-back = The decision
counted-sums = Sums
counted-lines = Line by line
verdict-calculation = How we counted
verdict-appeal-post = Send to
verdict-appeal-visit = Leave at
verdict-appeal-phone = Questions? Call
