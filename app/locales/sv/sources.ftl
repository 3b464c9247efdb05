# Listan över myndigheter.
sources-title = Myndigheter
sources-lead = De källor som kommunen hämtar uppgifter från.
sources-none = Ingen källa är ansluten.
sources-source = Källa
sources-state = Läge
sources-last-success = Senaste svar
sources-last-failure = Senaste fel
sources-day = Senaste dygnet
sources-waits = Väntar högst
sources-act = Öppna
sources-open = Öppna
sources-address = Adress
sources-protocol-ssbtek = SSBTEK: SOAP med certifikat
sources-protocol-json = JSON över HTTP
sources-on = På
sources-off = Avstängd
sources-never = aldrig
sources-failed-at = { $at }, { $what }
sources-day-count = { $asked ->
    [0] inga frågor
    [one] 1 fråga
   *[other] { $asked } frågor
}, { $failed ->
    [0] inga fel
    [one] 1 fel
   *[other] { $failed } fel
}
sources-timeouts = { $connect } på kontakt, { $answer } på svar
sources-milliseconds = { $number } ms
sources-seconds = { $number } s

# En källa.
source-page = { $name }, myndighet
source-facts = Om källan
source-certificate = Certifikatet gäller till och med
source-switch = På eller av
source-switch-on-text = Källan tillfrågas när någon ansöker. Stängs den av får de som ansöker fylla i uppgifterna själva.
source-switch-off-text = Källan tillfrågas inte. De som ansöker fyller i uppgifterna själva.
source-switch-on = Slå på
source-switch-off = Stäng av
source-switched = Ändrat av { $name } { $at }
source-test = Prova förbindelsen
source-test-text = Provet frågar bara om källan finns där. Inga uppgifter om någon person skickas.
source-test-button = Prova förbindelsen
source-test-caption = Provets steg
source-test-good = Förbindelsen fungerar
source-test-bad = Förbindelsen fungerar inte
source-test-running = Pågår
source-test-running-text = Provet är inte klart. Ladda om sidan om en stund.
source-tested = { $name }, { $at }
source-untested = Förbindelsen har inte provats än.
source-stage = Steg
source-stage-dns = Hitta adressen
source-stage-tcp = Nå fram
source-stage-tls = Certifikat
source-stage-authorisation = Bli insläppt
source-stage-sample = Få svar
source-result = Utfall
source-took = Tid
source-detail = Anmärkning
source-passed = gick bra
source-failed = gick inte
source-not-tried = provades inte

# Vad som är fel, och vad som är bra att veta.
source-problem-unknown-host = Namnet i adressen finns inte.
source-problem-forbidden-address = Adressen leder till ett nät som inte är tillåtet.
source-problem-no-connection = Ingen svarar på adressen.
source-problem-timed-out = Svaret kom inte i tid.
source-problem-certificate-expired = Källans certifikat gäller inte nu.
source-problem-certificate-unknown = Källans certifikat är inte utfärdat av någon som vi litar på.
source-problem-certificate-for-other = Källans certifikat är utfärdat för en annan adress.
source-problem-tls-failed = Vi kom inte överens om en säker förbindelse.
source-problem-denied = Källan godtog inte vårt certifikat eller vår nyckel.
source-problem-source-failed = Källan svarade att något är fel hos den.
source-problem-malformed = Svaret var inte utformat som avtalat.
source-problem-settings = Källans inställningar går inte att använda. Felet står i tjänstens logg.
source-note-addresses = { $count ->
    [one] 1 adress
   *[other] { $count } adresser
}
source-note-valid-until = Certifikatet gäller till och med { $day }.
source-note-code = Källans kod: { $code }
source-note-agency-not-called = Tjänsten svarade. Myndigheten själv går inte att prova.
