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
sources-resting = Vilar till { $time }
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
source-resting-text = Källan har svarat med fel flera gånger i rad och får vila en stund. Sedan frågar tjänsten igen.
source-switched = Ändrat av { $name } { $at }
source-test = Prova förbindelsen
source-test-text = Provet frågar bara om källan finns där. Inga uppgifter om någon person skickas.
source-test-button = Prova förbindelsen
source-test-caption = Provets steg
source-test-good = Förbindelsen fungerar
source-test-bad = Förbindelsen fungerar inte
source-tested = { $name }, { $at }
source-untested = Förbindelsen har inte provats än.
source-stage = Steg
source-stage-address = Hitta adressen
source-stage-connection = Nå fram
source-stage-security = Certifikat
source-stage-answer = Få svar
source-result = Utfall
source-took = Tid
source-detail = Fel
source-passed = gick bra
source-failed = gick inte
source-not-tried = provades inte
