# Startsidan för personal, före inloggning.
staff-title = Förnya för personal
staff-lead = Här handlägger du ansökningar om ekonomiskt bistånd.
staff-who = Handläggare och administratörer
staff-login-title = Logga in med ditt tjänstekonto
staff-login-text = Efter inloggningen kommer du till det som är ditt arbete.
staff-login = Logga in
staff-citizen = Ska du ansöka om bistånd? Gå till sidan för dig som söker.
