# Fel vid fält i formulär. Säg vad som är fel och vad man gör åt det.
# $limit är ett belopp, $first och $last är datum: sidan skriver ut dem på sitt språk.

error-amount-missing = Skriv hur mycket det är, i kronor.
error-amount-not-a-number = Skriv beloppet med siffror, till exempel 1 250 eller 1250,50.
error-amount-too-many-decimals = Skriv högst två siffror efter komma eller punkt. Menar du tusental, skriv utan komma och punkt.
error-amount-not-positive = Skriv ett belopp som är större än 0. Om raden inte behövs kan du ta bort den.
error-amount-negative = Skriv beloppet som 0 eller mer.
error-amount-not-whole = Skriv beloppet i hela kronor, utan ören.
error-amount-too-large = Skriv ett belopp på högst { $limit }.

error-date-missing = Skriv vilken dag det gäller, till exempel { $example }.
error-date-not-a-date = Skriv dag och månad, till exempel { $example }.
error-date-not-in-calendar = Den dagen finns inte. Månaden slutar { $last }.
error-date-too-early = Skriv { $first } eller en senare dag. Det som är äldre behöver du inte ta med.
error-date-too-late = Skriv { $last } eller en tidigare dag. Det som kommer senare tar du med nästa gång.
error-last-day-before-first = Den sista dagen är före den första, { $first }.

error-dispute-reason-missing = Välj vad som är fel.
error-dispute-both = Du har valt att det inte är ditt, men skrivit ett belopp eller en dag. Ta bort det, eller välj något annat.
error-dispute-difference-missing = Skriv rätt belopp eller rätt dag.
error-dispute-why-missing = Berätta varför det inte stämmer.
error-kind-missing = Välj vad det är.
error-kind-unknown = Välj något som står i listan.
error-person-missing = Välj vem det gäller.
error-person-twice = Du har redan berättat om den personen. Ta bort det ena.
error-person-unknown = Välj någon i hushållet.
error-note-missing = Berätta kort vad det är.

error-text-too-long = Korta texten till högst { $max } tecken. Nu är den { $length }.
error-text-too-short = Skriv minst { $min } tecken.
error-text-not-kept = Texten är för lång för att sparas. Det du hade skrivit förut finns kvar. Skriv högst { $max } tecken.

error-phone-form = Skriv telefonnumret med siffror, till exempel 070-123 45 67. Du kan också lämna det tomt.
error-email-form = Skriv e-postadressen så här: namn@exempel.se. Du kan också lämna den tom.

error-household-missing = Svara på om uppgifterna om ditt hushåll stämmer.
error-name-missing = Skriv för- och efternamn.
error-address-missing = Skriv adressen.
error-place-missing = Skriv vad den heter: arbetsgivaren, skolan eller aktiviteten.
error-choice-missing = Välj ett av svaren.
error-count-not-in-range = Skriv ett helt tal från { $least } till { $most }.
error-person-number-form = Skriv personnumret med tolv siffror, eller lämna fältet tomt.
error-household-both = Du har svarat att inget har ändrats, och beskrivit en ändring. Ta bort det du har fyllt i, eller välj att något har ändrats.
error-household-change-missing = Berätta vad som har ändrats i hushållet.
error-more-missing = Svara på om du har mer att lägga till.
error-list-too-long = Ta bort några rader. Listan kan ha högst { $max }. Skriv resten i ett meddelande.
error-authorities-not-seen = Titta igenom uppgifterna från myndigheter.
error-drop-reason-missing = Välj varför du tar bort jobbet.
error-delegation-zero = Skriv ett belopp som är större än 0. Lämna fältet tomt om det inte är delegerat.
error-said-elsewhere = Någon annan har ändrat det här sedan sidan visades. Läs vad som gäller nu, och spara igen om det du har skrivit ska gälla.
error-yes-or-no = Svara ja eller nej.
error-month-missing = Välj vilken månad det gäller.
error-month-unknown = Välj en av månaderna i listan.
error-activity-missing = Svara på om du har sökt jobb eller varit på aktiviteter.
error-activity-note-missing = Skriv vad som inte blev av, och varför.
error-nothing-changed = Välj det som har ändrats, eller gå tillbaka.
error-assign-cannot = Kollegan kan inte ta det här ärendet. Välj någon annan.
