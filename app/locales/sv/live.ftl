# Det som ändras på sidan medan den är öppen.
live-sum = Bistånd med det du har skrivit, räknat i webbläsaren och inte sparat:
live-figure = Preliminärt bistånd med det här, räknat i webbläsaren och inte sparat:
session-soon = Du loggas snart ut, för att ingen annan ska komma åt dina uppgifter.
session-stay = Fortsätt vara inloggad
session-last = Du har varit inloggad så länge som det går, och loggas ut om en liten stund. Spara det du har skrivit.
session-stayed = Du är fortfarande inloggad.
session-ended = Du har loggats ut. Det du har skrivit finns kvar i den här fliken. Logga in och gå tillbaka hit, så står det i fälten igen.
session-log-in = Till inloggningen
session-kept = Det du hade skrivit här står i fälten igen. Det är inte sparat än.
saved-in-another-window = Ansökan har sparats i ett annat fönster sedan du öppnade sidan.
saved-by-colleague = En kollega har sparat här sedan du öppnade sidan.
saved-look = Visa det som är sparat
saved-look-beside = Visa det som är sparat i en ny flik
