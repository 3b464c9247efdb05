# An application: its parts and how far they have come.
renewal-title = Application for { $month }
renewal-lead = Do the parts in any order. Sign by { $until }.
renewal-two = { $name } signs after you, with their own eID.
renewal-saved = Saved { $saved }. You can stop at any time and go on later.
renewal-to-home = To your page
renewal-all-parts = All parts
renewal-place = Application for { $month }, part { $number } of { $count }
renewal-continue = Continue

# The names of the parts.
renewal-part-household = You and your household
renewal-part-authorities = What authorities say
renewal-part-incomes = Your own incomes
renewal-part-expenses = Your own expenses
renewal-part-payout = How you get the money
renewal-part-message = Message
renewal-part-check = Check and sign

# How far a part has come.
renewal-state-not-begun = Not begun
renewal-state-incomplete = Something is missing
renewal-state-fetching = Waiting for answers
renewal-state-optional = Optional
renewal-state-done = Done
renewal-state-blocked = Cannot be begun yet
