# Why somebody opens a protected case.
give-reason-heading = Open a protected case
give-reason-title = Open case { $number }
give-reason-lead = { $what }. Somebody in the household has a protected identity.
give-reason-label = Why do you need to read the case?
give-reason-hint = Your supervisor is told that you have opened it, and why. The case is open to you for one hour.
give-reason-open = Open the case
give-reason-missing = Write why you need to read the case.
