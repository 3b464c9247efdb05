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
renewal-section-activity = Work and activities
renewal-section-authorities = What authorities say
renewal-section-incomes = Your own incomes
renewal-section-expenses = Your own expenses
renewal-section-message = Message
renewal-check = Check and sign

# How far a section has come.
renewal-state-not-begun = Not begun
renewal-state-incomplete = Something is missing
renewal-state-fetching = Waiting for answers
renewal-state-optional = Optional
renewal-state-done = Done
renewal-state-blocked = Cannot be begun yet

# What is one's own, in an application that the other adult has begun.
own-part = What is yours
own-part-title = Your part of the application for { $month }
own-part-lead = { $name } has begun the application. Here you write what is yours. { $name } does not read what you write, but sees a sum of it in the calculation of the decision. All of it is optional, but if you begin with incomes or expenses you need to answer every part about them.
own-part-not-signed = When { $name } has signed it is your turn to read all of it and sign.
own-part-signed = { $name } has signed. Read all of it and sign when your part is done.
own-part-sign = Read and sign
own-part-begin = Write what is yours
own-part-continue = Continue with your part
own-part-what = Is something wrong or missing about your own incomes or expenses? Write it yourself. It holds instead of what the text says about you. You can also write to your caseworker.
own-part-in-text = What you have written is in the text. You can change it until you sign.
own-part-not-whole = Your part is not whole, so it is not in the text yet. Finish it, or remove it. Then you can sign.
own-part-remove = Remove your part
own-part-remove-title = Remove your part of the application for { $month }
own-part-remove-lead = What you have written disappears. What { $name } has written about you holds then.
