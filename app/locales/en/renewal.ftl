# An application: its sections and how far they have come.
renewal-title = Application for { $month }
renewal-lead = Do the parts in any order. Sign by { $until }.
renewal-two = { $name } signs after you, with their own eID.
renewal-saved = Saved { $saved }. You can stop at any time and go on later.
renewal-withdraw = Take back the application
renewal-to-home = To your page
renewal-all-sections = All parts
renewal-place = Application for { $month }, part { $number } of { $count }
renewal-continue = Continue

# The names of the sections.
renewal-section-household = You and your household
renewal-section-authorities = What authorities say
renewal-section-incomes = Your own incomes
renewal-section-expenses = Your own expenses
renewal-section-payout = How you get the money
renewal-section-message = Message
renewal-check = Check and sign

# How far a section has come.
renewal-state-not-begun = Not begun
renewal-state-incomplete = Something is missing
renewal-state-fetching = Waiting for answers
renewal-state-optional = Optional
renewal-state-done = Done
renewal-state-blocked = Cannot be begun yet
