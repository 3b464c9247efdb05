# Frågan innan en påbörjad ansökan tas tillbaka.
withdraw-title = Ta tillbaka ansökan för { $month }
withdraw-lead = Ansökan skickas inte, och du kommer inte åt det du har skrivit. Du kan börja om så länge ansökan är öppen.
withdraw-other = { $name } får veta det.
withdraw-button = Ta tillbaka ansökan
withdraw-keep = Behåll den
