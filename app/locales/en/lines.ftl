# A calculation line by line, in the same words to the applicant and to the caseworker.
lines-deficit = Deficit
lines-deficit-preliminary = Deficit, preliminary
lines-surplus = Surplus
lines-surplus-preliminary = Surplus, preliminary
lines-of = { $what }, { $name }
lines-day = { $day }.
lines-from = of { $amount }
lines-open = to be judged
lines-left-out = Was not counted
lines-reduced = Counts in part
lines-overridden = Changed by a caseworker
lines-other-months = { $count ->
    [one] 1 item from another month does not count
   *[other] { $count } items from other months do not count
}
