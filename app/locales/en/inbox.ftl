inbox-title = Inkorg
