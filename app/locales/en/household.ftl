# Contact details and household.
household-title = You and your household
household-members = The household
household-address = Address
household-question = Is this right?
household-same = Yes, nothing has changed
household-changed = No, something has changed
household-change = What has changed?
household-change-hint = Only if you answered no. Write for example that somebody has moved in or out, and when.
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
