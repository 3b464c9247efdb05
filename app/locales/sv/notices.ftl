# Aviseringar.
notices-title = Aviseringar
notices-lead = Det som har hänt, nyast först.
notices-mark = Markera alla som lästa
notices-none = Inget har hänt än. Här ser du när en ansökan eller ett meddelande kommer in.
notices-older = { $count ->
    [one] 1 äldre
   *[other] { $count } äldre
}
notices-new = Ny
notices-arrived = { $name } har ansökt för { $month }
notices-cosigned = { $name } har skrivit under ansökan för { $month }
notices-declined = { $name } har valt att inte skriva under ansökan för { $month }
notices-assigned = Du har fått ansökan från { $name } för { $month }
notices-proposed = Ett beslut är föreslaget för { $name }, { $month }
notices-proposal-returned = Ditt förslag för { $name }, { $month }, är tillbaka
notices-message = Meddelande från { $name }: { $subject }

# Ett meddelande från en sökande.
received-page = Meddelande i ärende { $number }
received-title = Meddelande från { $name }
received-text = Texten
received-about = Om meddelandet
received-number = Personnummer
received-case = Ärende
received-sent = Skickat
received-phone = Telefon
received-open = Öppna den senaste ansökan
notices-proof-came = Underlag har kommit till ansökan för { $month }, { $name }
