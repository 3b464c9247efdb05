# Where one is logged in.
sessions-title = Where you are logged in
sessions-lead = Here you see where you are logged in. If you do not recognise one you can end it.
sessions-begun = You logged in { $at }
sessions-seen = Last used { $at }
sessions-this = This one
sessions-end = End
sessions-end-what = the login of { $at }
sessions-end-others = End all the others
sessions-no-others = You are logged in nowhere else.
