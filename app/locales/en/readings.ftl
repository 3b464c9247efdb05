# Who has opened protected cases.
readings-title = Readings
readings-lead = Who has opened protected cases, and what is unusual in how cases are opened. New ones first.
readings-none = Nobody has opened such a case.
readings-mark = Mark as reviewed
readings-protected = Protected cases
unusual-title = Unusual
unusual-none = Nothing unusual has happened.
unusual-closed-case = a protected case
unusual-outside = { $name } opened case { $number } without answering for it
unusual-many = { $name } opened more than 40 cases in a day
unusual-night = { $name } opened cases at night
unusual-own-name = { $name } opened case { $number }, where somebody has the same family name
unusual-relation-ended = { $name } removed a relation that they had told
readings-one = { $name } opened case { $number }
readings-one-unnamed = { $name } opened a protected case
