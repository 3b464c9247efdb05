# Hemsidan för den som inte har något pågående ärende.
past-title = Ditt tidigare bistånd
past-lead = Du har inget pågående ärende här. Det du har fått kan du fortfarande läsa.
past-closed = Ärende { $number } avslutades { $day }.
past-left = Du är inte med i ärende { $number } sedan { $day }.
past-apart-own = Du har sagt att ni har flyttat isär.
past-apart-other = Den du sökte tillsammans med har sagt att ni har flyttat isär.
past-apart-disputed = Du har skrivit att det inte stämmer. En handläggare hör av sig till dig.
past-apart-wrong = Det stämmer inte
past-again = Behöver du bistånd igen?
past-again-text = Här kan du bara förnya ett pågående ärende. Hör av dig till oss, så hjälper vi dig att göra en ny ansökan.
