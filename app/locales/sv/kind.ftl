# Sorter av inkomster.
income-kind-wage = Lön
income-kind-unemployment-benefit = A-kassa
income-kind-activity-support = Aktivitetsstöd eller utvecklingsersättning
income-kind-introduction-benefit = Etableringsersättning
income-kind-sickness-benefit = Sjukpenning eller rehabiliteringspenning
income-kind-disability-benefit = Sjukersättning eller aktivitetsersättning
income-kind-parental-benefit = Föräldrapenning
income-kind-child-benefit = Barnbidrag
income-kind-housing-benefit = Bostadsbidrag
income-kind-maintenance = Underhåll
income-kind-study-aid = Studiemedel
income-kind-pupil-allowance = Studiehjälp
income-kind-pension = Pension
income-kind-housing-supplement = Bostadstillägg
income-kind-tax-refund = Skatteåterbäring
income-kind-capital = Ränta, utdelning eller försäljning
income-kind-transfer = Swish eller insättning från någon
income-kind-sale = Sålda saker
income-kind-lodger = Hyra från inneboende
income-kind-insurance = Försäkringsersättning
income-kind-foreign = Pengar från ett annat land
income-kind-job-premium = Jobbpremie
income-kind-gift = Gåva
income-kind-loan = Lån
income-kind-bank-balance = Pengar på bankkonto
income-kind-other = Annan inkomst

# Sorter av kostnader.
expense-kind-rent = Hyra eller avgift för bostaden
expense-kind-electricity = Hushållsel
expense-kind-home-insurance = Hemförsäkring
expense-kind-work-travel = Arbetsresor
expense-kind-union-fee = Fackavgift
expense-kind-unemployment-fund-fee = Avgift till a-kassa
expense-kind-childcare = Avgift för barnomsorg
expense-kind-health-care = Läkarvård
expense-kind-medicine = Medicin på recept
expense-kind-glasses = Glasögon
expense-kind-dental-care = Tandvård
expense-kind-other = Annan kostnad

# Sorter av tillgångar.
asset-kind-securities = Aktier, fonder eller andra värdepapper
asset-kind-vehicle = Fordon
asset-kind-property = Hus, lägenhet eller mark
asset-kind-other = Annan tillgång

kind-group-work = Arbete
kind-group-home = Bostad
kind-group-health = Hälsa
kind-group-benefits = Bidrag och ersättningar
kind-group-people = Från andra
kind-group-means = Sparat och sålt
kind-group-else = Annat
