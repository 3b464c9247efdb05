# A calculation line by line, in the same words to the applicant and to the caseworker.
lines-personal = Personal costs
lines-shared = Shared costs
lines-expenses = Costs outside the national norm
lines-incomes = Incomes
lines-adjustments = What else counts
lines-norm = National norm
lines-deficit = Deficit
lines-deficit-preliminary = Deficit, preliminary
lines-surplus = Surplus
lines-surplus-preliminary = Surplus, preliminary
lines-of = { $what }, { $name }
lines-from = of { $amount }
lines-open = to be judged
lines-not-counted = does not count
lines-reduced = counts in part
lines-asks-human = a human judges it
lines-overridden = changed by a caseworker
