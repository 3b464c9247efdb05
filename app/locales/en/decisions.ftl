# Decisions: outcome, reasons, provisions and how to appeal. The person and the caseworker read the same words.
# $payable and $amount are amounts, $deadline is a date: the page spells them in its language.

decision-outcome-granted = Granted
decision-outcome-partly-granted = Partly granted
decision-outcome-rejected = Rejected
decision-outcome-dismissed = Dismissed

decision-outcome-granted-meaning = You get what you have a right to according to the calculation.
decision-outcome-partly-granted-meaning = You get a part of what you have applied for.
decision-outcome-rejected-meaning = You do not get what you have applied for.
decision-outcome-dismissed-meaning = We have not been able to try your application.

decision-reason-need-by-norm = Your incomes do not cover the norm and your approved expenses.
decision-reason-income-covers-need = Your incomes cover the norm and your approved expenses.
decision-reason-assets-available = You have money or something of value to live on first.
decision-reason-other-support = You can get help in another way, for example through a benefit that you can apply for.
decision-reason-not-available-for-work = You can work but are not available to the labour market. We see no acceptable reason for that.
decision-reason-activity-declined = You declined or stayed away from an activity that we assigned. We see no acceptable reason for that.
decision-reason-need-not-shown = We have not received what we need to judge your right to assistance.
decision-reason-expense-too-high = One or more expenses are higher than what is reasonable.
decision-reason-expense-not-shown = We have not received proof of one or more expenses.
decision-reason-expense-in-norm = One or more expenses are already part of the norm.
decision-reason-shared-home = Several of you share the home and what it costs.
decision-reason-too-incomplete = So much is missing from the application that we cannot try it. We have asked you to complete it.
decision-reason-already-tried = We have already tried an application for the same month. Nothing new has come up.
decision-reason-other-municipality = Another municipality is responsible for your application.
decision-reason-not-a-party = You cannot apply in this case.
decision-reason-other = Your caseworker has written the reason.

provision-sol-12-1 = Chapter 12, section 1 of the Social Services Act (2025:400)
provision-sol-12-2 = Chapter 12, section 2 of the Social Services Act (2025:400)
provision-sol-12-3 = Chapter 12, section 3 of the Social Services Act (2025:400)
provision-sol-12-4 = Chapter 12, section 4 of the Social Services Act (2025:400)
provision-sol-12-5 = Chapter 12, section 5 of the Social Services Act (2025:400)
provision-sol-12-7 = Chapter 12, section 7 of the Social Services Act (2025:400)
provision-sol-12-8 = Chapter 12, section 8 of the Social Services Act (2025:400)
provision-sol-12-9 = Chapter 12, section 9 of the Social Services Act (2025:400)
provision-sof-12-2 = Chapter 12, section 2 of the Social Services Ordinance (2025:468)
provision-sof-12-3 = Chapter 12, section 3 of the Social Services Ordinance (2025:468)
provision-fl-20 = Section 20 of the Administrative Procedure Act (2017:900)

decision-appeal-heading = How to appeal
decision-appeal-write = If you think that the decision is wrong you can appeal. Write which decision it is, how you want it changed and why.
decision-appeal-where = Send the appeal to us. We pass it on to the administrative court if we do not change the decision as you wish.
decision-appeal-deadline = You have three weeks from the day that you received the decision. We must have the appeal by { $deadline }.

decision-error-negative-basis = The calculation is wrong. Calculate again.
decision-error-questions-open = Rows that wait for your judgement: { $count }. Judge them first.
decision-error-nothing-needed = The calculation gives nothing to grant. Change the calculation or choose rejected.
decision-error-not-the-payable = What is granted is { $payable }, as in the calculation. Change a row of the calculation for another amount.
decision-error-leaves-out = The calculation leaves out { $amount } of what is applied for. Choose partly granted, so that it can be appealed, or approve the amount in its row.
decision-error-leaves-out-nothing = The calculation leaves out nothing of what is applied for. Choose granted, or change a row of the calculation.
decision-error-amount-missing = Enter the amount that you grant.
decision-error-grant-amount = Enter the amount in whole kronor, above 0.
decision-error-too-many-grants = Divide the amount into at most { $max } rows.
decision-error-grant-without-granting = Nothing can be paid when rejected or dismissed. Remove the amount or choose another outcome.
decision-error-outcome-missing = Choose what you decide.
decision-error-reason-missing = Choose at least one reason.
decision-error-reason-unfit = The reason does not go with the outcome. Choose another reason.
decision-error-reason-contradicted = The calculation does not show that the incomes suffice. Choose another reason or change the calculation.
decision-error-note-missing = Write the reason in your own words.
decision-error-note-missing-for-amount = Write how you have come to the amount. The month has no calculation that shows it.
decision-error-note-too-long = Shorten the text to at most { $max } characters.
decision-error-provision-missing = Choose at least one provision.
decision-error-officials = Name everyone who took part. The one who decides cannot also present the case.
