# A calculation line by line, in the same words to the applicant and to the caseworker.
lines-deficit = Deficit
lines-deficit-preliminary = Deficit, preliminary
lines-surplus = Surplus
lines-surplus-preliminary = Surplus, preliminary
lines-of = { $what }, { $name }
lines-from = of { $amount }
lines-open = to be judged
lines-reduced = counts in part
lines-overridden = changed by a caseworker
