# Before an application is begun.
begin-lead = You can apply until { $until }.
begin-short = Takes about 3 minutes if nothing has changed
begin-long = Takes about 10 minutes
begin-title = Begin your application
begin-same = What is the same as in { $previous } you only need to look through.
begin-first = We take one thing at a time. Everything is saved along the way.
begin-button = Begin the application
begin-sections = What we go through
begin-fetch-title = We ask authorities
begin-fetch = When you begin we ask Försäkringskassan, CSN and others. They answer about the one who is logged in. You see the answers before you sign.
