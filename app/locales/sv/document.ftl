# Det som omger varje sida.
document-title = { $title } – { $municipality }
document-title-with-errors = Fel: { $title }
document-skip = Till innehållet
document-demo = Demo: påhittade personer
document-footer = Ekonomiskt bistånd. En tjänst från { $municipality }.
document-language = Språk
document-sessions = Dina inloggningar
document-logout = Logga ut
document-places = Meny
document-inbox = Inkorg
document-notices = Aviseringar
document-protected = Skyddade ärenden
document-readings = Läsningar
document-unread = { $count ->
    [one] 1 ny
   *[other] { $count } nya
}
document-sources = Myndigheter
document-officials = Handläggare
document-decision-rule = Beslut av två
document-other-adult-rule = Den andra vuxna
document-jobs = Jobb
document-caseworker = { $name }, handläggare
document-administrator = { $name }, administratör
