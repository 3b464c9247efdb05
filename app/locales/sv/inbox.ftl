# Inkorgen.
inbox-title = Inkorg
inbox-lead = Äldst först.
inbox-tabs = Urval
inbox-tab-mine = Mina { $count }
inbox-tab-unassigned = Oplockade { $count }
inbox-tab-proposed = Förslag { $count }
inbox-tab-all = Alla { $count }
inbox-tab-decided = Beslutade { $count }
inbox-caption-mine = Mina ansökningar, äldst först
inbox-caption-unassigned = Ansökningar utan handläggare, äldst först
inbox-caption-proposed = Ansökningar där en kollega har föreslagit beslut, äldst först
inbox-caption-all = Alla ansökningar som väntar på beslut, äldst först
inbox-caption-decided = Ansökningar med beslut
inbox-empty-mine = Du har inga ansökningar som väntar på beslut.
inbox-empty-unassigned = Alla ansökningar har en handläggare.
inbox-empty-proposed = Inga förslag från kollegor väntar på beslut.
inbox-empty-all = Inga ansökningar väntar på beslut.
inbox-empty-decided = Inga beslut är fattade på sista tiden.
inbox-due = Besluta senast
inbox-no-due = Ingen dag satt
inbox-decision = Beslut
inbox-decided = { $outcome }, { $day }
inbox-unread = Inte läst av { $name }
inbox-applicants = Sökande
inbox-case = ärende { $number }
inbox-month = Avser
inbox-signed = Underskrivet av
inbox-missing = { $name } saknas
inbox-proposed = { $name } föreslår beslut
inbox-declined = { $name } har avböjt
inbox-caseworker = Handläggare
inbox-nobody = ingen än
inbox-arrived = Kom in
inbox-age = { $days ->
     [0] i dag
     [1] för 1 dag sedan
    *[other] för { $days } dagar sedan
}
inbox-findings = Fynd

# Dagen att besluta senast.
due-today = i dag
due-tomorrow = i morgon
due-passed = försenat, { $day }

# Underskrifter, som handläggaren ser dem.
signing-valid = { $name }: giltig underskrift
signing-missing = { $name }: underskrift saknas
signing-declined = { $name }: har valt att inte skriva under
signing-left = { $name }: har lämnat hushållet
