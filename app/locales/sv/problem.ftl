# Sidor när något inte gick.
problem-not-found-title = Sidan finns inte
problem-not-found-text = Adressen kan vara fel, eller så har sidan flyttat. Gå vidare härifrån.
problem-not-allowed-title = Du kan inte öppna den här sidan
problem-not-allowed-text = Den är för någon annan. Är du säker på att du ska kunna se den, kontakta oss.
problem-too-many-title = Vänta en liten stund
problem-too-many-text = Det kom väldigt många förfrågningar härifrån. Det du har sparat finns kvar.
problem-again = { $seconds ->
    [one] Försök igen om en sekund.
   *[other] Försök igen om { $seconds } sekunder.
}
problem-busy-title = Det är mycket just nu
problem-busy-text = Tjänsten hinner inte med. Det är inte ditt fel, och det du har sparat finns kvar.
problem-broken-title = Något gick fel hos oss
problem-broken-text = Det är inte ditt fel, och det du har sparat finns kvar. Försök igen om en stund. Hjälper det inte, ring oss och säg numret nedan.
problem-not-logged-in-title = Du är inte inloggad
problem-not-logged-in-text = Logga in för att se sidan. Det du har sparat finns kvar.
problem-expired-title = Du har loggats ut
problem-expired-text = Logga in och fortsätt. Det du har sparat finns kvar.
problem-login-cancelled-title = Du avbröt
problem-login-cancelled-text = Inget har hänt. Vill du fortsätta gör du om det.
problem-login-level-title = Den här e-legitimationen räcker inte
problem-login-level-text = Den har inte tillräckligt hög säkerhetsnivå. Prova med en annan e-legitimation, eller hör av dig till oss.
problem-login-wrong-person-title = Fel person skrev under
problem-login-wrong-person-text = Underskriften gjordes av någon annan än den som är inloggad. Inget har skickats. Skriv under igen med din egen e-legitimation.
problem-login-expired-title = Det tog för lång tid
problem-login-expired-text = För din säkerhet gäller inloggningen bara en stund. Det du har sparat finns kvar. Gör om det.
problem-login-unreachable-title = E-legitimationen svarar inte just nu
problem-login-unreachable-text = Det är inte ditt fel, och det du har sparat finns kvar. Försök igen om en stund.
problem-login-refused-title = Vi kunde inte lita på svaret
problem-login-refused-text = Svaret från e-legitimationen gick inte att kontrollera, och vi har inte tagit emot det. Börja om härifrån.
problem-not-staff-title = Du finns inte med bland våra handläggare
problem-not-staff-text = Inloggningen gick bra, men du har inget konto här. Be din administratör att lägga till dig.
problem-wrong-origin-title = Formuläret kom inte härifrån
problem-wrong-origin-text = För din säkerhet tog vi inte emot det, och inget har ändrats. Öppna sidan på nytt och gör om det.
problem-too-large-title = Det var för mycket på en gång
problem-too-large-text = Texten var längre än vi kan ta emot, och inget har ändrats. Gå tillbaka och korta den.
problem-not-understood-title = Vi kunde inte läsa det som skickades
problem-not-understood-text = Inget har ändrats. Öppna sidan på nytt och gör om det.
problem-to-start = Till startsidan
problem-to-login = Logga in
problem-id = Felets nummer:
