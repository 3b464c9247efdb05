opened-title = Ansökan
