# Den andra underskriften, och det som är underskrivet.
cosign-title = Läs och skriv under ansökan för { $month }
cosign-lead = { $name } har skrivit under. Nu är det din tur att läsa och svara.
cosign-interrupted = Din underskrift blev inte klar, och inget har skickats. Du kan skriva under igen.
cosign-not-used = Din underskrift användes inte, eftersom ansökan hade ändrats. Läs igenom den och skriv under igen.
cosign-text = Det här skriver du under
cosign-what = Läs allt. Är något fel om dig kan du skriva det själv. Är något annat fel, skriv inte under. Skriv i stället till din handläggare.
cosign-decline = Jag vill inte skriva under
cosign-decline-means = Ansökan finns kvar hos oss utan din underskrift. { $name } och handläggaren ser att du har avstått.
cosign-decline-button = Avstå från att skriva under

# Det som är underskrivet.
kept-title = Underskriven ansökan för { $month }
kept-lead = Så här såg texten ut när den skrevs under. Den går inte att ändra.
kept-text = Texten
kept-proof = Nummer och kontroll
kept-reference = Ansökans nummer
kept-digest = Kontrollsumma
kept-digest-why = Med kontrollsumman kan man visa att texten är den som skrevs under.
