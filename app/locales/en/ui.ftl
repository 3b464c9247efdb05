# Words in the components.
ui-error = Error:
ui-errors-title = Something needs to be put right
ui-choose = Choose
ui-typed-elsewhere = Meanwhile something else was saved here. Save what should be kept:
ui-date-hint = Write day and month, for example { $example }
ui-previous = Previous
ui-next = Next
ui-pages = Pages
ui-page-of = Page { $page } of { $pages }
source-label = Source:
source-authorities = Authorities
source-register = The population register

# The authorities' names.
agency-fk = Försäkringskassan
agency-csn = CSN
agency-af = Arbetsförmedlingen
agency-so = The unemployment fund
agency-pm = Pensionsmyndigheten
agency-skv = Skatteverket

# The outcome of a decision, in lower case inside a sentence.
outcome-granted = granted
outcome-partly-granted = partly granted
outcome-rejected = rejected
outcome-dismissed = dismissed

# Who has signed.
signed-viewer = You have signed.
signed-both = You and { $name } have signed.
signed-other = { $name } has signed.
signed-waiting = { $name } has not signed yet.
signed-declined = { $name } has chosen not to sign.
signed-left = { $name } is no longer part of the application.

# Where the money goes.
payout-to-account = to { $name }, account at { $bank }
payout-to-slip = to { $name }, payment slip sent home
payout-to-other = to { $name }
payout-to-other-slip = to { $name }, payment slip

# What is paid.
benefit-economic-assistance = economic assistance

# Words that nobody translates: names, and what an authority calls its benefit.
verbatim = { $text }

# When a fetched amount is paid, and what time it is for.
fetched-planned = planned { $day }
fetched-paid = paid out { $day }
fetched-bill-planned = to pay { $day }
fetched-bill-paid = paid { $day }
fetched-month = for { $month }
fetched-year = for { $year }
fetched-period = for { $first } to { $last }
