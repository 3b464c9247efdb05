# Contact details and household.
household-title = You and your household
household-members = The household
household-address = Address
household-question = Is this right?
household-same = Yes, nothing has changed
household-changed = No, something has changed
household-changes = What has changed?
household-changes-hint = Only if you answered no. Open what has changed.
household-changes-shared = You and { $name } both read what you write here.
household-changes-more = Save and tell more
household-change = Something else
household-change-hint = Use your own words if it does not fit above.

change-kind-moved-in = Somebody moves in, or a child has been born
change-kind-moved-out = Somebody moves out
change-kind-part-time = A child lives here at times
change-kind-new-home = A new home
change-kind-shared-home = Others live in the home

change-name = First and last name
change-relation = Who is it?
change-number = Personal identity number, twelve digits, if you know it
change-moved-in-date = The first day here, or the day of birth
change-moved-out-person = Who moves out?
change-moved-out-date = Which day?
change-days = How many days in { $month } does { $name } live with you?
change-address = New address
change-tenure = How do you live?
change-new-home-date = Which day did you move?
change-persons = How many live in the home, all counted?
change-sharing = Do the others pay for the home?

moved-in-relation-partner = Spouse or partner
moved-in-relation-child = Child
moved-in-relation-newborn = Newborn child
moved-in-relation-other = Somebody else
tenure-rented = Rented first hand
tenure-second-hand = Rented second hand
tenure-lodging = A room in somebody’s home
tenure-owned = Owned
tenure-none = No home of one’s own
sharing-lodger = Yes, they pay rent to me
sharing-shared-rent = Yes, we share the rent
sharing-free = No
household-contact = How we reach you
household-contact-hint = Your caseworker calls this number if something is unclear.
household-phone = Telephone
household-email = E-mail

# What somebody in the household is to the applicant.
household-role-applicant = applicant
household-role-co-applicant = co-applicant
household-role-child = child
household-role-part-time-child = child, lives here { $days } days a month
household-role-youth = in upper secondary school
household-role-shares-home = shares the home

# What has changed in the household, as a sentence
told-moved-in = Moves in { $date }: { $who }. { $relation }
told-born = Newborn child { $date }
told-born-named = Newborn child { $date }: { $who }
told-moved-out = Moves out { $date }: { $name }
told-part-time = { $days ->
    [one] { $name } lives here one day in { $month }
   *[other] { $name } lives here { $days } days in { $month }
}
told-new-home = New home from { $date }: { $address }. { $tenure }
told-no-home = From { $date }: { $tenure }
told-shared-home = { $persons } people live in the home. Do the others pay? { $sharing }
