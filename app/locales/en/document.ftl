# What surrounds every page.
document-title = { $title } – { $municipality }
document-title-with-errors = Error: { $title }
document-skip = Skip to content
document-demo = Demo: invented people
document-footer = Economic assistance. A service of { $municipality }.
document-language = Language
document-sessions = Where you are logged in
document-logout = Log out
document-places = Menu
document-inbox = Inbox
document-notices = Notices
document-protected = Protected cases
document-readings = Readings
document-unread = { $count ->
    [one] 1 new
   *[other] { $count } new
}
document-sources = Authorities
document-officials = Caseworkers
document-decision-rule = Decisions by two
document-other-adult-rule = The other adult
document-jobs = Jobs
document-caseworker = { $name }, caseworker
document-administrator = { $name }, administrator
