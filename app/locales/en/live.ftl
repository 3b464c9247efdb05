# What changes on a page while it is open.
live-sum = Assistance with what you have typed, calculated in the browser and not saved:
live-figure = Preliminary assistance with this, calculated in the browser and not saved:
session-soon = You will soon be logged out, so that nobody else gets at your information.
session-stay = Stay logged in
session-last = You have been logged in for as long as possible, and will be logged out in a moment. Save what you have written.
session-stayed = You are still logged in.
session-ended = You have been logged out. What you have typed is still in this tab. Log in and come back here, and it stands in the fields again.
session-log-in = To the login
session-kept = What you had typed here is in the fields again. It is not saved yet.
saved-in-another-window = This has been saved again in another window.
saved-by-colleague = A colleague has saved here since you opened the page.
saved-look = Show what is saved
saved-look-beside = Show what is saved in a new tab
