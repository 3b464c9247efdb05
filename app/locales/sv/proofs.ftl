# Underlag: bilder och dokument som någon visar.
proof-legend = Underlag
proof-hint = En bild eller en pdf, till exempel ett kvitto eller en avi. Du kan ta en bild med telefonen.
proof-hint-many = Du kan välja flera. En fil får vara högst 15 MB.
proof-files = Lägg till filer
proof-remove = Ta bort { $name }
proof-later = Jag skickar underlag senare
proof-pages = { $count ->
    [one] 1 sida
   *[other] { $count } sidor
}
proof-waiting = Kontrolleras
proof-harmful = Stoppad
proof-media-jpeg = Bild
proof-media-pdf = Pdf
proof-of = Underlag: { $names }
proof-of-later = Underlag skickas senare

# Varför en fil inte togs emot. $name är filens namn.
file-without-name = Filen
file-problem-empty = { $name } är tom. Välj filen igen.
file-problem-too-large = { $name } är för stor. Välj en fil på högst 15 MB.
file-problem-unknown = { $name } kan vi inte ta emot. Välj en bild (jpg, png eller heic) eller en pdf.
file-problem-damaged = { $name } går inte att läsa. Ta en ny bild eller välj filen igen.
file-problem-too-many-pixels = { $name } är en för stor bild. Ta en ny bild med lägre upplösning.
file-problem-too-many-pages = { $name } har för många sidor. Välj en pdf på högst 50 sidor.
file-problem-locked = { $name } är låst med lösenord. Ta bort låset, eller ta en bild av papperet.
file-problem-active = { $name } innehåller mer än sidor, till exempel program eller andra filer. Ta en bild av papperet i stället.
file-problem-harmful = { $name } stoppades, eftersom den kan vara skadlig. Ta en bild av papperet i stället.
file-problem-too-many = { $name } fick inte plats. Ta bort en annan fil först.
file-problem-too-much = { $name } fick inte plats den här gången. Spara först, och lägg sedan till den.

# Vad underlaget hör till.
proof-what = { $kind }, { $amount }
proof-what-disputed = Stämmer inte: { $label }, { $amount }
proof-what-sick-leave = Sjukskrivning { $from } till { $to }
proof-group = { $what }, { $name }
proof-group-later = Skickas senare
proof-title = Underlag

# Underlag som ska komma senare.
awaited-proofs-title = Skicka underlag
awaited-proofs-lead = Det här skulle du skicka till ansökan för { $month }.
awaited-proof-due = Skicka det senast { $day }. Annars kan din handläggare behöva besluta utan det.
awaited-proofs-send = Skicka underlag
error-proof-missing = Välj minst en fil.
awaited-proof-come = Har kommit. Du kan skicka mer tills beslutet är fattat.
proof-legend-of = Underlag: { $what }
