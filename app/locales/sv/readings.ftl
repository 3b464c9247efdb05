# Vilka som har öppnat skyddade ärenden.
readings-title = Läsningar
readings-lead = De som har öppnat ärenden där någon har skyddade personuppgifter. Nya står först.
readings-none = Ingen har öppnat ett sådant ärende.
readings-mark = Markera som granskade
readings-one = { $name } öppnade ärende { $number }
readings-one-unnamed = { $name } öppnade ett skyddat ärende
