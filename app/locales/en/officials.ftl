# Caseworkers and authority: the list.
officials-title = Caseworkers and authority
officials-lead = Those who work in the service, and what the board has delegated to each.
officials-name = Name
officials-may = May decide
officials-more = Clearance
officials-state = State
officials-act = Open
officials-open = Open
officials-caseworker = Caseworker
officials-admin = Administrator
officials-up-to = { $outcome } up to { $amount }
officials-may-nothing = nothing
officials-clearance = Clearance
officials-supervises = Supervisor
officials-active = Active
officials-ended = Ended
officials-ended-by = by { $name } { $at }

# One caseworker or administrator.
official-page = { $name }, authority
official-facts = Now
official-delegations = May decide
official-delegations-text = Write what the board has delegated. What is not delegated the caseworker may propose, and another decides.
official-amount = May decide on { $outcome } up to, kronor
official-amount-hint = Whole kronor for one decision. Leave it empty if it is not delegated.
official-yes-no = May decide on { $outcome }
official-yes = Yes
official-no = No
official-save = Save
official-number-title = Conflict of interest
official-number-known = The identity number is stored. The caseworker cannot open their own case.
official-number-unknown = The identity number is missing. The caseworker could open a case of their own.
official-number-save = Save the identity number
official-is-admin = An administrator makes no decisions in cases, and cannot give themselves the right to.
official-is-you = This is you. You cannot end your own access. If you are leaving, ask another administrator to do it.
official-end-title = End the access
official-end-text = When somebody leaves, or is not to use the service any more.
official-end = End the access
official-ended-title = The access has been ended
official-ended-text = { $name } cannot log in, and may not decide on anything.
official-let-in = Let them log in again
official-let-in-text = The right to decide and the cases do not come back with it. You delegate anew.
official-let-in-admin-text = Then { $name } can look after the service as before.

# The question before somebody's access is ended.
end-official-page = End the access of { $name }
end-official-title = Do you want to end the access of { $name }?
end-official-lead = It takes effect at once.
end-official-what = What happens
end-official-sessions = { $name } is logged out everywhere, and cannot log in again.
end-official-delegations = What is delegated to them ends.
end-official-cases = Their cases stand without a caseworker in the inbox, and notices that have not been read are shown to all caseworkers.
end-official-proposals = Proposed decisions that wait for a colleague are removed. The applications stay.
end-official-back = You can let { $name } log in again. Nothing else comes back by itself.
end-official-back-admin = You can let { $name } log in again.
end-official-button = End the access
end-official-keep = Do not end
