# Vilka som har öppnat skyddade ärenden.
readings-title = Läsningar
readings-lead = Vilka som har öppnat skyddade ärenden, och vad som är ovanligt i hur ärenden öppnas. Nytt står först.
readings-none = Ingen har öppnat ett sådant ärende.
readings-mark = Markera som granskade
readings-protected = Skyddade ärenden
unusual-title = Ovanligt
unusual-none = Inget ovanligt har hänt.
unusual-closed-case = ett skyddat ärende
unusual-outside = { $name } öppnade ärende { $number } utan att ansvara för det
unusual-many = { $name } öppnade fler än 40 ärenden på en dag
unusual-night = { $name } öppnade ärenden på natten
unusual-own-name = { $name } öppnade ärende { $number }, där någon har samma efternamn
unusual-relation-ended = { $name } tog bort en anmäld relation
readings-one = { $name } öppnade ärende { $number }
readings-one-unnamed = { $name } öppnade ett skyddat ärende
