# Innan en ansökan är påbörjad.
begin-lead = Du kan ansöka till och med { $until }.
begin-short = Tar ungefär 3 minuter om inget har ändrats
begin-long = Tar ungefär 10 minuter
begin-title = Börja din ansökan
begin-same = Det som är likadant som i { $previous } behöver du bara titta igenom.
begin-first = Vi går igenom en sak i taget. Allt sparas på vägen.
begin-button = Börja ansökan
begin-sections = Det här går vi igenom
begin-fetch-title = Vi frågar myndigheter
begin-fetch = När du börjar frågar vi bland annat Försäkringskassan och CSN. De svarar om den som är inloggad. Du ser svaren innan du skriver under.
