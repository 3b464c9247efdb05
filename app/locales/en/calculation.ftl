# The calculation: the same words to the applicant and to the caseworker.

# Headings and sums.
calculation-title = Calculation for { $month }
calculation-norm = National norm
calculation-expenses = Costs beside the national norm
calculation-incomes = Income
calculation-means = Assets and earlier surpluses
calculation-sum-norm = Total national norm
calculation-sum-expenses = Total costs beside the norm
calculation-sum-need = You need
calculation-sum-incomes = Total income
calculation-sum-means = Total assets and surpluses
calculation-sum-balance = Income less need
calculation-sum-payable = Assistance

# What a line is about. Incomes, costs and assets have names of their own.
calculation-personal = Personal costs
calculation-shared = Shared household costs
calculation-surplus = Surplus from { $from }
calculation-from-authorities = From authorities
calculation-own-part = Stated by themselves

# Columns.
calculation-claimed = Claimed
calculation-approved = Approved
calculation-received = Received
calculation-disregarded = Left out

# Where a figure comes from.
calculation-source-authority = an authority
calculation-source-register = the population register
calculation-source-applicant = applicant
calculation-source-co-applicant = co-applicant
calculation-source-caseworker = caseworker
calculation-source-carried-over = an earlier calculation

# Whether the line counts, and how sure it is.
calculation-standing-counted = Counts
calculation-standing-not-counted = Does not count
calculation-standing-asks-human = A caseworker needs to decide
calculation-certainty-official = The amount or the rule stands in the source.
calculation-certainty-derived = The amount is worked out. It was not read in the source.
calculation-certainty-unverified = No source says for certain how to work it out. This is how we do it.

# A calculation that does not exist.
calculation-no-rules = The rules for { $month } are not ready yet. That is why we show no amount. You can still apply.

# Why a line is what it is. That a caseworker needs to decide, or did not, stands in the line’s tag and not here.

# The national norm.
calculation-norm-personal-single = Amount for an adult without a partner.
calculation-norm-personal-partner = Half of the amount for a couple, { $both }.
calculation-norm-personal-child = Amount for age { $ages }.
calculation-norm-personal-child-preschool-lunch = Amount for age { $ages } with lunch in preschool five days a week.
calculation-norm-personal-pupil = Amount for age { $ages }. Lunch at school is already in it.
calculation-norm-personal-age-unknown = The number does not tell the whole day of birth, so the age can be { $ages }. A caseworker asks for the age and sets the amount.
calculation-norm-preschool-lunch-past = At age { $ages } there is no lower amount for lunch in preschool.
calculation-norm-days-in-home = The child lives here { $days } days. That gives { $days } of { $divisor } parts of { $full }.
calculation-norm-part-of-month = The calculation is for { $first } to { $last }. That gives a part of { $full }.
calculation-norm-shared = { $persons ->
    [one] Amount for one person in the household.
   *[other] Amount for { $persons } people in the household.
}
calculation-norm-shared-beyond-table = Amount for { $persons } people: the amount for { $listed }, and { $step } more for each person beyond.
calculation-norm-shared-home = { $members ->
    [one] The home is shared by { $persons } people. Your share of { $full } is one of { $persons } parts.
   *[other] The home is shared by { $persons } people. Your share of { $full } is { $members } of { $persons } parts.
}

# Costs beside the norm.
calculation-expense-reasonable = The cost is reasonable and counts in full.
calculation-expense-within-guideline = The cost is within the municipality’s guideline, { $limit }.
calculation-expense-above-guideline = The municipality’s guideline is { $limit }. Of the cost, { $left } counts.
calculation-expense-to-judge = There is no guideline for the cost.
calculation-expense-paid-before = The cost was paid in { $month }, in advance.
calculation-expense-reference-month = The cost is from { $month } and may already be approved.
calculation-expense-approved-before = The cost was approved for { $month }. It is not counted once more.
calculation-expense-other-month = The cost is for { $month } and not for the month that you apply for.
calculation-expense-negative = The amount is below zero.
calculation-expense-repeated = The same bill is given twice. It may be the same bill.
calculation-expense-disputed = The application says that the authority’s figure is wrong. If that is accepted it is { $stated }.
calculation-expense-disputed-other-month = The application says that the authority’s figure is wrong. It is of another month.

# Income.
calculation-income-counted = The income counts in full.
calculation-income-planned = The payment is planned. We learned of it on { $known_on }.
calculation-income-job-stimulus = Job stimulus: { $percent } percent of the wage is left out. It applies { $since } to { $last }.
calculation-income-job-stimulus-ended = The job stimulus applied through { $last }.
calculation-income-job-stimulus-not-yet = The job stimulus begins in { $since }.
calculation-income-youth-work = Children and school youths may earn { $allowance } in { $year }. Of that, { $left } was left, so the wage does not count.
calculation-income-youth-work-above = Children and school youths may earn { $allowance } in { $year }. Of that, { $left } was left. The rest of the wage counts.
calculation-income-youth-year-unknown = We do not know what the youth earned earlier in { $year }.
calculation-income-child-own-norm = A child’s own money counts at most up to the child’s norm, { $norm }. Of that, { $left } was left.
calculation-income-earlier-month = The income came in { $month }. It does not count for this month.
calculation-income-later-month = The income comes in { $month }. It counts for a later month.
calculation-income-benefit-missing = In { $month } { $received } was paid, but nothing the month after.
calculation-income-known-late = The income { $received } from { $month } became known on { $known_on }, after the last calculation.
calculation-income-negative = The authority took money back: { $received }.
calculation-income-repeated = The same payment, { $received }, is given twice. It may be the same money.
calculation-income-to-judge = There is no rule for the income { $received }.
calculation-income-undated = We do not know when { $received } came.
calculation-income-disputed = The application says that the authority’s figure is wrong. If that is accepted it is { $stated }.
calculation-income-disputed-other-month = The application says that the authority’s figure is wrong. It is of another month.
calculation-income-stated-beside-authority = You gave { $stated }, but an authority gave the same kind of income. It may be the same money.
calculation-row-disputed = The application says that the figure is wrong and is { $stated }. Here the authority’s figure counts.
calculation-together = It is a sum. What it is made of is read by { $name } and the caseworker alone.
calculation-compared = A caseworker compares the line with what else is known.

# Assets and surpluses.
calculation-asset-realisable = The asset can be turned into money and counts.
calculation-asset-not-realisable = The asset cannot be turned into money and does not count.
calculation-asset-to-judge = The asset is worth { $value }. It has not been decided whether it can be turned into money.
calculation-surplus-carried = The surplus from { $from } counts as income.
calculation-surplus-too-old = The surplus from { $from } is older than { $months } months and does not count.

# What a caseworker has decided.
calculation-override-decided = A caseworker has decided the amount. By the rules it is { $computed }.
calculation-override-changed-beneath = The figure has changed since the caseworker decided: from { $before } to { $computed }.
calculation-override-without-line = A caseworker had decided { $value }, but the figure is no longer there.

# The result.
calculation-result-deficit = The income is not enough for what you need. This is what is missing.
calculation-result-surplus = The income is more than you need.
calculation-result-even = The income is exactly what you need.
calculation-result-payable = What is missing is { $exact }. Assistance is paid in whole kronor.
calculation-result-nothing-payable = There is nothing to pay.
calculation-result-surplus-to-carry = Surplus from { $from } that can be counted through { $through }.
